import { expect, test } from 'vitest';
import type { BoardTask, Observation } from '../../../src/core/input.ts';
import { recordBytesMax, recordedBrokenFilesMax } from '../../../src/core/limits.ts';
import { defaultPolicy } from '../../../src/core/policy.ts';
import { step } from '../../../src/core/step.ts';
import { jsonBytes } from '../../../src/lib/first-that-fit.ts';
import {
  agent,
  agentId,
  check,
  content,
  heldBy,
  oid,
  state,
  task,
  taskId,
} from '../../support/core-builders.ts';

const file = (id: string, more: Partial<BoardTask> = {}): BoardTask => ({
  ...{ task: taskId(id), content: content(), by: 'person', wish: null },
  ...more,
});
const read = (...tasks: BoardTask[]): Observation => ({ type: 'board.read', tasks, broken: [] });
const text =
  'content={"title":"Count the boats","priority":"medium","tags":[],"dependsOn":[],"files":[],"accept":[],"estimateMinutes":null,"body":""}';
const byArchitect = { by: agentId('architect') };
const broken = [{ file: 't-2.md', line: 3, reason: 'no title' }];

check('a new file is a new task', state(), read(file('T-1')), [
  `task.added T-1 by=person ${text} column=ready planned=true`,
]);
check(
  'a plan of the architect waits for the person by default',
  state(),
  read(file('T-1', byArchitect)),
  [`task.added T-1 by=architect ${text} column=backlog`],
);
check(
  'or is ready at once',
  state(),
  read(file('T-1', byArchitect)),
  [`task.added T-1 by=architect ${text} column=ready planned=true`],
  { plan: 'auto' },
);
check('a new file may say backlog', state(), read(file('T-1', { wish: 'backlog' })), [
  `task.added T-1 by=person ${text} column=backlog`,
]);
check('or that it is done already', state(), read(file('T-1', { wish: 'done' })), [
  `task.added T-1 by=person ${text} column=done planned=true`,
]);
check(
  'one that waits for another begins in the backlog',
  state({ tasks: [task('T-1', { paused: true })] }),
  read(file('T-1'), file('T-2', { content: content({ dependsOn: [taskId('T-1')] }) })),
  [
    `task.added T-2 by=person ${text.replace('"dependsOn":[]', '"dependsOn":["T-1"]')} column=backlog planned=true`,
  ],
);
check(
  'an edit is taken at once',
  state({ tasks: [task('T-1', { title: 'Old' })] }),
  read(file('T-1')),
  [`task.edited T-1 ${text}`],
);
check('nothing new is nothing', state({ tasks: [task('T-1')] }), read(file('T-1')), []);
check(
  'a status written by hand is obeyed',
  state({ tasks: [task('T-1')] }),
  read(file('T-1', { wish: 'backlog' })),
  ['task.shelved T-1 why="put back by hand"'],
);
check('or answered', state({ tasks: [task('T-1')] }), read(file('T-1', { wish: 'done' })), [
  'task.refused T-1 why="not moved to done: only landing makes a task done; x on the page drops it"',
]);
check(
  'also when an engineer works on it',
  state({
    agents: [agent('eng-1', { deadline: 2_000_000 })],
    tasks: [task('T-1', heldBy('eng-1'))],
  }),
  read(file('T-1', { wish: 'ready' })),
  [
    'task.refused T-1 why="not moved to ready: an engineer works on it; reassign it, or put it into backlog"',
  ],
);
check(
  'put back while an engineer works on it',
  state({ agents: [agent('eng-1')], tasks: [task('T-1', heldBy('eng-1'))] }),
  read(file('T-1', { wish: 'backlog' })),
  ['task.shelved T-1 why="put back by hand"'],
);
check('a deleted file drops its task', state({ tasks: [task('T-1')] }), read(), [
  'task.dropped T-1 by=person why="its file was deleted"',
]);
const gone = { column: 'done', dropped: 'its file was deleted' } as const;
check(
  'which comes back with it, as after a look at another branch',
  state({ tasks: [task('T-1', { ...gone, planned: true })] }),
  read(file('T-1')),
  ['task.returned T-1 column=ready planned=true'],
);
check(
  'with what the file says by then, where it was before',
  state({ tasks: [task('T-1', { ...gone, planned: false })] }),
  read(file('T-1', { content: content({ title: 'Count ships' }) })),
  [
    'task.returned T-1 column=backlog',
    `task.edited T-1 ${text.replace('Count the boats', 'Count ships')}`,
  ],
);
check(
  'one that was escalated waits for a word of the person',
  state({ tasks: [task('T-1', { ...gone, planned: true, escalations: 1 })] }),
  read(file('T-1')),
  ['task.returned T-1 column=backlog'],
);
check(
  'or gets it in the file',
  state({ tasks: [task('T-1', { ...gone, planned: true, escalations: 1 })] }),
  read(file('T-1', { wish: 'ready' })),
  ['task.returned T-1 column=ready planned=true'],
);
check(
  'what was dropped on purpose stays dropped, file or not',
  state({ tasks: [task('T-1', { column: 'done', dropped: 'not wanted' })] }),
  read(file('T-1')),
  [],
);
test('a task that went and came back is counted as dropped no more', () => {
  const before = state({ tasks: [task('T-1')] });
  const gone = step(before, { ...read(), at: 1 }, defaultPolicy).state;
  expect(gone.counters.dropped).toBe(1);
  const back = step(gone, { ...read(file('T-1')), at: 2 }, defaultPolicy).state;
  expect(back.counters).toEqual(before.counters);
  expect(back.tasks[taskId('T-1')]).toMatchObject({ column: 'ready', dropped: null });
});
const child = file('T-2', { content: content({ dependsOn: [taskId('T-1')] }) });
const waits = { column: 'backlog', dependsOn: [taskId('T-1')] } as const;
/** T-1 is paused, so that T-2 waits for it, and what each reading of the folder in turn leads to. */
function readings(...seen: readonly (readonly BoardTask[])[]) {
  const given = state({ tasks: [task('T-1', { paused: true }), task('T-2', waits)] });
  return seen.reduce(
    (before, files, at) => step(before, { ...read(...files), at }, defaultPolicy).state,
    given,
  );
}
test('a task that lost what it waits for goes on by itself when that is there again', () => {
  const lost = readings([child]).tasks[taskId('T-2')];
  expect(lost?.escalation).toMatchObject({ to: 'person', dead: 'T-1' });
  const found = readings([child], [file('T-1'), child]).tasks[taskId('T-2')];
  expect(found).toMatchObject({ column: 'backlog', planned: true, escalation: null });
  expect(found?.escalations).toBe(0);
});
test('also when its own file went after it, one by one', () => {
  const back = readings([child], [], [child], [file('T-1'), child]).tasks[taskId('T-2')];
  expect(back).toMatchObject({ column: 'backlog', planned: true, escalation: null });
});
test('and when its file does not name the lost one any more', () => {
  const freed = readings([child], [file('T-2')]).tasks[taskId('T-2')];
  expect(freed).toMatchObject({ column: 'ready', escalation: null });
});
test('who is asked about something else is still asked', () => {
  const asked = { to: 'person', why: 'the manager asks: both?', since: 0, deadline: null } as const;
  const waiting = task('T-2', { ...waits, column: 'ready', escalation: asked });
  const given = state({ tasks: [task('T-1', { ...gone, planned: true }), waiting] });
  const back = step(given, { ...read(file('T-1'), child), at: 1 }, defaultPolicy).state;
  expect(back.tasks[taskId('T-2')]?.escalation).toEqual(asked);
});
check(
  'not one that is worked on',
  state({
    agents: [agent('eng-1', { deadline: 2_000_000 })],
    tasks: [task('T-1', heldBy('eng-1'))],
  }),
  read(),
  [],
);
check(
  'nor one that has landed',
  state({ tasks: [task('T-1', { column: 'done', landedAs: oid('m1') })] }),
  read(),
  [],
);
check(
  'a broken file is shown and drops nothing',
  state({ tasks: [task('T-1')] }),
  { type: 'board.read', tasks: [], broken },
  ['files.broken files=[{"file":"t-2.md","line":3,"reason":"no title"}]'],
);
check(
  'and said once',
  state({ tasks: [task('T-1')], brokenFiles: broken }),
  { type: 'board.read', tasks: [], broken },
  [],
);

test('of thousands of foreign files the first are told and the others counted, once', () => {
  const many = Array.from({ length: 5_000 }, (_, n) => ({
    ...{ file: `note ${n}.md`, line: 1, reason: `“id” is missing ${'x'.repeat(2_000)}` },
  }));
  const seen = { type: 'board.read', tasks: [], broken: many, at: 1 } as const;
  const { state: next, events } = step(state(), seen, defaultPolicy);
  expect(events).toHaveLength(1);
  expect(jsonBytes(events[0])).toBeLessThan(recordBytesMax);
  expect(next.brokenFiles).toHaveLength(recordedBrokenFilesMax + 1);
  expect(next.brokenFiles.at(-1)?.reason).toContain(`${5_000 - recordedBrokenFilesMax} more`);
  expect(step(next, seen, defaultPolicy).events).toEqual([]);
});
