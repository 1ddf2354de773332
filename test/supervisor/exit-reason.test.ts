import { expect, test } from 'vitest';
import { exitReason, withRemedy } from '../../src/supervisor/exit-reason.ts';
import { createMemoryTerminals } from '../support/memory-terminals.ts';

/** What a program says at its end, and what the person reads about it. */
test.each([
  ["error: unknown option '--settings'", /does not know a flag that Belfry uses: “belfry doctor”/],
  ["error: unexpected argument '--no-daemon' found", /does not know a flag/],
  ['ERROR: No saved session found with ID 01a2', /its session is gone: a fresh one will take/],
  ['No conversation found with session ID: 4f1c', /its session is gone: a fresh one will take/],
  ['Error: ENOSPC: no space left on device, write', /its disk is full: make room/],
  ["EACCES: permission denied, mkdir '/srv/me/.codex'", /may not write there/],
  [
    'ERROR: failed to initialize: timed out waiting for state db backfill at /srv/me/.codex after 30s',
    /had begun to set up its store: started again/,
  ],
  ['Not logged in', /run it once in a terminal of your own and log in/],
  ['Something else went wrong.', /wrong\.$/],
])('%s', async (words, expected) => {
  const terminal = createMemoryTerminals(side => {
    side.print(`Starting\r\n${words}\r\n`);
    side.exit(1);
  }).open({ id: 'eng-1', file: 'x', args: [], cwd: '/', env: {}, cols: 80, rows: 24 });
  expect(exitReason(terminal)).toMatch(expected);
  expect(exitReason(terminal)).toContain(`exited with code 1: Starting ${words}`);
});

test('a launch that finds its disk full says so', () => {
  expect(withRemedy('ENOSPC: no space left on device, write')).toMatch(/make room$/);
});
