import { expect, test } from 'vitest';
import type { ProcessRow } from '../../../src/adapters/system/process-table.ts';
import { ProcessTree, signalTargets } from '../../../src/adapters/system/process-tree.ts';

// init 1, a kernel thread 2, a login shell 10, Belfry 20, its PTY child 30 with a job 31 in a group of its
// own, a gate child 40 in Belfry's group, and a stranger 90 with a child 91.
const self = 20;
const rows: readonly ProcessRow[] = [
  row(1, 0, 0, 0),
  row(2, 0, 0, 0),
  row(3, 2, 0, 0),
  row(10, 1, 10, 10),
  row(self, 10, self, 10),
  row(30, self, 30, 30),
  row(31, 30, 31, 30),
  row(40, self, self, 10),
  row(90, 1, 90, 0),
  row(91, 90, 90, 0),
];

function row(pid: number, parent: number, group: number, session: number): ProcessRow {
  return { pid, parent, group, session, startTime: `boot:${pid}` };
}

const tableOf = (list: readonly ProcessRow[]) => new Map(list.map(one => [one.pid, one]));
const table = tableOf(rows);
const without = (...pids: number[]) => tableOf(rows.filter(one => !pids.includes(one.pid)));
const living = (root: number, tagged: readonly number[] = []) =>
  new ProcessTree(root, self).living(table, tagged);

test('a descendant of ours is taken with its tree', () => {
  expect(living(30)).toEqual([30, 31]);
});

test.each([0, 1, 2, 3, 10, self, 90, 91, -1, 77, Number.NaN])(
  'root %d is not ours and nothing is taken',
  root => {
    expect(living(root)).toEqual([]);
  },
);

test('init, the kernel, ourselves and our ancestors are spared even when tagged', () => {
  expect(living(0, [0, 1, 2, 10, self])).toEqual([]);
  // Nor may the session of an ancestor be taken for the tree's.
  expect(living(10, [10])).toEqual([]);
});

test('a tagged stranger is taken with its children, our own children are not', () => {
  expect(living(0, [90])).toEqual([90, 91]);
});

test('what was orphaned is remembered, unless its pid went to another', () => {
  const tree = new ProcessTree(40, self);
  const before = tableOf([...rows, row(41, 40, 41, 41)]);
  expect(tree.living(before, [])).toEqual([40, 41]);
  const orphaned = tableOf([...rows.filter(one => one.pid !== 40), row(41, 1, 41, 41)]);
  expect(tree.living(orphaned, [])).toEqual([41]);
  const reused = new Map(orphaned).set(41, { ...row(41, 1, 41, 41), startTime: 'boot:999' });
  expect(tree.living(reused, [])).toEqual([]);
});

test('a job that was born into our session after its parent ended is found', () => {
  const tree = new ProcessTree(30, self);
  expect(tree.living(table, [])).toEqual([30, 31]);
  const later = new Map(without(30, 31)).set(32, row(32, 1, 32, 30));
  expect(tree.living(later, [])).toEqual([32]);
});

test('a session is not taken on the word of a pid that was never seen', () => {
  const leaderless = new Map(without(30)).set(31, row(31, 1, 31, 30));
  expect(new ProcessTree(30, self).living(leaderless, [])).toEqual([]);
});

test('in a container, group and session may be 0: only pids count then', () => {
  const inside = tableOf([
    row(1, 0, 0, 0),
    row(self, 1, 0, 0),
    row(50, self, 0, 0),
    row(60, 1, 0, 0),
  ]);
  expect(new ProcessTree(50, self).living(inside, [])).toEqual([50]);
  expect(signalTargets([50], inside)).toEqual([50]);
});

test('a group is signalled as one only when all of it is meant', () => {
  expect(signalTargets([30, 31], table)).toEqual([-30, -31]);
  expect(signalTargets([40], table)).toEqual([40]);
  expect(signalTargets([90], table)).toEqual([90]);
  expect(signalTargets([90, 91], table)).toEqual([-90]);
  expect(signalTargets([3], table)).toEqual([3]);
});
