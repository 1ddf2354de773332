import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runBatchCommand } from '../../../src/cli/plan/batch-command.ts';
import { runWhyCommand } from '../../../src/cli/plan/why-command.ts';
import { recordedIo } from '../agent-verbs/worktree.ts';

let root = '';
let tasks = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'belfry-batch-'));
  tasks = join(root, '.belfry', 'tasks');
  mkdirSync(join(root, '.git'));
  mkdirSync(tasks, { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const file = (id: string, more: string) =>
  writeFileSync(join(tasks, `${id}.md`), `---\nid: ${id}\ntitle: Part of ${id}\n${more}---\n`);

async function batch(...args: readonly string[]): Promise<string> {
  const io = recordedIo(root);
  expect(await runBatchCommand(args, io)).toBe(0);
  return io.out.join('');
}

test('makes one task of all that are small; the files of the originals stay, marked as done', async () => {
  file('T-1', 'estimate: 3\naccept: [one]\n');
  file('T-2', 'estimate: 30\n');
  file('T-3', 'estimate: 4\naccept: [two]\n');
  expect(await batch()).toBe('T-4 holds T-1, T-3\n');
  const names = readdirSync(tasks).sort();
  const made = 'T-4-clean-up-2-small-things-t-1-t-3.md';
  expect(names).toEqual(['T-1.md', 'T-2.md', 'T-3.md', made]);
  for (const id of ['T-1', 'T-3'])
    expect(readFileSync(join(tasks, `${id}.md`), 'utf8')).toMatch(/^---\nstatus: done\nid: T/);
  const text = readFileSync(join(tasks, made), 'utf8');
  expect(text).toMatch(/batches:\n +- T-1\n +- T-3\n/);
  expect(text).toContain('- [ ] T-1: Part of T-1');
  expect(text).toMatch(/accept:\n +- one\n +- two\n/);
  expect(await batch()).toContain('no two small tasks');
});

test('takes those that are named, but none that somebody has begun or waits for', async () => {
  file('T-1', '');
  file('T-2', '');
  file('T-3', 'status: doing\n');
  file('T-4', 'depends_on: [T-2]\n');
  await expect(batch('T-1', 'T-3')).rejects.toThrow('T-3 is in doing');
  await expect(batch('T-1', 'T-2')).rejects.toThrow('T-4 waits for T-2');
  await expect(batch('T-1', 'T-9')).rejects.toThrow('there is no T-9');
  expect(readdirSync(tasks)).toHaveLength(4);
  expect(await batch('1', '4')).toBe('T-5 holds T-1, T-4\n');
});

test('why says that nothing has happened before anything has', async () => {
  await expect(runWhyCommand(['T-1'], recordedIo(root, { HOME: root }))).rejects.toThrow();
  await expect(runWhyCommand([], recordedIo(root, { HOME: root }))).rejects.toThrow('one word');
});
