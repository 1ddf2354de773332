// Gemini CLI and opencode: manifests with a channel of signals beside the screen. That each does a task and lands
// it is shown with all pinned CLIs.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { needsYou } from '../../src/ui/present/needs.ts';
import type { Script, Step } from '../support/fake-model/script.ts';
import { sessionFolders } from './support/agent-home.ts';
import { AgentStage, isFirstDialog } from './support/agent-stage.ts';
import { newest, type PinnedCli, programOf } from './support/pinned-clis.ts';
import { oneEngineer, writesFile } from './support/teams.ts';

let opened: AgentStage | undefined;
afterEach(async () => {
  await opened?.close();
  opened = undefined;
}, 30_000);

async function openStage(
  cli: PinnedCli,
  script: Script,
  permissions: 'ask' | 'full' = 'full',
): Promise<AgentStage> {
  opened = await AgentStage.create({
    ...{ script, team: oneEngineer(cli.name, permissions), clis: [cli] },
  });
  opened.addTask(1, 'Write answer.txt');
  await opened.open();
  return opened;
}

const taskOf = (stage: AgentStage) => stage.state.tasks['T-1' as never];
/** The programs start slowly on a busy machine, and some of these turns start two. */
const landsWithinMs = 240_000;
const endsWithinMs = 420_000;
const isDone = (stage: AgentStage) => taskOf(stage)?.column === 'done';
const charges = (stage: AgentStage) => [taskOf(stage)?.attempt, taskOf(stage)?.retries];
const isGoOn = (prompt: string) => /Go on where you were/.test(prompt);

/** Words that repeat themselves make Gemini CLI ask whether it is caught in a loop. */
const slowly: Step = {
  ...{ say: Array.from({ length: 200 }, (_, at) => `word-${at}`).join(' '), paceMs: 100 },
};

for (const cli of [newest('gemini'), newest('opencode')])
  describe.skipIf(programOf(cli) === null)(cli.name, () => {
    test(
      'asks permission with the command itself, and goes on with the answer',
      async () => {
        const stage = await openStage(cli, () => writesFile('answer.txt', 'asked'), 'ask');
        const asked = new Map<string, string>();
        await stage.until(
          'the task has landed',
          () => {
            const { question, id: agent } = stage.agent('eng-1');
            if (question?.kind !== 'permission' || isFirstDialog(question.text))
              return isDone(stage);
            if (asked.has(question.id)) return false;
            asked.set(question.id, question.text);
            const [need] = needsYou(stage.state, stage.store.policy).filter(
              one => one.kind === 'question',
            );
            expect(need?.text).toContain(question.text);
            expect(need?.answers[0]).toEqual(['question.yes', 'yes']);
            void stage.store.command({
              ...{ type: 'agent.answer', agent, question: question.id, answer: 'yes' },
            });
            return false;
          },
          landsWithinMs,
        );
        const texts = [...asked.values()];
        expect(texts).toContainEqual(
          expect.stringContaining("printf '%s\\n' 'asked' > answer.txt"),
        );
        expect(texts).not.toContainEqual(expect.stringMatching(/^belfry /));
        expect(charges(stage)).toEqual([1, 0]);
      },
      endsWithinMs,
    );

    test(
      'an error of the provider that passes shows as retrying, and is nobody’s fault',
      async () => {
        const [first, ...rest] = writesFile('answer.txt', 'late');
        const stage = await openStage(cli, () => [{ ...first, fail: 500, failTimes: 2 }, ...rest]);
        const seen = new Set<string>();
        await stage.until(
          'the task has landed',
          () => {
            const { status, statusReason } = stage.agent('eng-1');
            seen.add(`${status}: ${statusReason}`);
            return isDone(stage);
          },
          landsWithinMs,
        );
        expect([...seen]).toContainEqual(expect.stringMatching(/^retrying: .*attempt 1\b/));
        expect(charges(stage)).toEqual([1, 0]);
      },
      endsWithinMs,
    );

    test(
      'an error that does not pass is shown, and nothing is charged',
      async () => {
        const stage = await openStage(cli, () => [{ fail: 401 }]);
        await stage.until(
          'it has failed',
          () => stage.agent('eng-1').status === 'failed',
          landsWithinMs,
        );
        expect(stage.agent('eng-1').statusReason).toMatch(/401|api.key/i);
        await stage.until('the person is asked', () =>
          needsYou(stage.state, stage.store.policy).some(
            ({ kind, agent }) => kind === 'outage' && agent === 'eng-1',
          ),
        );
        expect([...charges(stage), taskOf(stage)?.column]).toEqual([1, 0, 'doing']);
      },
      endsWithinMs,
    );

    test(
      'a full context is handed over, or compacted where it does so itself',
      async () => {
        const compacts = cli.name === 'opencode';
        const [first, ...rest] = writesFile('answer.txt', 'after all');
        const full: Step = { ...first, fail: 'context', ...(compacts ? { failTimes: 1 } : {}) };
        const script: Script = prompt =>
          prompt.includes(' handoff T-1/1')
            ? writesFile('answer.txt', 'handed over')
            : [{ say: 'I look around.', run: 'ls' }, full, ...rest];
        const stage = await openStage(cli, script);
        await stage.until('the task has landed', () => isDone(stage), landsWithinMs);
        expect(stage.state.counters.exhaustions).toBe(compacts ? 0 : 1);
        expect(stage.agent('eng-1').sessionCount).toBe(compacts ? 1 : 2);
        expect(charges(stage)).toEqual([1, 0]);
      },
      endsWithinMs,
    );

    test(
      'killed in the middle of a turn, it goes on in the same session',
      async () => {
        const script: Script = prompt =>
          isGoOn(prompt)
            ? writesFile('answer.txt', 'resumed')
            : [{ say: 'I begin.', run: 'echo begun' }, slowly];
        const stage = await openStage(cli, script);
        await stage.until(
          'it is in the middle',
          () => stage.screen('eng-1').includes('word-9 '),
          landsWithinMs,
        );
        const { session } = stage.agent('eng-1');
        process.kill(stage.store.terminalOf('eng-1' as never)?.pid ?? 0, 'SIGKILL');
        await stage.until('the task has landed', () => isDone(stage), landsWithinMs);
        expect(stage.agent('eng-1').session).toBe(session);
        expect(charges(stage)).toEqual([1, 0]);
        // The conversation before the kill is still the model's.
        const resumed = stage.model.requests.find(({ prompt }) => isGoOn(prompt));
        expect(resumed?.everything).toContain('Belfry M-1 task T-1/1');
      },
      endsWithinMs,
    );

    test(
      'a session that is gone is given up, and a fresh one takes its work over',
      async () => {
        const script: Script = prompt =>
          prompt.includes(' handoff T-1/1') ? writesFile('answer.txt', 'afresh') : [slowly];
        const stage = await openStage(cli, script);
        await stage.until(
          'it began',
          () => stage.screen('eng-1').includes('word-9 '),
          landsWithinMs,
        );
        await stage.end();
        rmSync(join(stage.home, sessionFolders[cli.name]), { recursive: true });
        await stage.open();
        const ends = new Set<number>();
        await stage.until(
          'the task has landed',
          () => {
            const { status, statusReason, since } = stage.agent('eng-1');
            if (status === 'exited' && /its session is gone/.test(statusReason)) ends.add(since);
            return isDone(stage);
          },
          landsWithinMs,
        );
        // That Gemini CLI's is gone is seen before it is started; opencode says so itself, once.
        expect(ends.size).toBeLessThan(2);
        expect(stage.agent('eng-1').sessionCount).toBe(2);
        expect(charges(stage)).toEqual([1, 0]);
        expect(stage.model.requests.filter(({ prompt }) => isGoOn(prompt))).toEqual([]);
      },
      endsWithinMs,
    );

    test(
      'tells what it uses',
      async () => {
        const stage = await openStage(cli, () => writesFile('answer.txt', 'counted'));
        await stage.until('the task has landed', () => isDone(stage), landsWithinMs);
        await stage.until('it waits again', () => stage.agent('eng-1').status === 'idle');
        const count = stage.model.requests.length;
        const told = () => stage.agent('eng-1').tokens;
        await stage.until('all is told', () => told()?.cached === 2_000 * count);
        expect(told()?.input).toBe(1_000 * count);
        const { contextUsed } = stage.agent('eng-1');
        expect(contextUsed).toBeGreaterThan(0);
      },
      endsWithinMs,
    );
  });
