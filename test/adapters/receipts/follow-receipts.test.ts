import { appendFileSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { followReceipts } from '../../../src/adapters/receipts/follow-receipts.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'belfry-follow-receipts-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a file that cannot be looked at ends nothing, and is followed once it can', async () => {
  const path = join(folder, 'receipts.jsonl');
  symlinkSync(path, path);
  let times = 0;
  const stop = followReceipts(path)(() => {
    times += 1;
  });
  // An error in here would be nobody's, and fail the run of the tests.
  await new Promise(setImmediate);
  expect(times).toBe(0);
  rmSync(path);
  appendFileSync(path, 'no receipt\n');
  await vi.waitFor(() => expect(times).toBeGreaterThan(0), 10_000);
  stop();
});
