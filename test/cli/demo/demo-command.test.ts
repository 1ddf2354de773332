import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { runDemoCommand } from '../../../src/cli/demo/demo-command.ts';

const home = mkdtempSync(join(tmpdir(), 'belfry-demo-'));
afterAll(() => rmSync(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 }));

test('a demo that is there already is neither deleted nor taken for a fresh one', async () => {
  mkdirSync(join(home, 'tally', '.git'), { recursive: true });
  const io = { cwd: home, env: { HOME: home }, stdout: () => {}, stderr: () => {} };
  const started = runDemoCommand(['--fresh', '--folder', 'tally'], io as never);
  await expect(started).rejects.toThrow(
    /tally has a demo already.*without --fresh it goes on, in another --folder/,
  );
  expect(readdirSync(join(home, 'tally'))).toEqual(['.git']);
});
