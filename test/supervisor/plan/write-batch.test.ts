import { expect, test } from 'vitest';
import type { TaskId } from '../../../src/core/ids.ts';
import type { Observation } from '../../../src/core/input.ts';
import { trifleWaitMs } from '../../../src/core/limits.ts';
import type { Performing } from '../../../src/supervisor/perform/performing.ts';
import { writeBatch } from '../../../src/supervisor/plan/write-batch.ts';
import { contentOf } from '../../core/plan/plan-builder.ts';
import { MemoryBoardFiles } from '../../support/memory-board-files.ts';
import { TeamDriver } from '../../support/team-driver.ts';

/** A board with two trifles that are to become one. */
async function open() {
  const team = new TeamDriver(1);
  const boardFiles = new MemoryBoardFiles();
  const trifle = (title: string) => contentOf(title, { estimateMinutes: 3, body: 'As it is.' });
  const tasks: TaskId[] = [];
  for (const title of ['Mend the typo', 'Name the flag'])
    tasks.push(await boardFiles.create(trifle(title), 'person'));
  team.input({ type: 'board.read', ...(await boardFiles.read()) });
  team.pass(trifleWaitMs);
  const observe = (observation: Observation) => team.input(observation);
  const given = { world: { boardFiles }, state: () => team.state, observe };
  const write = () => writeBatch(tasks, given as unknown as Performing);
  return { team, boardFiles, tasks, write };
}

test('the new file is there with each original as an item, and theirs are untouched', async () => {
  const { team, boardFiles, tasks, write } = await open();
  const before = (await boardFiles.read()).tasks;
  await write();
  const after = (await boardFiles.read()).tasks;
  expect(after.slice(0, 2)).toEqual(before);
  expect(after[2]?.content).toMatchObject({ batches: tasks, estimateMinutes: 6 });
  for (const command of before.flatMap(({ content }) => content.accept))
    expect(after[2]?.content.accept).toContain(command);
  expect(tasks.map(id => team.task(id).splitInto)).toEqual([['T-3'], ['T-3']]);
});

test('asked again after a crash it writes nothing twice', async () => {
  const { boardFiles, write } = await open();
  await write();
  await write();
  expect((await boardFiles.read()).tasks).toHaveLength(3);
});
