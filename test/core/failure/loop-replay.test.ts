// An engineer that goes round in circles must cost minutes, not the forty that a person would notice after.
import { expect, test } from 'vitest';
import { TeamDriver } from '../../support/team-driver.ts';
import { contentOf } from '../plan/plan-builder.ts';

const minute = 60_000;

/** What the gate printed in each round: the same failure under other times, ports, ids and counts of lines. */
const rounds = Array.from({ length: 12 }, (_, round) => ({
  minutes: 3 + (round % 3),
  red: [
    `[09:${10 + round}:0${round % 10}] starting server on port ${40_000 + round * 7}`,
    `✖ delivers each message once (${900 + round * 13}ms)`,
    `  AssertionError [ERR_ASSERTION]: ${3 + round} !== 2`,
    `      at file:///tmp/gate-${round}f3a9bc/test/mailbox.test.ts:${40 + round}:12`,
    'ℹ tests 212',
    'ℹ fail 1',
  ].join('\n'),
}));

test('a loop of forty minutes ends after two attempts, at the manager', () => {
  expect(rounds.reduce((sum, { minutes }) => sum + minutes, 0)).toBeGreaterThanOrEqual(40);
  const team = new TeamDriver();
  team.addTasks({ 'T-1': contentOf('Deliver each message once') });
  let attempts = 0;
  for (const { minutes, red } of rounds) {
    if (team.task('T-1').column !== 'doing') break;
    attempts += 1;
    team.pass(minutes * minute);
    team.claim('T-1');
    team.build('T-1');
    team.gateRed(red);
  }
  expect(attempts).toBe(2);
  expect(team.task('T-1')).toMatchObject({
    column: 'ready',
    assignee: null,
    attempt: 2,
    escalation: { to: 'manager', why: 'the same failure twice: the retry changed nothing' },
  });
  expect(team.state.counters).toMatchObject({ gateCatches: 2, escalations: 1 });
});

test('failures that shrink have all their retries, the last in a fresh session', () => {
  const team = new TeamDriver();
  team.addTasks({ 'T-1': contentOf('Read quoted fields') });
  const names = ['reads commas', 'reads quotes', 'reads line breaks'];
  for (const count of [3, 2, 1]) {
    team.claim('T-1');
    team.build('T-1');
    const red = `${names
      .slice(0, count)
      .map(name => `✖ ${name} (1ms)`)
      .join('\n')}\nℹ fail ${count}`;
    team.gateRed(red);
  }
  expect(team.eventsOf('attempt.started').map(one => one.freshSession)).toEqual([false, true]);
  expect(team.task('T-1').escalation?.why).toBe('2 retries failed: the gate was red again');
});

test('a retry that only bends the tests is not tried a third time', () => {
  const team = new TeamDriver();
  team.addTasks({ 'T-1': contentOf('Read quoted fields') });
  for (const [red, retouched] of [
    ['✖ a\nℹ fail 1'],
    ['✖ b\nℹ fail 1', ['test/csv.test.ts']],
  ] as const) {
    team.claim('T-1');
    team.build('T-1', retouched === undefined ? {} : { retouched });
    team.gateRed(red);
  }
  expect(team.task('T-1').escalation?.why).toContain('tests only');
});
