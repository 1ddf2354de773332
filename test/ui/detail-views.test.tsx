import { afterEach, expect, test } from 'vitest';
import type { Oid, TaskId } from '../../src/core/ids.ts';
import type { Attempt, Task } from '../../src/core/task.ts';
import { busyState, MemoryTeamStore, minutes, noon } from '../support/memory-team-store.ts';
import { morningStore } from '../support/morning.ts';
import { closeDrivers, driveUi, type UiDriver } from '../support/ui-driver.tsx';

afterEach(closeDrivers);

const selectedRow = async (ui: UiDriver): Promise<string> =>
  (await ui.frame()).split('\n').findLast(row => row.includes('┃▸')) ?? '';

test('J and K walk the changes, > and < the files', async () => {
  const ui = await driveUi({ store: morningStore(), columns: 100, rows: 40 });
  await ui.act('view.diff');
  await ui.until(frame => frame.includes('src/queue.ts +5'), 'the diff');
  await ui.press('J', 'J');
  expect(await selectedRow(ui)).toContain('export function drain');
  await ui.press('>');
  expect(await selectedRow(ui)).toContain('test/queue.test.ts new +3');
  await ui.press('>', '>');
  expect(await ui.frame()).toContain('there is no file on that side');
  await ui.press('<', '<', 'K');
  expect(await ui.frame()).toContain('there is no change on that side');
});

test('in a diff without rows a key that needs one does not lead to the diff', async () => {
  const store = new MemoryTeamStore(busyState());
  store.diff = '';
  const ui = await driveUi({ store });
  await ui.press('2', 'd');
  await ui.until(frame => frame.includes('Nothing differs from the trunk'), 'the empty diff');
  for (const key of ['c', 'J', '>']) {
    await ui.press(key);
    expect((await ui.frame()).split('\n').at(-1)).toContain(`${key}: this diff has no rows`);
  }
});

test('c sends the engineer a comment that names file, line and code', async () => {
  const ui = await driveUi({ store: morningStore(), columns: 100, rows: 40 });
  await ui.act('view.diff');
  await ui.until(frame => frame.includes('src/queue.ts +5'), 'the diff');
  await ui.press('c');
  expect(await ui.frame()).toContain('select a row of code');
  await ui.press('j', 'j', 'j', 'j', 'j', 'c', 'Why here?', 'ctrl+s');
  expect(ui.store.commands).toEqual([
    {
      type: 'message.send',
      from: 'person',
      to: 'eng-1',
      text: 'Review of T-4, src/queue.ts:11:\n>     this.lock.take(); // before the place is known\nWhy here?',
      isGoal: false,
    },
  ]);
});

test('c on what waits to land sends it back with the comment, and s sends it back in a word', async () => {
  const ui = await driveUi({ store: morningStore(), columns: 100, rows: 40 });
  await ui.press('2', 'd');
  await ui.until(frame => frame.includes('Diff of T-3'), 'the diff');
  await ui.press('G', 'K', 'j', 'j');
  expect(await ui.frame()).toMatch(/m land +c comment .*s send back/);
  await ui.press('c');
  expect(await ui.frame()).toMatch(/sends T-3 back to eng-1, about: The queue is quick\./);
  await ui.press('How quick?', 'ctrl+s');
  await ui.until(frame => frame.includes('T-3 goes back to eng-1 with the comment'), 'the answer');
  await ui.press('2', 's', 'Not now.', 'ctrl+s');
  expect(ui.store.commands).toEqual([
    {
      type: 'task.sendBack',
      task: 'T-3',
      text: 'docs/older.md:1:\n> The queue is quick.\nHow quick?',
    },
    { type: 'task.sendBack', task: 'T-3', text: 'Not now.' },
  ]);
});

test('comments that were left with Esc go back together with the one that is sent', async () => {
  const ui = await driveUi({ store: morningStore(), columns: 120, rows: 40 });
  await ui.press('2', 'd');
  await ui.until(frame => frame.includes('Diff of T-3'), 'the diff');
  await ui.press('j', 'j', 'j', 'c', 'Why?', 'esc');
  expect(await ui.row('Diff of T-3')).toContain('1 comment kept');
  // One that was emptied again is kept no more.
  await ui.press('j', 'c', 'x', 'esc', 'c', 'backspace', 'esc');
  expect(await ui.row('Diff of T-3')).toContain('1 comment kept');
  await ui.press('j', 'c');
  expect(await ui.frame()).toContain('sends T-3 back to eng-1 with 1 kept comment');
  await ui.press('And here?', 'ctrl+s');
  await ui.until(frame => frame.includes('T-3 goes back to eng-1 with 2 comments'), 'the answer');
  expect(ui.store.commands).toEqual([
    {
      type: 'task.sendBack',
      task: 'T-3',
      text: 'src/queue.ts:11 (removed):\n>     const at = this.items.length;\nWhy?\n\nsrc/queue.ts:11:\n>     this.lock.take(); // before the place is known\nAnd here?',
    },
  ]);
  expect(await ui.row('Diff of T-3')).not.toContain('kept');
});

test('v on the board shows one task’s facts, v again the team’s, and Enter jumps', async () => {
  const ui = await driveUi({ store: morningStore(), columns: 120, rows: 36 });
  await ui.press('2', 'j', 'j', 'v');
  const one = await ui.frame();
  expect(one).toContain('Timeline of T-6');
  expect(one).toContain('row 1 of 2');
  await ui.press('v');
  expect(await ui.frame()).toContain('Timeline of the team');
  await ui.press('/', 'caught', 'enter');
  expect(await ui.frame()).toContain('gate caught T-4/1');
  await ui.press('enter');
  expect(await ui.frame()).toContain('Task T-4');
});

test('the gate tells what it said of the task, and counts the tests of the run under way', async () => {
  const ui = await driveUi({ store: morningStore(), columns: 120, rows: 36 });
  await ui.press('t');
  const frame = await ui.frame();
  expect(frame).toMatch(/attempt 1 by eng-1, 20m: caught/);
  expect(frame).toContain('expected [1, 2] but got [2, 1]');
  expect(frame).toMatch(/running 1:04 +✓ 2 passed +× 0 failed/);
});

test('the task tells the record of each attempt, and what is not known says so', async () => {
  const ui = await driveUi({ store: morningStore(), columns: 120, rows: 60 });
  await ui.press('2', 'h', 'j', 'enter');
  const frame = await ui.until(text => text.includes('Attempt 1'), 'the attempts');
  const [present = '', past = ''] = frame.slice(frame.indexOf('Attempt 2')).split('Attempt 1');
  expect(present).toMatch(/Who +eng-1 with claude · session session of eng-1 · model not known/);
  expect(present).toMatch(/What +nothing is submitted yet/);
  expect(past).toMatch(/Who +eng-1 with claude · session eng-1-1 · model claude-sonnet-4-5/);
  expect(past).toMatch(/commit ddddddd · on trunk ccccccc · merge result eeeeeee, tree fffffff/);
  expect(past).toMatch(/Gate +npm test/);
  expect(past).toContain('09:09 run 2 on the merge result: × red after 42 s');
});

test('each attempt tells the newest of its receipts, and how many there are', async () => {
  const store = morningStore();
  const about = { task: 'T-4' as TaskId, attempt: 1 };
  store.receipts = [
    { ...about, kind: 'gate', fact: 7, hash: 'a'.repeat(64) },
    { ...about, kind: 'attempt', fact: 9, hash: `0123456789abcdef${'b'.repeat(48)}` },
    { ...about, kind: 'gate', fact: 3, hash: 'c'.repeat(64), task: 'T-3' as TaskId },
  ];
  const ui = await driveUi({ store, columns: 120, rows: 60 });
  await ui.press('2', 'h', 'j', 'enter');
  const frame = await ui.until(text => text.includes('Attempt 1'), 'the attempts');
  const [present = '', past = ''] = frame.slice(frame.indexOf('Attempt 2')).split('Attempt 1');
  expect(present).not.toContain('Receipt');
  expect(past).toMatch(/Receipt +0123456789ab of its end · 2 in all/);
});

test('an attempt of which the journal tells nothing is not made up', async () => {
  const state = busyState();
  const id = 'T-4' as TaskId;
  const task = state.tasks[id];
  if (task === undefined) throw new Error('no T-4');
  const attempts = task.attempts.map(({ record: _record, ...rest }) => rest);
  const old = { ...state, tasks: { ...state.tasks, [id]: { ...task, attempts } } };
  const ui = await driveUi({ store: new MemoryTeamStore(old), columns: 120, rows: 60 });
  await ui.press('2', 'h', 'j', 'enter');
  const frame = await ui.until(text => text.includes('Attempt 1'), 'the attempts');
  expect(frame.slice(frame.indexOf('Attempt 1'))).toMatch(/Record +not known/);
});

test('the end of a long gate output still says which run it is, for how long, and how many tests', async () => {
  const store = morningStore();
  const tail = Array.from({ length: 150 }, (_, index) => `ok ${index} - a test`);
  const run = store.gateRun();
  if (run === null) throw new Error('no gate run');
  store.runGate({ ...run, tail, counts: { passed: 150, failed: 0, skipped: 0 } });
  const ui = await driveUi({ store, columns: 100, rows: 30 });
  await ui.press('t');
  expect(await ui.row('┗━━━━━')).toContain('T-7-1-1  running 1:04  ✓ 150 passed  × 0 failed');
  expect(await ui.frame()).not.toContain('$ npm test');
});

test('a gate run that is over is told with its own task alone', async () => {
  const store = morningStore();
  const run = store.gateRun();
  if (run === null) throw new Error('no gate run');
  store.runGate({ ...run, endedAt: run.startedAt + 1_000, tail: ['ok 1 - theirs'] });
  const ui = await driveUi({ store, columns: 120, rows: 36 });
  await ui.press('t');
  expect(await ui.row('3 Gate')).toContain('Gate T-4');
  expect(await ui.frame()).not.toMatch(/T-7-1-1|theirs/);
  store.runGate({ ...run, id: 'T-4-2-1', endedAt: run.startedAt + 1_000, tail: ['ok 1 - mine'] });
  expect(await ui.until(text => text.includes('ok 1 - mine'), 'its run')).toContain('T-4-2-1');
});

test('a task that was looked at stays selected when another one comes to the top', async () => {
  const store = morningStore();
  const ui = await driveUi({ store, columns: 160, rows: 50 });
  const state = store.getState();
  const moved = (column: 'gate' | 'doing') =>
    Object.fromEntries(
      Object.entries(state.tasks).map(([id, task]) => [
        id,
        id === 'T-3' ? { ...task, column } : task,
      ]),
    );
  await ui.press('2');
  expect(await ui.frame()).toContain('▸T-3');
  store.publish({ ...state, tasks: moved('doing') });
  await ui.press('d');
  expect(await ui.frame()).toContain('Diff of T-3');
});

test('a long failure leaves the records of all attempts in sight, and is whole at the gate', async () => {
  const state = busyState();
  const id = 'T-4' as TaskId;
  const excerpt = Array.from({ length: 90 }, (_, index) => `row ${index} of it`).join('\n');
  const long = (attempt: Attempt): Attempt =>
    attempt.end?.kind === 'failed' ? { ...attempt, end: { ...attempt.end, excerpt } } : attempt;
  const task = state.tasks[id] as Task;
  const tasks = { ...state.tasks, [id]: { ...task, attempts: task.attempts.map(long) } };
  const ui = await driveUi({
    ...{ store: new MemoryTeamStore({ ...state, tasks }), columns: 120, rows: 60 },
  });
  await ui.press('2', 'h', 'j', 'enter', 'z');
  const frame = await ui.until(text => text.includes('Attempt 1'), 'the attempts');
  expect(frame).toContain('… 78 more rows of it: the gate view has them all');
  expect(frame).toContain('run 2 on the merge result');
  await ui.press('t');
  expect(await ui.frame()).toContain('row 89 of it');
});

test('what happened on another day has its day in the timeline', async () => {
  const store = new MemoryTeamStore();
  const head = 'a'.repeat(40) as Oid;
  const started = (at: number) => ({ at, type: 'run.started', trunk: 'main', head }) as const;
  store.publish(store.getState(), [started(noon - minutes(20 * 60)), started(noon - minutes(5))]);
  const ui = await driveUi({ store, columns: 120, rows: 40 });
  await ui.act('view.events');
  const rows = (await ui.frame()).split('\n').filter(row => row.includes('┃'));
  expect(rows.some(row => / 06-02 13:30 /.test(row))).toBe(true);
  expect(rows.some(row => /┃▸? ?09:25 /.test(row))).toBe(true);
});
