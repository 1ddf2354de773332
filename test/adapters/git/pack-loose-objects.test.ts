import { afterEach, expect, test } from 'vitest';
import { packLooseObjects } from '../../../src/adapters/git/pack-loose-objects.ts';
import { eng1, gitIn, type TemporaryTeam, temporaryTeam } from './temporary-team.ts';

let team: TemporaryTeam;
afterEach(() => team.remove());
const looseIn = (gitDir: string) =>
  Number.parseInt(gitIn(team.root, `--git-dir=${gitDir}`, 'count-objects'), 10);
const noError = (reason: string) => expect.unreachable(reason);

test('what refs reach is packed, what none reaches stays, and work goes on', async () => {
  team = await temporaryTeam();
  const tip = await team.work({ 'c.txt': 'c\n' });
  await team.land();
  const folder = team.worktrees.pathOf(eng1);
  const lost = gitIn(folder, 'commit-tree', '-m', 'amended away', `${tip}^{tree}`);
  await packLooseObjects(team.state, noError, 0);
  expect(gitIn(folder, 'cat-file', '-t', lost)).toBe('commit');
  expect([looseIn(team.state.hub), looseIn(team.state.team)]).toEqual([0, 1]);
  expect(gitIn(folder, 'status', '--porcelain')).toBe('');
  await team.work({ 'd.txt': 'd\n' });
  await team.land(undefined, 2);
  team.hub('fsck', '--strict');
});

test('a few loose objects are left as they are', async () => {
  team = await temporaryTeam();
  await team.work({ 'c.txt': 'c\n' });
  const before = looseIn(team.state.team);
  await packLooseObjects(team.state, noError);
  expect(looseIn(team.state.team)).toBe(before);
});

test('a repository that is broken is told, and ends nothing', async () => {
  team = await temporaryTeam();
  const told: string[] = [];
  const state = { hub: team.root, teamView: team.state.teamView };
  await packLooseObjects(state, reason => told.push(reason), 0);
  expect(told).toEqual([expect.stringContaining('not a git repository')]);
});
