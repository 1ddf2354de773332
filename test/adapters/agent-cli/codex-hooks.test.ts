import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { hasForeignHooks } from '../../../src/adapters/agent-cli/codex/own-hooks.ts';

let worktree: string;
beforeEach(() => {
  worktree = mkdtempSync(join(tmpdir(), 'belfry-'));
  mkdirSync(join(worktree, '.codex'));
});
afterEach(() => rmSync(worktree, { recursive: true }));

const config = () => join(worktree, '.codex', 'config.toml');
const isForeign = () => hasForeignHooks(join(worktree, 'no-home'), worktree);

test.each([
  ['[[hooks.PreToolUse]]\n', true],
  ['hooks.Stop = []\n', true],
  ['[["hooks".PreToolUse]]\n', true],
  ["  [ 'hooks' ]\n", true],
  ['"h\\u006foks".Stop = []\n', true],
  [`${'# nothing\n'.repeat(120_000)}[[hooks.Stop]]\n`, true],
  ['model = "o5"\n# hooks are not used here\n', false],
  ['', false],
])('hooks that an agent wrote are seen however they are spelt: %j', (text, expected) => {
  writeFileSync(config(), text);
  expect(isForeign()).toBe(expected);
});

test('settings that cannot be read at once may hold any, and nobody waits for them', () => {
  expect(isForeign()).toBe(false);
  execFileSync('mkfifo', [config()]);
  expect(isForeign()).toBe(true);
});
