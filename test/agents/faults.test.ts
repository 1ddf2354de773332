// What goes wrong around a real agent CLI, and is not the fault of its work.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type TestContext, test } from 'vitest';
import { lookEveryMs } from '../../src/supervisor/surroundings/surroundings.ts';
import type { Script } from '../support/fake-model/script.ts';
import { sessionFolders } from './support/agent-home.ts';
import { AgentStage } from './support/agent-stage.ts';
import { newest, type PinnedCli, pinnedClis, programOf } from './support/pinned-clis.ts';
import { oneEngineer, writesFile } from './support/teams.ts';

/** Two beside each other: the update is waited for longer than anything is done. */
const besides = { concurrent: true, timeout: 300_000 };

const taskOf = (stage: AgentStage, id = 'T-1') => stage.state.tasks[id as never];
const landed = (stage: AgentStage, id = 'T-1') =>
  stage.until(`${id} has landed`, () => taskOf(stage, id)?.column === 'done', 150_000);

const slow = { say: 'word '.repeat(300), paceMs: 100 };
const isGoOn = (prompt: string) => /Go on where you were/.test(prompt);

async function createStage(
  { onTestFinished }: TestContext,
  cli: PinnedCli,
  script: Script,
): Promise<AgentStage> {
  const team = oneEngineer(cli.name, 'full');
  const stage = await AgentStage.create({ script, team, clis: [cli] });
  onTestFinished(() => stage.close(), 60_000);
  stage.addTask(1, 'Write answer.txt');
  return stage;
}

const [newer, older] = pinnedClis.filter(({ name }) => name === 'claude');
const hasBoth = [newer, older].every(cli => cli !== undefined && programOf(cli) !== null);

test.skipIf(!hasBoth)(
  'claude, updated in the middle of a turn: what runs goes on, and the next start takes the session over',
  besides,
  async context => {
    const long = { ...slow, say: slow.say.repeat(4) };
    const script: Script = prompt =>
      isGoOn(prompt)
        ? writesFile('answer.txt', 'updated')
        : [{ say: 'I begin.', run: 'echo begun' }, long];
    const startedAt = Date.now();
    const stage = await createStage(context, older as PinnedCli, script);
    await stage.open();
    await stage.until('it is in the middle', () => stage.screen('eng-1').includes('word word'));
    const { session } = stage.agent('eng-1');
    await stage.until('its version was asked', () => Date.now() > startedAt + 2 * lookEveryMs);
    stage.install(newer as PinnedCli);
    const { bytesReceived = 0 } = stage.store.terminalOf('eng-1' as never) ?? {};
    await stage.until(
      'it goes on',
      () => (stage.store.terminalOf('eng-1' as never)?.bytesReceived ?? 0) > bytesReceived + 1_000,
    );
    await stage.until('the update is told', () => stage.store.concerns().length > 0, 60_000);
    const [from, to] = [older, newer].map(cli => `${cli?.version} (Claude Code)`);
    expect(stage.store.concerns()).toMatchObject([
      { kind: 'updated', cli: 'claude', from, to, wasSeen: true, agents: ['eng-1'] },
    ]);
    expect(stage.agent('eng-1').status).toBe('working');
    process.kill(stage.store.terminalOf('eng-1' as never)?.pid ?? 0, 'SIGKILL');
    await stage.until('the new one has started', () =>
      stage.screen('eng-1').includes(`v${newer?.version}`),
    );
    await landed(stage);
    expect(stage.agent('eng-1').session).toBe(session);
    await stage.until('nobody runs the old one', () => stage.store.concerns().length === 0, 60_000);
    const resumed = stage.model.requests.find(({ prompt }) => isGoOn(prompt));
    expect(resumed?.everything).toContain('Belfry M-1 task T-1/1');
  },
);

test.skipIf(!hasBoth)(
  'claude, with a hook of the person’s own that hangs: the work lands, and it gets the next when it is free',
  besides,
  async context => {
    const stage = await createStage(context, newer as PinnedCli, prompt =>
      writesFile(/ (T-\d)\//.exec(prompt)?.[1] ?? 'none', 'hooked'),
    );
    const [settings, begun] = [join(stage.home, '.claude', 'settings.json'), 'hook-begun'];
    const command = `date >> ${join(stage.home, begun)}; sleep 10`;
    const Stop = [{ hooks: [{ type: 'command', command, timeout: 60 }] }];
    mkdirSync(join(stage.home, '.claude'), { recursive: true });
    writeFileSync(settings, JSON.stringify({ hooks: { Stop } }));
    stage.addTask(2, 'Write the second', 'depends_on: [T-1]\n');
    await stage.open();
    await landed(stage);
    // While the hook hangs the turn is not over: nobody types into it, and nobody is charged.
    await landed(stage, 'T-2');
    await stage.until('it is free', () => stage.agent('eng-1').status === 'idle', 120_000);
    expect(readFileSync(join(stage.home, begun), 'utf8').trim().split('\n')).toHaveLength(2);
    expect([taskOf(stage, 'T-2')?.attempt, taskOf(stage, 'T-2')?.retries]).toEqual([1, 0]);
    expect(stage.agent('eng-1').restarts).toBe(0);
  },
);

for (const cli of [newest('claude'), newest('codex')])
  test.skipIf(programOf(cli) === null)(
    `${cli.name}: a session that is gone is said to be, and a fresh one takes its work over`,
    besides,
    async context => {
      const script: Script = prompt =>
        prompt.includes(' handoff T-1/1')
          ? writesFile('answer.txt', 'afresh')
          : [{ say: 'I begin.', run: 'echo begun' }, slow];
      const stage = await createStage(context, cli, script);
      await stage.open();
      await stage.until('it is in the middle', () => stage.screen('eng-1').includes('word word'));
      await stage.end();
      rmSync(join(stage.home, sessionFolders[cli.name]), { recursive: true });
      await stage.open();
      await stage.until('it is said', () =>
        stage.store.recentEvents().some(({ type }) => type === 'agent.sessionLost'),
      );
      await landed(stage);
      expect(stage.agent('eng-1').sessionCount).toBe(2);
      expect([taskOf(stage)?.attempt, taskOf(stage)?.retries]).toEqual([1, 0]);
      const prompts = stage.model.requests.map(({ prompt }) => prompt);
      // A session that knows nothing is not told to go on.
      expect(prompts.filter(isGoOn)).toEqual([]);
      expect(prompts.find(prompt => prompt.includes(' handoff '))).toContain('Write answer.txt');
    },
  );
