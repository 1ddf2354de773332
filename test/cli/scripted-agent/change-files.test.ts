import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  changeFile,
  type FileStep,
  StepProblem,
} from '../../../src/cli/scripted-agent/change-files.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'belfry-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const put = (text: string) => writeFileSync(join(folder, 'a.txt'), text);
const get = () => readFileSync(join(folder, 'a.txt'), 'utf8');
const edit = (find: string, replace: string): FileStep => ({
  name: 'edit',
  value: { file: 'a.txt', find, replace },
});

test.each<[string, string, FileStep, string]>([
  ['edit takes the first place', 'b b', edit('b', '$&c'), '$&c b'],
  ['edit that adds to an anchor', 'one\ntwo\n', edit('one\n', 'one\nnew\n'), 'one\nnew\ntwo\n'],
  ['append', 'one\n', { name: 'append', value: { file: 'a.txt', text: 'two\n' } }, 'one\ntwo\n'],
  ['write', 'one\n', { name: 'write', value: { file: 'a.txt', text: 'two\n' } }, 'two\n'],
  [
    'resolve keeps both sides',
    'a\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> main\nd\n',
    { name: 'resolve', value: { file: 'a.txt' } },
    'a\nb\nc\nd\n',
  ],
  [
    'resolve drops the base that some styles show',
    '<<<<<<< HEAD\nb\n||||||| 12ab\nx\ny\n=======\nc\n>>>>>>> main\n',
    { name: 'resolve', value: { file: 'a.txt' } },
    'b\nc\n',
  ],
])('%s, and twice is as once', (_name, before, step, after) => {
  put(before);
  changeFile(folder, step);
  expect(get()).toBe(after);
  if (step.name === 'edit' && before === 'b b') return;
  changeFile(folder, step);
  expect(get()).toBe(after);
});

test('write makes folders, delete takes files and folders and does not mind what is gone', () => {
  changeFile(folder, { name: 'write', value: { file: 'deep/er/b.txt', text: 'x' } });
  expect(existsSync(join(folder, 'deep/er/b.txt'))).toBe(true);
  for (let times = 0; times < 2; times += 1) changeFile(folder, { name: 'delete', value: 'deep' });
  expect(existsSync(join(folder, 'deep'))).toBe(false);
});

test('an edit whose text is not there is a problem and changes nothing', () => {
  put('one');
  expect(() => changeFile(folder, edit('two', 'three'))).toThrow(StepProblem);
  expect(() => changeFile(folder, edit('two', ''))).toThrow(/the text to replace is not there/);
  expect(get()).toBe('one');
  const elsewhere = { file: 'b.txt', find: 'a', replace: 'b' };
  expect(() => changeFile(folder, { name: 'edit', value: elsewhere })).toThrow(/no such file/);
});
