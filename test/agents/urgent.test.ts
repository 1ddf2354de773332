// A word that cannot wait, to a real agent CLI in the middle of its turn.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { taggedWith } from '../../src/adapters/system/processes.ts';
import type { Script, Step } from '../support/fake-model/script.ts';
import { AgentStage } from './support/agent-stage.ts';
import { newest, type PinnedCli, programOf } from './support/pinned-clis.ts';
import { oneEngineer, writesFile } from './support/teams.ts';

let opened: AgentStage | undefined;
afterEach(async () => {
  await opened?.close();
  opened = undefined;
}, 60_000);

const note = 'Write heard into the file, not a word more.';
const isNote = (prompt: string) => prompt.includes(note);
/** Words that repeat themselves make Gemini CLI ask whether it is caught in a loop. */
const words = Array.from({ length: 2_000 }, (_, at) => `word-${at}`).join(' ');
const endless: Step = { say: words, paceMs: 100 };

async function openStage(cli: PinnedCli, before: readonly Step[]): Promise<AgentStage> {
  const script: Script = prompt => (isNote(prompt) ? writesFile('answer.txt', 'heard') : before);
  const stage = await AgentStage.create({
    ...{ script, team: oneEngineer(cli.name, 'full'), clis: [cli] },
  });
  opened = stage;
  stage.addTask(1, 'Write answer.txt');
  await stage.open();
  return stage;
}

async function interrupt(stage: AgentStage): Promise<void> {
  const { id: to } = stage.agent('eng-1');
  const said = { type: 'message.send', from: 'person', to, text: note, isGoal: false } as const;
  expect(await stage.store.command({ ...said, isUrgent: true })).toBeNull();
}

const taskOf = (stage: AgentStage) => stage.state.tasks['T-1' as never];

/** It arrived once, in the session that knows the task, and nobody is worse off. */
async function expectHeard(stage: AgentStage, session: string | null): Promise<void> {
  await stage.until('the task has landed', () => taskOf(stage)?.column === 'done', 120_000);
  await stage.until('main follows', () => stage.onTrunk('answer.txt') === 'heard\n');
  const { messages } = stage.state;
  expect(messages.find(({ text }) => text === note)).toMatchObject({
    delivery: 'delivered',
    tries: 1,
  });
  expect(messages.filter(({ kind }) => kind === 'nudge')).toEqual([]);
  const [first] = stage.model.requests.filter(({ prompt }) => isNote(prompt));
  expect(first?.prompt).toContain('Answer it, then go on where you were.');
  expect(first?.everything).toContain('Belfry M-1 task T-1/1');
  expect(first?.everything).toContain('I begin.');
  expect([taskOf(stage)?.attempt, taskOf(stage)?.retries]).toEqual([1, 0]);
  expect(stage.agent('eng-1')).toMatchObject({ session, sessionCount: 1, restarts: 0, outages: 0 });
  expect(stage.state.counters).toMatchObject({ gateCatches: 0, escalations: 0, exhaustions: 0 });
}

for (const cli of [newest('claude'), newest('codex'), newest('opencode')])
  describe.skipIf(programOf(cli) === null)(cli.name, () => {
    test('while it streams: the turn is cut, and it goes on with the word', async () => {
      const stage = await openStage(cli, [{ say: 'I begin.', run: 'echo begun' }, endless]);
      await stage.until('it streams', () => stage.screen('eng-1').includes('word-9 '), 120_000);
      const { session } = stage.agent('eng-1');
      await interrupt(stage);
      await expectHeard(stage, session);
      expect(stage.model.requests.some(({ isCut }) => isCut)).toBe(true);
    }, 300_000);

    test('in the middle of a tool: the tool is let go to its end first', async () => {
      const run = 'cd && touch begun && sleep 6 && echo whole > tool.txt';
      const stage = await openStage(cli, [{ say: 'I begin.', run }, endless]);
      await stage.until('its tool runs', () => existsSync(join(stage.home, 'begun')), 120_000);
      const { session } = stage.agent('eng-1');
      await interrupt(stage);
      await expectHeard(stage, session);
      expect(readFileSync(join(stage.home, 'tool.txt'), 'utf8')).toBe('whole\n');
    }, 300_000);

    test('in the middle of a tool that does not end: it is ended with the turn, or with the agent', async () => {
      const run = 'cd && touch begun && sleep 555';
      const stage = await openStage(cli, [{ say: 'I begin.', run }, endless]);
      await stage.until('its tool runs', () => existsSync(join(stage.home, 'begun')), 120_000);
      const { session } = stage.agent('eng-1');
      await interrupt(stage);
      await expectHeard(stage, session);
      // Codex keeps it as a terminal in the background, which its model can still look at.
      const isKept = cli.name === 'codex';
      const sleeping = () => commandsOf(stage).filter(command => /sleep 555/.test(command));
      expect(sleeping()).toHaveLength(isKept ? 1 : 0);
      await stage.end();
      expect(sleeping()).toEqual([]);
    }, 300_000);
  });

/** Of every process that belongs to the engineer. */
const commandsOf = (stage: AgentStage): readonly string[] =>
  taggedWith(`${stage.stateFolder.root}/eng-1`).map(pid => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
    } catch {
      return '';
    }
  });

/** What it was told before the cut is not in the request that follows it. */
const gemini = newest('gemini');
test.skipIf(programOf(gemini) === null)(
  'gemini forgets the turn that was cut: after the word it is told its task again, with its instructions',
  async () => {
    const script: Script = prompt => {
      if (isNote(prompt)) return [{ say: 'I heard it.' }];
      return prompt.includes(' handoff T-1/1')
        ? writesFile('answer.txt', 'heard')
        : [{ say: 'I begin.', run: 'echo begun' }, endless];
    };
    const team = oneEngineer('gemini', 'full');
    const stage = await AgentStage.create({ script, team, clis: [gemini] });
    opened = stage;
    stage.addTask(1, 'Write answer.txt');
    await stage.open();
    await stage.until('it streams', () => stage.screen('eng-1').includes('word-9 '), 120_000);
    await interrupt(stage);
    await stage.until('the task has landed', () => taskOf(stage)?.column === 'done', 120_000);
    const heard = stage.model.requests.find(({ prompt }) => isNote(prompt));
    expect(heard?.everything).not.toContain('Belfry M-1 task T-1/1');
    expect(heard?.prompt).toContain('You are an engineer of a team');
    const [again] = stage.model.requests.filter(({ prompt }) => / handoff T-1\/1/.test(prompt));
    expect(again?.everything).toContain('I heard it.');
    expect(again?.prompt).toContain('Write answer.txt');
    expect([taskOf(stage)?.attempt, taskOf(stage)?.retries]).toEqual([1, 0]);
    expect(stage.agent('eng-1')).toMatchObject({ sessionCount: 1, restarts: 0 });
  },
  300_000,
);
