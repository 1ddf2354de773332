// The disk with the agents' HOME is full: their sessions, histories and settings cannot be written any more.
import { spawnSync } from 'node:child_process';
import { statfsSync, writeFileSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import { taggedWith } from '../../src/adapters/system/processes.ts';
import type { State } from '../../src/core/state.ts';
import { AgentStage } from './support/agent-stage.ts';
import { newest, programOf } from './support/pinned-clis.ts';
import { oneEngineer, writesFile } from './support/teams.ts';

let opened: AgentStage | undefined;
afterEach(async () => {
  await opened?.close();
  opened = undefined;
}, 60_000);

/** In a namespace of its own, where the kernel lets anybody mount: a HOME on a small disk. */
const within = (command: string) => ['unshare', '--map-root-user', '--mount', 'sh', '-c', command];
const onSmallDisk = `
  saved=$(mktemp -d) && cp -a "$HOME/." "$saved" && mount -t tmpfs -o size=40m tmpfs "$HOME" &&
  cp -a "$saved/." "$HOME" && rm -r "$saved" && exec "$0"`;
const diskBytes = 40_000_000;
const [unshare = '', ...probe] = within('mount -t tmpfs tmpfs /mnt');
const canMount = spawnSync(unshare, probe, { stdio: 'ignore' }).status === 0;

function fill(home: string): void {
  try {
    writeFileSync(`${home}/filler`, Buffer.alloc(2 * diskBytes));
  } catch {
    // What fitted is written.
  }
  expect(statfsSync(home).bavail).toBe(0);
}

const isIdle = ({ agents }: State) => agents['eng-1' as never]?.status === 'idle';
const hasLanded = (id: string) => (state: State) => state.tasks[id as never]?.column === 'done';

for (const cli of [newest('claude'), newest('codex')])
  test.skipIf(programOf(cli) === null || !canMount)(
    `${cli.name}: with a full HOME it works on, and killed it is started again`,
    async () => {
      const stage = await AgentStage.create({
        ...{ team: oneEngineer(cli.name, 'full'), clis: [cli] },
        script: prompt => writesFile(`${/T-\d/.exec(prompt)?.[0]}.txt`, 'full'),
      });
      opened = stage;
      const page = stage.openPage(within(onSmallDisk));
      await page.until('it waits', isIdle, 120_000);
      fill(`/proc/${page.program.pid}/root${stage.home}`);
      await page.until(
        'the page says so before anything ends of it',
        state => page.program.text().includes('disk full') && isIdle(state),
        60_000,
      );
      expect(page.program.text()).toMatch(new RegExp(`nothing left for ${cli.name}’s sessions`));

      stage.addTask(1, 'Write T-1.txt');
      await page.until('the first has landed', hasLanded('T-1'), 120_000);
      await page.until('it is seen to wait', isIdle, 60_000);
      for (const pid of taggedWith(`${stage.stateFolder.root}/eng-1`)) process.kill(pid, 'SIGKILL');
      await page.until('it ended', state => !isIdle(state), 60_000);
      // What it could not write is not there to be resumed: a fresh session takes over.
      await page.until('it waits again', isIdle, 120_000);
      // The first start after it already holds: none is made in vain.
      expect(page.state.agents['eng-1' as never]?.restarts).toBe(1);
      stage.addTask(2, 'Write T-2.txt');
      await page.until('the second has landed', hasLanded('T-2'), 120_000);
      const { attempt, retries } = page.state.tasks['T-2' as never] ?? {};
      expect([attempt, retries]).toEqual([1, 0]);
      await page.until('main follows', () => stage.onTrunk('T-2.txt') === 'full\n', 60_000);
    },
    600_000,
  );
