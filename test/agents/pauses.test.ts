import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { needsYou } from '../../src/ui/present/needs.ts';
import type { Step } from '../support/fake-model/script.ts';
import { AgentStage } from './support/agent-stage.ts';
import { newest, programOf } from './support/pinned-clis.ts';
import { oneEngineer, writesFile } from './support/teams.ts';

/** Two beside each other: what is paused stands still for most of its test. */
const besides = (timeout: number) => ({ concurrent: true, timeout });

const engineer = 'eng-1' as never;
const taskOf = (stage: AgentStage) => stage.state.tasks['T-1' as never];

for (const cli of [newest('claude'), newest('codex')])
  test.skipIf(programOf(cli) === null)(
    `${cli.name}: paused for longer than it bears, its turn is interrupted after the tool, and gone on with`,
    besides(300_000),
    async ({ onTestFinished }) => {
      const steps = writesFile('answer.txt', 'cut');
      const tool = {
        say: 'I begin.',
        run: 'cd && touch begun && sleep 6 && echo whole > tool.txt',
      };
      // Longer than the pause: what comes meanwhile waits in the connection.
      const endless = { ...steps[0], say: 'word '.repeat(2_000), paceMs: 100 };
      const stage = await AgentStage.create({
        ...{ team: oneEngineer(cli.name, 'full'), clis: [cli] },
        script: prompt => (/Go on where you were/.test(prompt) ? steps : [tool, endless]),
      });
      onTestFinished(() => stage.close(), 60_000);
      stage.addTask(1, 'Write answer.txt');
      await stage.open();
      await stage.until('its tool runs', () => existsSync(join(stage.home, 'begun')));
      const toolFile = join(stage.home, 'tool.txt');
      expect(await stage.store.command({ type: 'agent.pause', agent: engineer })).toBeNull();
      await stage.until('it is interrupted', () => stage.agent('eng-1').isCut, 150_000);
      expect(readFileSync(toolFile, 'utf8')).toBe('whole\n');
      await stage.until('it waits', () => stage.agent('eng-1').status === 'idle');
      expect(stage.agent('eng-1').paused).toBe(true);
      await stage.rest(2_000);
      expect(taskOf(stage)?.column).toBe('doing');
      expect(await stage.store.command({ type: 'agent.resume', agent: engineer })).toBeNull();
      await stage.until('the task has landed', () => taskOf(stage)?.column === 'done');
      expect([taskOf(stage)?.attempt, taskOf(stage)?.retries]).toEqual([1, 0]);
    },
  );

for (const cli of [newest('claude'), newest('codex')])
  test.skipIf(programOf(cli) === null)(
    `${cli.name}: a task that has used up its budget is asked about, and goes on with the answer`,
    besides(180_000),
    async ({ onTestFinished }) => {
      const team = oneEngineer(cli.name, 'full').replace(
        '{ land: auto }',
        '{ land: auto, budget: { task: 2k tokens } }',
      );
      const [write, commit, ...rest] = writesFile('answer.txt', 'paid') as [Step, Step, ...Step[]];
      // Long enough for what the first turns have used to be read before the task is done.
      const script = () => [write, commit, { say: 'I wait.', run: 'sleep 5' }, ...rest];
      const stage = await AgentStage.create({ script, team, clis: [cli] });
      onTestFinished(() => stage.close(), 60_000);
      stage.addTask(1, 'Write answer.txt');
      await stage.open();
      const asked: number[] = [];
      await stage.until(
        'the task has landed',
        () => {
          const over = taskOf(stage)?.account.overspent ?? null;
          if (over !== null && !asked.includes(over.limit)) {
            asked.push(over.limit);
            const kinds = needsYou(stage.state, stage.store.policy).map(need => need.kind);
            expect(kinds).toContain('budget');
            expect(stage.agent('eng-1').paused).toBe(true);
            const answer = { answer: 'raise', task: taskOf(stage)?.id ?? null } as const;
            void stage.store.command({ type: 'budget.answer', ...answer });
          }
          return taskOf(stage)?.column === 'done';
        },
        150_000,
      );
      expect(asked[0]).toBe(2_000);
      expect(new Set(asked).size).toBe(asked.length);
      const { used } = taskOf(stage)?.account ?? {};
      expect(used?.tokens?.input).toBeGreaterThan(1_500);
      expect([taskOf(stage)?.attempt, taskOf(stage)?.retries]).toEqual([1, 0]);
    },
  );
