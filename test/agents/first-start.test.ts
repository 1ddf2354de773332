import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, expect, test } from 'vitest';
import { AgentStage } from './support/agent-stage.ts';
import { newest, programOf } from './support/pinned-clis.ts';
import { writesParts } from './support/teams.ts';

let stage: AgentStage | undefined;
afterEach(async () => {
  await stage?.close();
}, 60_000);

const codex = programOf(newest('codex'));
const team = `gate: test -f README.md
policy: { land: auto }
roles:
  architect: { cli: scripted }
  manager: { cli: scripted }
  engineer: { cli: codex, count: 3, permissions: full, env: ENV }
`;
const numbers = [1, 2, 3];

/**
 * Codex's store in this HOME, as a first Codex leaves it while it sets it up: others wait for it, print a line
 * where they will draw, and draw their first dialog around it.
 */
function beginStore(program: string, home: string): { readonly finish: () => void } {
  const env = { HOME: home, PATH: '/usr/bin:/bin', FAKE_API_KEY: 'fake' };
  execFileSync(program, ['app-server'], { env, input: '', stdio: ['pipe', 'ignore', 'ignore'] });
  const set = (status: string) => {
    const store = new DatabaseSync(join(home, '.codex', 'state_5.sqlite'));
    const { changes } = store
      .prepare("UPDATE backfill_state SET status = ?, updated_at = strftime('%s', 'now')")
      .run(status);
    store.close();
    expect(changes).toBe(1);
  };
  set('running');
  return { finish: () => set('complete') };
}

test.skipIf(codex === null)(
  'three Codex that never ran here wait for one store, each asks for trust, and all work',
  async () => {
    const at = await AgentStage.create({ team, script: writesParts });
    stage = at;
    const store = beginStore(codex ?? '', at.home);
    for (const number of numbers) at.addTask(number, `Write part-${number}.txt`);
    await at.open();
    const engineers = () => numbers.map(number => at.agent(`eng-${number}`));
    await at.until('all wait for the store', () =>
      engineers().every(
        ({ status, statusReason }) =>
          status === 'starting' && statusReason.includes('it waits for another Codex'),
      ),
    );
    store.finish();
    await at.until('all three have landed', () =>
      numbers.every(number => at.state.tasks[`T-${number}` as never]?.column === 'done'),
    );
    const tasks = Object.values(at.state.tasks);
    expect(tasks.map(({ retries }) => retries)).toEqual([0, 0, 0]);
  },
  240_000,
);
