// CI installs the real agent CLIs where it can, and runs the tests either way.
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'belfry-ci-'));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Runs CI with an npm that installs nothing and writes down what it was asked for. */
function runCi() {
  const [bin, log] = [join(folder, 'bin'), join(folder, 'npm.log')];
  mkdirSync(bin);
  const npm = `#!/bin/sh\necho "$@" >> '${log}'\n[ "$1" != install ]\n`;
  writeFileSync(join(bin, 'npm'), npm);
  chmodSync(join(bin, 'npm'), 0o755);
  // The packages of this repository have no npm, so that it cannot come before this one.
  const { status, stdout } = spawnSync('.ci/run', {
    encoding: 'utf8',
    env: {
      PATH: [bin, process.env['PATH']].join(delimiter),
      HOME: folder,
      XDG_CACHE_HOME: join(folder, 'cache'),
    },
  });
  return { status, stdout, asked: readFileSync(log, 'utf8').trim().split('\n') };
}

test('what cannot be installed is told, and does not keep the tests from running', () => {
  const { status, stdout, asked } = runCi();
  expect(stdout).toMatch(/cannot be had: claude .*: npm ended with 1/);
  expect(stdout).toMatch(/cannot be had: codex /);
  expect(asked.filter(line => line.startsWith('install '))).not.toEqual([]);
  expect(asked.at(-1)).toBe('test');
  expect(status).toBe(0);
});
