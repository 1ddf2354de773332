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
  [
    'Error resuming session: No previous sessions found for this project.',
    /its session is gone: a fresh one will take/,
  ],
  [
    'Error: failed to create daemon state directory: Read-only file system (os error 30)',
    /may not write there.*whether its disk is read-only/,
  ],
  ["EACCES: permission denied, mkdir '/srv/me/.codex'", /may not write there/],
  [
    'ERROR: failed to initialize: timed out waiting for state db backfill at /srv/me/.codex after 30s',
    /had begun to set up its store: started again/,
  ],
  ['Not logged in', /run it once in a terminal of your own and log in/],
  ['Something else went wrong.', /: Starting Something else went wrong\.$/],
  [
    'Error: invalid type: integer `5`, expected a string',
    /^exited with code 1: Error: invalid.* — a settings file of its own has a mistake/,
  ],
])('%s', async (words, expected) => {
  const terminal = createMemoryTerminals(side => {
    side.print(`Starting\r\n${words}\r\n`);
    side.exit(1);
  }).open({ id: 'eng-1', file: 'x', args: [], cwd: '/', env: {}, cols: 80, rows: 24 });
  expect(exitReason(terminal)).toMatch(expected);
  expect(exitReason(terminal)).toMatch(/^exited with code 1: (Starting )?/);
  expect(exitReason(terminal)).toContain(words);
});

const ended = (rows: readonly string[]) =>
  createMemoryTerminals(side => {
    side.print(rows.join('\r\n'));
    side.exit(1);
  }).open({ id: 'eng-1', file: 'x', args: [], cwd: '/', env: {}, cols: 100, rows: 30 });

test.each([
  [
    'Codex',
    [
      ...['Error: loading config.toml:', '/srv/me/.codex/config.toml:1:9: missing opening quote'],
      ...['  |', '1 | model = oops"', '  |         ^'],
    ],
    /code 1: Error: loading config\.toml: \/srv\/me\/\.codex\/config\.toml:1:9: missing opening quote — a settings file/,
  ],
  [
    'opencode',
    [
      'Config file at /srv/me/.config/opencode/opencode.json is not valid JSON(C):',
      ...['--- JSONC Input ---', '{"model": oops', '', '--- Errors ---'],
      ...[
        'InvalidSymbol at line 1, column 11',
        '   Line 1: {"model": oops',
        '                    ^',
      ],
      ...['ValueExpected at line 2, column 1', '--- End ---'],
    ],
    /code 1: Config file at \/srv\/me\/.*InvalidSymbol at line 1.* — a settings file/,
  ],
  [
    'opencode on a disk that is read-only',
    [
      ...["EROFS: read-only file system, mkdir '/srv/me/.local'", '    path: "/srv/me/.local",'],
      ...[' syscall: "mkdir",', '   errno: -30,', '    code: "EROFS"', 'Bun v1.3.14'],
    ],
    /code 1: EROFS: read-only file system, mkdir '\/srv\/me\/\.local'.* — it may not write there/,
  ],
  [
    'Gemini CLI over its settings',
    [
      `Error in /srv/me/.gemini/settings.json: Unexpected token 'o', "{"theme": oops`,
      ...['" is not valid JSON', 'Please fix the configuration file(s) and try again.'],
    ],
    /code 1: Error in \/srv\/me\/.* is not valid JSON Please fix .* — a settings file/,
  ],
  [
    'Gemini CLI over its folder',
    [
      "An unexpected critical error occurred:Error: EROFS: read-only file system, open '/srv/me/x.tmp'",
      ...['    at async open (node:internal/fs)', '    at async one (/srv/a.js:1:2)'],
      ...['    at async two (/srv/b.js:1:2)', '    at async main (/srv/c.js:1:2)'],
    ],
    /code 1: An unexpected critical error occurred:Error: EROFS: .* — it may not write there/,
  ],
  [
    'a program of Node',
    [
      ...[
        '    throw error;',
        '    ^',
        '',
        'TypeError: it is not iterable',
        '    at one (/srv/a.js:1:2)',
      ],
      ...['    at two (/srv/b.js:1:2)', '    at three (/srv/c.js:1:2)', '', 'Node.js v24.1.0'],
    ],
    /code 1: TypeError: it is not iterable Node\.js v24\.1\.0$/,
  ],
])('what is wrong is told where more rows stand below it: %s', async (_who, rows, expected) => {
  const terminal = ended(rows);
  await Promise.resolve();
  expect(exitReason(terminal)).toMatch(expected);
});

test('a launch that finds its disk full says so', () => {
  expect(withRemedy('ENOSPC: no space left on device, write')).toMatch(/make room$/);
});
