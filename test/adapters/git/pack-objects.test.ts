import { existsSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import { packCopies, packObjects } from '../../../src/adapters/git/pack-objects.ts';
import { eng1, gitIn, type TemporaryTeam, temporaryTeam } from './temporary-team.ts';

let team: TemporaryTeam;
afterEach(() => team.remove());
const looseIn = (gitDir: string) =>
  Number.parseInt(gitIn(team.root, `--git-dir=${gitDir}`, 'count-objects'), 10);
const packsIn = (gitDir: string) =>
  Number(/packs: (\d+)/.exec(gitIn(team.root, `--git-dir=${gitDir}`, 'count-objects', '-v'))?.[1]);
const none = { looseMax: 0, packsMax: 0 };
const noError = (reason: string) => expect.unreachable(reason);

test('all is packed, also what no ref reaches, and work goes on', async () => {
  team = await temporaryTeam();
  const tip = await team.work({ 'c.txt': 'c\n' });
  await team.land();
  const folder = team.worktrees.pathOf(eng1);
  const lost = gitIn(folder, 'commit-tree', '-m', 'amended away', `${tip}^{tree}`);
  await packObjects(team.state, noError, none);
  expect(gitIn(folder, 'cat-file', '-t', lost)).toBe('commit');
  expect([looseIn(team.state.hub), looseIn(team.state.team)]).toEqual([0, 0]);
  expect(gitIn(folder, 'status', '--porcelain')).toBe('');
  await team.work({ 'd.txt': 'd\n' });
  await team.land(undefined, 2);
  team.hub('fsck', '--strict');
});

test('a few loose objects are left as they are', async () => {
  team = await temporaryTeam();
  await team.work({ 'c.txt': 'c\n' });
  const before = looseIn(team.state.team);
  await packObjects(team.state, noError);
  expect(looseIn(team.state.team)).toBe(before);
});

test('a repository that is broken is told, and ends nothing', async () => {
  team = await temporaryTeam();
  const told: string[] = [];
  const state = { hub: team.root, teamView: team.state.teamView };
  await packObjects(state, reason => told.push(reason), none);
  expect(told[0]).toContain('not a git repository');
});

test('the packs that come with each attempt become few, and its refs one file', async () => {
  team = await temporaryTeam();
  for (let n = 1; n <= 4; n += 1) {
    await team.work({ [`n${n}.txt`]: `${n}\n` });
    await team.land(undefined, n);
  }
  expect(packsIn(team.state.hub)).toBeGreaterThan(3);
  const refs = gitIn(team.root, `--git-dir=${team.state.hub}`, 'for-each-ref');
  await packObjects(team.state, noError, { looseMax: 6_700, packsMax: 3 });
  expect(packsIn(team.state.hub)).toBeLessThanOrEqual(3);
  expect(gitIn(team.root, `--git-dir=${team.state.hub}`, 'for-each-ref')).toBe(refs);
  expect(existsSync(`${team.state.hub}/refs/belfry/candidates/T-1/1`)).toBe(false);
  await team.work({ 'last.txt': 'l\n' });
  await team.land(undefined, 5);
  team.hub('fsck', '--strict');
});

test('a repository of copies keeps what its refs reach, and nothing else', async () => {
  team = await temporaryTeam();
  const gitDir = team.state.gateRepository;
  const inGate = (...args: string[]) => gitIn(team.root, `--git-dir=${gitDir}`, ...args);
  const tree = inGate('rev-parse', 'HEAD^{tree}');
  const kept = inGate('commit-tree', '-m', 'kept', tree);
  const old = inGate('commit-tree', '-m', 'of a candidate long ago', tree);
  inGate('update-ref', 'refs/belfry/gate', kept);
  await packCopies(gitDir, none);
  expect([looseIn(gitDir), packsIn(gitDir)]).toEqual([0, 1]);
  expect(inGate('cat-file', '-t', kept)).toBe('commit');
  expect(() => inGate('cat-file', '-t', old)).toThrow();
});
