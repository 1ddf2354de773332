import { expect, test } from 'vitest';
import type { AgentId } from '../../../src/core/ids.ts';
import { UnsavedWork } from '../../../src/supervisor/surroundings/unsaved-work.ts';

const agent = 'eng-1' as AgentId;
const folder = '/worktrees/eng-1';
const dump = { path: 'dump.bin', bytes: 9_000_000_000 };
const other = { path: 'other.bin', bytes: 70_000_000 };

function open() {
  const logged: string[] = [];
  let told = 0;
  let now = 5;
  const unsaved = new UnsavedWork({
    now: () => {
      now += 1;
      return now;
    },
    log: text => logged.push(text),
  });
  unsaved.onChange(() => {
    told += 1;
  });
  return { unsaved, logged, told: () => told };
}

test('files that are too large are told once, and no more when they can be saved', () => {
  const { unsaved, logged, told } = open();
  unsaved.take({ agent, folder, files: [dump] });
  unsaved.take({ agent, folder, files: [dump] });
  expect(unsaved.concerns).toEqual([
    { kind: 'unsaved', key: `unsaved ${folder}`, since: 6, agents: [agent], folder, files: [dump] },
  ]);
  expect([logged.length, told()]).toEqual([1, 1]);
  unsaved.take({ agent, folder, files: [] });
  expect([unsaved.concerns, told()]).toEqual([[], 2]);
  unsaved.take({ agent, folder, files: [] });
  expect(told()).toBe(2);
});

test('what the person knows is told again when other files are too large', () => {
  const { unsaved } = open();
  unsaved.take({ agent, folder, files: [dump] });
  unsaved.note(`unsaved ${folder}`);
  unsaved.take({ agent, folder, files: [{ ...dump, bytes: 10_000_000_000 }] });
  expect(unsaved.concerns).toEqual([]);
  unsaved.take({ agent, folder, files: [dump, other] });
  expect(unsaved.concerns).toHaveLength(1);
});
