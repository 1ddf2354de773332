import { test } from 'vitest';
import { AgentStage } from './support/agent-stage.ts';
import { pinnedClis, programOf } from './support/pinned-clis.ts';
import { oneEngineer, writesFile } from './support/teams.ts';

/** Claude Code tells the end of a limit to the minute. */
const nextButOneMinute = () => Math.ceil(Date.now() / 60_000 + 1) * 60;

/** What comes with a limit that ends soon: 2.1.330 goes on by itself, 2.1.197 asks. */
const comesWith = {
  '2.1.330': 'set to continue automatically',
  '2.1.197': 'What do you want to do?',
};

/** A subscription in place of a key: without one, Claude Code takes a limit for any other error. */
const subscription = { CLAUDE_CODE_OAUTH_TOKEN: 'sk-ant-oat01-fake', ANTHROPIC_API_KEY: '' };

/** Beside each other: most of their time is that until the end of the limit. */
for (const cli of pinnedClis.filter(({ name }) => name === 'claude'))
  test.skipIf(programOf(cli) === null)(
    `${cli.name} ${cli.version}: a limit parks it until its end, and the work goes on`,
    { concurrent: true, timeout: 360_000 },
    async ({ expect, onTestFinished }) => {
      const endsAt = nextButOneMinute();
      const limit = { kind: 'seven_day', endsAt } as const;
      const [first = {}, ...more] = writesFile('answer.txt', 'forty-two');
      const stage = await AgentStage.create({
        script: prompt =>
          /Go on where you were/.test(prompt) ? [first, ...more] : [{ fail: 429, limit }],
        team: oneEngineer('claude', 'full'),
        clis: [cli],
        env: subscription,
      });
      onTestFinished(() => stage.close(), 30_000);
      stage.addTask(1, 'Write answer.txt');
      await stage.open();
      await stage.until('it is limited', () => stage.agent('eng-1').status === 'limited');
      const shown = comesWith[cli.version as keyof typeof comesWith];
      await stage.until(shown, () => stage.screen('eng-1').includes(shown));
      // What is on the screen is read a moment later.
      const knowsEnd = () => stage.agent('eng-1').deadline === endsAt * 1_000;
      await stage.until('its end is known', knowsEnd);
      expect(stage.agent('eng-1').question).toBeNull();
      const task = () => stage.state.tasks['T-1' as never];
      await stage.until('the task has landed', () => task()?.column === 'done', 240_000);
      expect([task()?.attempt, task()?.retries]).toEqual([1, 0]);
    },
  );
