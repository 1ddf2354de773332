import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { watchText } from '../../../src/adapters/following/watch-text.ts';
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

const within = { timeout: 5_000 };

test('a change is told with its lines and mistakes; the file as it was, and touched, is none', async () => {
  const path = join(folder, 'team.yaml');
  writeFileSync(path, 'gate: make test\nplan: auto\n');
  let problem: string | null = null;
  const file = watchTeamFile({ path, check: async () => problem, now: () => 42, apply: () => {} });
  stops.push(file.stop);
  let told = 0;
  stops.push(file.subscribe(() => (told += 1)));
  const seen: string[] = [];
  // Looks at the same file at the same times, a moment later: what it has seen, the other has, too.
  stops.push(watchText(path, text => seen.push(text)));
  const looks = (count: number) => expect.poll(() => seen.length, within).toBe(count);
  await looks(1);
  utimesSync(path, 1_000, 1_000);
  await looks(2);
  expect(file.change()).toBeNull();
  expect(told).toBe(0);

  writeFileSync(path, 'gate: make check\nplan: auto\n');
  await expect
    .poll(file.change, within)
    .toEqual({ path, at: 42, diff: ['- gate: make test', '+ gate: make check'], problem: null });

  problem = 'no such key';
  writeFileSync(path, 'gate: make test\nplan: auto\nspeed: high\n');
  await expect
    .poll(file.change, within)
    .toEqual({ path, at: 42, diff: ['+ speed: high'], problem: 'no such key' });

  writeFileSync(path, 'gate: make test\nplan: auto\n');
  await expect.poll(file.change, within).toBeNull();
});

test('a check that fails is a reason why the file cannot count, and ends nothing', async () => {
  const path = join(folder, 'team.yaml');
  writeFileSync(path, 'gate: make test\n');
  const check = () => Promise.reject(new Error('git ended with 128'));
  const file = watchTeamFile({ path, check, now: () => 42, apply: () => {} });
  stops.push(file.stop);
  const seen: string[] = [];
  stops.push(watchText(path, text => seen.push(text)));
  await expect.poll(() => seen.length, within).toBe(1);
  writeFileSync(path, 'gate: make check\n');
  await expect.poll(() => file.change()?.problem, within).toBe('git ended with 128');
});
