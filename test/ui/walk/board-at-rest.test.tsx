import { afterEach, expect, test } from 'vitest';
import { MemoryTeamStore, stateOf, taskOf } from '../../support/memory-team-store.ts';
import { closeDrivers, driveUi } from '../../support/ui-driver.tsx';

afterEach(closeDrivers);

const doing = ['T-1', 'T-2', 'T-3'].map(id => taskOf(id, `Work on ${id}`, { column: 'doing' }));
const done = Array.from({ length: 9 }, (_, at) =>
  taskOf(`T-${at + 4}`, `Over ${at + 4}`, { column: 'done' }),
);
const rowsOfBoard = (frame: string): string[] =>
  frame.split('\n').flatMap(row => row.match(/.T-\d+ +(?:doing|done)/)?.[0] ?? []);

test('a chosen task that landed does not hide the work under way once the board is left', async () => {
  const store = new MemoryTeamStore(stateOf([], [...doing, ...done]));
  const ui = await driveUi({ columns: 80, rows: 24, store });
  await ui.press('2', 'G');
  expect(rowsOfBoard(await ui.frame()).at(-1)).toBe('▸T-4  done');
  await ui.press('1');
  expect(rowsOfBoard(await ui.frame())).toEqual([
    ' T-1  doing',
    ' T-2  doing',
    ' T-3  doing',
    '▸T-4  done',
  ]);
  expect(await ui.frame()).toContain('↓ 8 more');
  await ui.press('2');
  expect(rowsOfBoard(await ui.frame()).at(-1)).toBe('▸T-4  done');
});
