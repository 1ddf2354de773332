import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  createStateFolder,
  stateBaseOf,
  stateFolderOf,
} from '../../../src/adapters/system/state-folder.ts';

let home = '';
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'belfry-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

test('the folder is named after the repository and its real path', () => {
  const repository = join(home, 'My App!');
  mkdirSync(repository);
  symlinkSync(repository, join(home, 'link'));
  const folder = stateFolderOf(repository, { XDG_STATE_HOME: join(home, 'state') });
  expect(folder.root).toMatch(/\/state\/belfry\/My-App--[0-9a-f]{10}$/);
  expect(folder.journal).toBe(join(folder.root, 'journal.jsonl'));
  expect(stateFolderOf(join(home, 'link'), { XDG_STATE_HOME: join(home, 'state') })).toEqual(
    folder,
  );
  expect(existsSync(folder.root)).toBe(false);
});

test('a relative or missing XDG_STATE_HOME means ~/.local/state', () => {
  for (const env of [{ HOME: home }, { HOME: home, XDG_STATE_HOME: 'state' }])
    expect(stateFolderOf('/', env).root).toMatch(
      new RegExp(`^${home}/\\.local/state/belfry/repository-[0-9a-f]{10}$`),
    );
});

test.each([
  ['unset', {}],
  ['empty', { XDG_STATE_HOME: '' }],
  ['relative', { XDG_STATE_HOME: 'state' }],
  ['relative and going up', { XDG_STATE_HOME: '../state' }],
])('what belongs to no repository never lands in the current folder: %s', (_, env) => {
  expect(stateBaseOf({ HOME: home, ...env })).toBe(join(home, '.local/state/belfry'));
  expect(stateBaseOf({ HOME: home, XDG_STATE_HOME: '/var/s' })).toBe('/var/s/belfry');
});

test('folders are for this user only, whatever the umask and their past', () => {
  const folder = stateFolderOf(home, { XDG_STATE_HOME: join(home, 'state') });
  mkdirSync(folder.bin, { recursive: true, mode: 0o755 });
  createStateFolder(folder);
  createStateFolder(folder);
  const paths = [folder.root, folder.lock, folder.worktrees, folder.agents, folder.bin];
  for (const path of [...paths, folder.indexes, folder.gateLogs, folder.trash])
    expect(statSync(path).mode & 0o777).toBe(0o700);
  expect(existsSync(folder.hub)).toBe(false);
});

test('a link in the place of a folder is refused', () => {
  const folder = stateFolderOf(home, { XDG_STATE_HOME: join(home, 'state') });
  mkdirSync(folder.root, { recursive: true });
  symlinkSync(home, folder.agents);
  expect(() => createStateFolder(folder)).toThrow(/agents must be a folder of its own/);
});
