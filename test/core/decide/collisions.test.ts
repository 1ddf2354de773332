// A rename landed while another branch used the old name: each branch is green, their merge is not.
import { expect, test } from 'vitest';
import { composeMessage } from '../../../src/core/briefing/compose-message.ts';
import { blameLanding } from '../../../src/core/failure/blame-landing.ts';
import type { TaskId } from '../../../src/core/ids.ts';
import { collisionsMax } from '../../../src/core/limits.ts';
import type { LandedBeside } from '../../../src/core/record/candidate.ts';
import { TeamDriver } from '../../support/team-driver.ts';
import { contentOf } from '../plan/plan-builder.ts';

const landed = (task: string | null, ...files: readonly string[]): LandedBeside => ({
  task: task as TaskId | null,
  files,
});
const rename = landed('T-4', 'src/duration.ts', 'test/duration.test.ts');
const other = landed('T-8', 'docs/old/manual.md');
const red =
  "SyntaxError: The requested module './duration.ts' does not provide an export named 'formatDuration'";

function submitted(beside: readonly LandedBeside[]): TeamDriver {
  const team = new TeamDriver();
  team.addTasks({ 'T-5': contentOf('Print a timesheet') });
  submit(team, beside);
  return team;
}

function submit(team: TeamDriver, beside: readonly LandedBeside[]): void {
  team.claim('T-5');
  team.build('T-5', { beside });
  team.gate({ red });
  if (team.state.landing?.running === 'trunk') team.gate('passed');
  team.gate({ red });
}

test('the branch alone is green: nobody is charged, and the other task is named', () => {
  const team = submitted([other, rename]);
  expect(team.state.landing?.running).toBe('branch');
  expect(team.effects.at(-1)).toMatchObject({
    type: 'runGate',
    subject: 'branch',
    commit: 'b'.repeat(40),
  });
  expect(team.task('T-5').gateStep).toBe('checking-branch');
  team.gate('passed');
  expect(team.task('T-5')).toMatchObject({ column: 'doing', retries: 0, attempt: 2 });
  expect(team.eventsOf('attempt.collided')).toMatchObject([{ others: ['T-4'], excerpt: red }]);
  expect(team.state.counters).toMatchObject({ gateCatches: 1, conflicts: 0 });
  expect(team.state.landing).toBeNull();
});

test('the engineer is told what came between, under the name of a failure', () => {
  const team = submitted([rename]);
  team.gate('passed');
  const message = team.state.messages.findLast(one => one.kind === 'failure');
  if (message === undefined) throw new Error('nothing was sent');
  const text = composeMessage(team.state, message, { work: null });
  expect(text).toMatch(/^Belfry M-\d+ failure T-5\/2\n/);
  expect(text).toContain('T-4 landed while you');
  expect(text).toContain('not counted as a retry');
  expect(text).toContain(`| ${red}`);
});

test('the branch alone is red too: it is its own failure', () => {
  const team = submitted([rename]);
  team.gate({ red: '✖ shows the total\nℹ fail 1' });
  expect(team.task('T-5')).toMatchObject({ column: 'doing', retries: 1 });
  expect(team.eventsOf('attempt.failed')).toMatchObject([{ reason: 'gate', excerpt: red }]);
});

test('on the tip of the trunk there is nothing to collide with, and no further run', () => {
  const team = submitted([]);
  expect(team.state.landing).toBeNull();
  expect(team.task('T-5').retries).toBe(1);
  expect(team.eventsOf('gate.started').map(one => one.subject)).not.toContain('branch');
});

test('it does not go on for ever', () => {
  const team = submitted([rename]);
  team.gate('passed');
  for (let count = 1; count < collisionsMax; count += 1) {
    submit(team, [rename]);
    team.gate('passed');
  }
  expect(team.task('T-5')).toMatchObject({ column: 'ready', retries: 0 });
  expect(team.task('T-5').escalation).toMatchObject({
    ...{ to: 'manager', why: 'green alone and red on the trunk, 3 times: it collides with T-4' },
  });
});

test('a run on the branch that cannot run says nothing about anybody', () => {
  const team = submitted([rename]);
  const { task, attempt, runs: run } = team.state.landing ?? {};
  if (task === undefined || attempt === undefined || run === undefined)
    throw new Error('no landing');
  team.input({
    ...{ type: 'gate.finished', task, attempt, run, subject: 'branch' },
    subjectCommit: 'b'.repeat(40) as never,
    result: { outcome: 'faulted', durationMs: 1, reason: 'no disk' },
  });
  expect(team.task('T-5')).toMatchObject({ column: 'gate', retries: 0, attempt: 1 });
});

test.each([
  ['the one whose file is imported', [other, rename], red, ['T-4']],
  ['the one whose path is printed', [other, rename], 'docs/old/manual.md: gone', ['T-8']],
  ['all of them when nothing is named', [other, rename], 'exit code 1', ['T-8', 'T-4']],
  ['nobody, when the person did it', [landed(null, 'src/duration.ts')], red, []],
] as const)('blames %s', (_name, beside, text, expected) => {
  expect(blameLanding(beside, text)).toEqual(expected);
});
