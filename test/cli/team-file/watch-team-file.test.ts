import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { watchText } from '../../../src/adapters/agent-cli/watch-text.ts';
import { watchTeamFile } from '../../../src/cli/team-file/watch-team-file.ts';

let folder = '';
const stops: (() => void)[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'belfry-team-'));
});
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
  rmSync(folder, { recursive: true, force: true });
});

test('a change of the team file is told once; the file as it is, and touched, is not', async () => {
  const path = join(folder, 'team.yaml');
  writeFileSync(path, 'gate: make test\n');
  let told = 0;
  const seen: string[] = [];
  stops.push(watchTeamFile(path, () => (told += 1)));
  // Looks at the same file at the same times, a moment later: what it has seen, the other has, too.
  stops.push(watchText(path, text => seen.push(text)));
  const looks = (count: number) => expect.poll(() => seen.length, { timeout: 5_000 }).toBe(count);
  await looks(1);
  expect(told).toBe(0);
  utimesSync(path, 1_000, 1_000);
  await looks(2);
  expect(told).toBe(0);
  writeFileSync(path, 'gate: make check\n');
  await expect.poll(() => told, { timeout: 5_000 }).toBe(1);
  const before = seen.length;
  writeFileSync(path, 'gate: make everything\n');
  await expect.poll(() => seen.length, { timeout: 5_000 }).toBeGreaterThan(before);
  await expect.poll(() => seen.at(-1), { timeout: 5_000 }).toBe('gate: make everything\n');
  expect(told).toBe(1);
});
