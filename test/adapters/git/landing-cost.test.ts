// Every git takes longer to start than to answer: how many a landing needs decides how long it takes.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { GateWorktree } from '../../../src/adapters/gate/gate-worktree.ts';
import { details, type TemporaryTeam, task1, temporaryTeam } from './temporary-team.ts';

let team: TemporaryTeam;
beforeEach(async () => {
  team = await temporaryTeam();
});
afterEach(() => team.remove());

/** The arguments of each git that the work starts. */
async function gitsOf(work: () => Promise<unknown>): Promise<readonly string[]> {
  const bin = join(team.root, 'bin');
  mkdirSync(bin);
  const before = process.env['PATH'] ?? '';
  const script = `#!/bin/sh\necho "$*" >> '${bin}/calls'\nPATH='${before}' exec git "$@"\n`;
  writeFileSync(join(bin, 'git'), script, { mode: 0o755 });
  process.env['PATH'] = `${bin}:${before}`;
  try {
    await work();
  } finally {
    process.env['PATH'] = before;
  }
  return readFileSync(join(bin, 'calls'), 'utf8').trim().split('\n');
}

test('from a claim to the person’s files it takes 27 gits', async () => {
  await team.work({ 'a.txt': 'first\n' });
  await team.land();
  await team.trunk.followCheckout();
  await team.work({ 'a.txt': 'second\n', 'new.txt': 'new\n' });
  const gits = await gitsOf(async () => {
    const built = await team.trunk.build(task1, 2, details);
    if (built.kind !== 'built') throw new Error(built.kind);
    await team.trunk.land(task1, built.candidate);
    expect(await team.trunk.followCheckout()).toEqual({ behind: 0, why: null });
  });
  expect(gits.length, gits.join('\n')).toBeLessThanOrEqual(27);
  expect(team.read('a.txt')).toBe('second\n');
});

test('to put the next merge result into the worktree of the gate takes 10', async () => {
  const gate = new GateWorktree(team.state);
  await gate.checkOut(team.base, null);
  await team.work({ 'a.txt': 'first\n' });
  const commit = await team.land();
  const gits = await gitsOf(() => gate.checkOut(commit, null));
  expect(gits.length, gits.join('\n')).toBeLessThanOrEqual(10);
});
