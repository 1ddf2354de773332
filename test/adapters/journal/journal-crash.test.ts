import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readJournal } from '../../../src/adapters/journal/read-journal.ts';
import { padStdio } from '../../../src/adapters/system/pad-stdio.ts';

const appender = new URL('./appender.ts', import.meta.url).pathname;
const kills = 20;

/** Lets a child append until it said `lines` facts are durable, kills it, and answers the last one it said. */
async function appendAndKill(path: string, lines: number): Promise<number> {
  const child = spawn(process.execPath, [appender, path], {
    stdio: padStdio(['ignore', 'pipe', 'inherit']),
  });
  let said = '';
  child.stdout?.on('data', chunk => {
    said += String(chunk);
    if (said.split('\n').length > lines) child.kill('SIGKILL');
  });
  await new Promise(resolve => child.on('close', resolve));
  // The last piece may be a number cut by the kill.
  const acked = said.split('\n').slice(0, -1).map(Number);
  expect(acked.length).toBeGreaterThanOrEqual(lines);
  return Math.max(...acked);
}

test(`after each of ${kills} kills every fact that was called durable is there`, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'belfry-'));
  try {
    const path = join(folder, 'journal.jsonl');
    for (let kill = 0; kill < kills; kill += 1) {
      const acked = await appendAndKill(path, 1 + ((kill * 7) % 20));
      const events = await readJournal(path);
      expect(events.length).toBeGreaterThanOrEqual(acked);
      // In order, without gaps, and no append by half.
      expect(events.map(({ at }) => at)).toEqual(events.map((_, index) => index + 1));
      expect(events.length % 2).toBe(0);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
