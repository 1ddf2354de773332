import { randomUUID } from 'node:crypto';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { dropDrafts } from '../../../src/adapters/board/drop-drafts.ts';

const hourMs = 3_600_000;
const now = 1_800_000_000_000;
let root = '';
let tasks = '';
let trash = '';

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'belfry-drafts-'));
  [tasks, trash] = [join(root, 'tasks'), join(root, 'trash')];
  for (const folder of [tasks, trash]) mkdirSync(folder);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(name: string, text: string, agoMs = 2 * hourMs): void {
  writeFileSync(join(tasks, name), text);
  utimesSync(join(tasks, name), (now - agoMs) / 1_000, (now - agoMs) / 1_000);
}

test('what a crash left behind is taken out, and its text is kept', async () => {
  write('.T-4.new', '');
  write('.T-5.new', 'half a task');
  write('.T-6-parser.md.draft', 'the other half');
  write(`.board.json.${randomUUID()}.tmp`, '');
  await dropDrafts(tasks, trash, now);
  expect(readdirSync(tasks)).toEqual([]);
  expect(readdirSync(trash).sort()).toEqual([`T-5.new-${now}`, `T-6-parser.md.draft-${now}`]);
  expect(readFileSync(join(trash, `T-5.new-${now}`), 'utf8')).toBe('half a task');
});

test('what somebody may be writing, and what is nobody’s draft, stays', async () => {
  write('.T-4.new', '', hourMs / 2);
  write('T-5.md', 'a task');
  write('.notes.new', 'theirs');
  write('.notes.tmp', 'theirs');
  write('T-6.md.draft', 'theirs');
  symlinkSync(join(root, 'nowhere'), join(tasks, '.T-7.new'));
  const before = readdirSync(tasks).sort();
  await dropDrafts(tasks, trash, now);
  await dropDrafts(join(root, 'nowhere'), trash, now);
  expect(readdirSync(tasks).sort()).toEqual(before);
  expect(readdirSync(trash)).toEqual([]);
});
