import { describe, expect, test } from 'vitest';
import { refusal } from '../../../src/core/decide/refusals.ts';
import type { Command, Observation } from '../../../src/core/input.ts';
import type { Escalation } from '../../../src/core/task.ts';
import {
  agent,
  agentId,
  check,
  content,
  heldBy,
  message,
  now,
  state,
  task,
  taskId,
} from '../../support/core-builders.ts';
import { TeamDriver } from '../../support/team-driver.ts';

const minutes = (count: number) => count * 60_000;
const to = (role: Escalation['to'], deadline: number | null = now + minutes(5)): Escalation => ({
  ...{ to: role, why: 'two retries failed', since: 0, deadline },
});
const team = [agent('architect'), agent('manager'), agent('eng-1')];
const toManager = task('T-1', {
  escalation: to('manager'),
  escalations: 1,
  failedBy: [agentId('eng-1')],
});
const toArchitect = task('T-1', { escalation: to('architect'), escalations: 1, splitRequests: 1 });
const part = (id: string, more = {}) => task(id, { splits: taskId('T-1'), ...more });
const split = (by: string): Command => ({
  ...{ type: 'task.split', task: taskId('T-1'), by: agentId(by), text: 'per module' },
});
const end = (by: string): Command => ({
  type: 'task.endSplit',
  task: taskId('T-1'),
  by: agentId(by),
});

describe('who asks for a split', () => {
  check(
    'the manager: the architect gets a page and limited time',
    state({ agents: team, tasks: [toManager] }),
    split('manager'),
    [
      'task.escalated T-1 to=architect why="manager asks for a split" deadline=+1800000',
      'message.sent T-1/0 id=M-1 kind=split from=belfry to=architect text="per module"',
      'message.typed id=M-1 deadline=+1800000',
    ],
  );
  const rows = [
    ['eng-1', toManager, 'belfry done'],
    ['architect', toManager, 'belfry task add'],
    ['manager', task('T-1'), 'not escalated to the manager'],
    ['manager', { ...toManager, splitRequests: 1 }, 'asked to split T-1 before: guide, reassign'],
  ] as const;
  test.each(rows)('%s may not, and hears what would be accepted (%#)', (by, one, says) => {
    expect(refusal(state({ agents: team, tasks: [one] }), split(by))).toContain(says);
  });

  test('without an architect nobody can', () => {
    const given = state({ agents: team.slice(1), tasks: [toManager] });
    expect(refusal(given, split('manager'))).toContain('no architect');
  });

  test('a part of a part is not split again', () => {
    const whole = task('T-1');
    const inner = task('T-2', { splits: taskId('T-1') });
    const most = task('T-3', { splits: taskId('T-2'), escalation: to('manager'), escalations: 1 });
    const given = state({ agents: team, tasks: [whole, inner, most] });
    expect(refusal(given, { ...split('manager'), task: taskId('T-3') } as Command)).toContain(
      'a part of a part',
    );
  });
});

describe('a second full context', () => {
  const looked: Observation = {
    ...{ type: 'agent.looked', agent: agentId('eng-1'), session: 'eng-1-1', status: 'exhausted' },
    ...{ reason: 'full', question: null },
  };
  const held = (more = {}) => [task('T-1', heldBy('eng-1', { exhaustions: 1, ...more }))];
  const working = agent('eng-1', { status: 'working' });

  check(
    'goes to the architect by the same path',
    state({ agents: [agent('architect'), agent('manager'), working], tasks: held() }),
    looked,
    [
      'agent.looked eng-1 status=exhausted reason=full',
      'attempt.handedOver eng-1 T-1/1 why="its context is full"',
      'task.escalated T-1 to=architect from=eng-1 why="too broad for one context window: split it per module" deadline=+1800000',
      'message.sent T-1/1 id=M-1 kind=split from=belfry to=architect text="It has filled two context windows. Split it per module."',
      'message.typed id=M-1 deadline=+1800000',
    ],
  );
  check(
    'of a task that the architect was asked to split before goes to the manager',
    state({
      agents: [agent('architect'), agent('manager'), working],
      tasks: held({ splitRequests: 1 }),
    }),
    looked,
    [
      'agent.looked eng-1 status=exhausted reason=full',
      'attempt.handedOver eng-1 T-1/1 why="its context is full"',
      'task.escalated T-1 to=manager from=eng-1 why="too broad for one context window: split it per module" deadline=+600000',
      'message.sent T-1/1 id=M-1 kind=escalation from=belfry to=manager freshSession=true',
      'agent.launched manager session=manager-2-lfls deadline=+60000',
    ],
  );
});

describe('the end of a split', () => {
  const asked = state({ agents: team.slice(0, 2), tasks: [toArchitect, part('T-2'), part('T-3')] });
  check('the parts take its place', asked, end('architect'), [
    'task.split T-1 by=architect into=["T-2","T-3"]',
  ]);

  test('is refused with fewer than two parts, and says how to add one', () => {
    const given = state({ agents: team, tasks: [toArchitect, part('T-2')] });
    const refused = refusal(given, end('architect'));
    expect(refused).toContain('T-1 has only T-2, and a split has at least 2');
    expect(refused).toContain('belfry task add --splits T-1');
  });

  test.each(['eng-1', 'manager'])('%s does not say it', by => {
    expect(refusal(asked, end(by))).toContain('only the architect');
  });

  test('no hand-written file makes a circle of parts', () => {
    const older = task('T-1', { splits: taskId('T-2') });
    const asking = task('T-2', { escalation: to('architect'), splitRequests: 1 });
    const given = state({
      agents: team,
      tasks: [older, asking, task('T-3', { splits: taskId('T-2') })],
    });
    expect(refusal(given, { ...end('architect'), task: taskId('T-2') } as Command)).toContain(
      'only T-3',
    );
  });

  const late = { escalation: to('architect', now), splitRequests: 1, escalations: 1 };
  check(
    'an architect that never answers: the person decides',
    state({ agents: team.slice(0, 2), tasks: [task('T-1', late), part('T-2')] }),
    { type: 'time.passed' },
    [
      'task.escalated T-1 to=person why="the architect did not answer in time (two retries failed)"',
    ],
  );
  check(
    'one that added the parts and forgot to say so has answered',
    state({ agents: team.slice(0, 2), tasks: [task('T-1', late), part('T-2'), part('T-3')] }),
    { type: 'time.passed' },
    ['task.split T-1 by=architect into=["T-2","T-3"]'],
  );
  check(
    'a person who lets it be worked on after all drops the parts that nobody has begun',
    state({ agents: team.slice(0, 2), tasks: [toArchitect, part('T-2'), part('T-3')] }),
    { type: 'task.guide', task: taskId('T-1'), by: 'person', text: 'go on' },
    [
      'task.dropped T-2 by=person why="T-1, of which it is a part, is not split after all"',
      'task.dropped T-3 by=person why="T-1, of which it is a part, is not split after all"',
      'task.guided T-1 by=person text="go on"',
    ],
  );
  check(
    'a page that nobody needs any more is not typed',
    state({
      agents: [agent('architect', { status: 'idle' })],
      tasks: [task('T-1')],
      messages: [message('M-1', 'architect', { kind: 'split', task: taskId('T-1'), attempt: 0 })],
    }),
    { type: 'time.passed' },
    ['message.failed id=M-1 why="it was about something that is over"'],
  );
});

test('whoever waits for the whole waits for all of its parts', () => {
  const driver = new TeamDriver(2);
  driver.addTasks({
    'T-1': content({ files: ['src'] }),
    'T-2': content({ dependsOn: [taskId('T-1')] }),
  });
  const ask = { type: 'task.split', task: taskId('T-1'), by: 'person', text: 'too much' } as const;
  driver.input(ask);
  expect(driver.effects.map(({ type }) => type)).toContain('keepWork');
  driver.addTasks({
    'T-3': { ...content({ files: ['src/a.ts'] }), splits: taskId('T-1') },
    'T-4': { ...content({ files: ['src/b.ts'] }), splits: taskId('T-1') },
  });
  expect(driver.task('T-3').assignee).toBeNull();
  driver.input({ type: 'task.endSplit', task: taskId('T-1'), by: agentId('architect') });
  expect(driver.task('T-1')).toMatchObject({ column: 'done', why: 'split into T-3, T-4' });
  for (const id of ['T-3', 'T-4']) {
    expect(driver.task('T-2').column).toBe('backlog');
    driver.claim(id);
    driver.build(id);
    driver.gate('passed');
    driver.land(id);
  }
  expect(driver.task('T-2').assignee).not.toBeNull();
});
