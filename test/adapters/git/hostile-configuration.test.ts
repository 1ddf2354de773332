import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { createGate } from '../../../src/adapters/gate/shell-gate.ts';
import { checkoutTask } from '../../../src/adapters/git/checkout/checkout-task.ts';
import {
  details,
  eng1,
  eng2,
  gitIn,
  type TemporaryTeam,
  task1,
  temporaryTeam,
  writeScript,
} from './temporary-team.ts';

let team: TemporaryTeam;
afterEach(() => team.remove());

/** Every key and hook known to make some git command run a program, each with a mark of its own. */
function plant(gitDir: string, marks: string): void {
  mkdirSync(marks, { recursive: true });
  const program = (name: string) =>
    writeScript(join(marks, 'programs', name), `echo ${name} >> ${join(marks, 'ran')}\nexit 0`);
  const set = (key: string, value: string) =>
    gitIn('/', `--git-dir=${gitDir}`, 'config', '--add', key, value);
  const plain = [
    ...['core.fsmonitor', 'core.sshCommand', 'core.pager', 'core.editor', 'core.gitProxy'],
    ...['core.askPass', 'core.alternateRefsCommand', 'diff.external', 'gpg.program'],
    ...['filter.y.clean', 'filter.y.smudge', 'filter.y.process', 'diff.y.textconv'],
    ...['diff.y.command', 'merge.y.driver', 'uploadpack.packObjectsHook', 'credential.helper'],
    ...['sequence.editor', 'interactive.diffFilter', 'trailer.y.command', 'ssh.variant'],
  ];
  for (const key of plain) set(key, program(key.replaceAll('.', '-')));
  for (const place of ['origin', '.', ...knownPlaces(gitDir)])
    set(`remote.${place}.uploadpack`, program('remote-uploadpack'));
  set('trailer.y.key', 'Belfry-Task');
  set('commit.gpgSign', 'true');
  set('alias.status', `!${program('alias')}`);
  set('protocol.allow', 'always');
  writeFileSync(join(marks, 'included'), `[core]\n\tfsmonitor = ${program('included')}\n`);
  set('include.path', join(marks, 'included'));
  mkdirSync(join(gitDir, 'info'), { recursive: true });
  appendFileSync(join(gitDir, 'info', 'attributes'), '* filter=y diff=y merge=y\n');
  for (const hook of [
    ...['reference-transaction', 'post-checkout', 'post-index-change', 'post-merge', 'pre-commit'],
    ...['post-commit', 'pre-auto-gc', 'fsmonitor-watchman', 'pre-receive', 'update'],
    ...['post-update', 'prepare-commit-msg', 'commit-msg', 'pre-merge-commit', 'post-rewrite'],
  ])
    writeScript(join(gitDir, 'hooks', hook), `echo hook ${hook} >> ${join(marks, 'ran')}\nexit 0`);
}

const knownPlaces = (gitDir: string) => {
  const { state, repository } = team;
  return [state.hub, state.team, state.teamView, repository, gitDir];
};

/** Everything that the supervisor does with git, once. */
async function wholeLanding(): Promise<void> {
  const { worktrees, trunk, state, repository } = team;
  const folder = worktrees.pathOf(eng1);
  const built = await trunk.build(task1, 1, details);
  if (built.kind !== 'built') throw new Error(built.kind);
  const gate = createGate({
    ...{ state, repository, env: { PATH: process.env['PATH'] ?? '' } },
    withheld: [],
    setup: { command: null, copy: [], timeoutMs: 1_000 },
  });
  const { commit } = built.candidate;
  const bounds = { timeoutMs: 9_000, silenceMs: 9_000 };
  const commands = [{ name: 'test', command: 'grep -q work a.txt', ...bounds }];
  expect(await gate.run({ id: '1', commit, commands })).toMatchObject({ outcome: 'passed' });
  expect((await trunk.land(task1, built.candidate)).kind).toBe('landed');
  await trunk.followCheckout();
  await worktrees.publishTrunk(commit);
  writeFileSync(join(folder, 'half.txt'), 'half\n');
  expect(await worktrees.saveWork(eng1, 'T-1: saved')).not.toBeNull();
  await worktrees.status(eng1);
  await worktrees.branchWork(task1, team.base);
  await worktrees.diff(task1, team.base, 1_000);
  await worktrees.ensure(eng2);
  await worktrees.startTask(eng2, task1, commit);
  await worktrees.mergeTrunk(eng2, commit);
  await checkoutTask({ repository, state, task: task1 });
}

function fallInto(folder: string): void {
  try {
    gitIn(folder, 'status');
  } catch {
    // What was planted speaks no filter's protocol, and git ends on it.
  }
}

const ran = (marks: string) =>
  existsSync(join(marks, 'ran')) ? readFileSync(join(marks, 'ran'), 'utf8') : '';

test('what an agent plants in the team repository runs nothing in the supervisor', async () => {
  team = await temporaryTeam();
  await team.work({ 'a.txt': 'work\n', '.gitattributes': '* filter=y diff=y merge=y\n' });
  const marks = join(team.root, 'marks');
  plant(team.state.team, marks);
  // The trap is real: an ordinary git in the worktree falls into it.
  fallInto(team.worktrees.pathOf(eng1));
  expect(ran(marks)).toContain('included');
  writeFileSync(join(marks, 'ran'), '');
  await wholeLanding();
  expect(ran(marks)).toBe('');
});

test('what stands in the person’s own configuration runs nothing in the supervisor', async () => {
  team = await temporaryTeam();
  await team.work({ 'a.txt': 'work\n' });
  const marks = join(team.root, 'marks');
  plant(join(team.repository, '.git'), marks);
  fallInto(team.repository);
  expect(ran(marks)).not.toBe('');
  writeFileSync(join(marks, 'ran'), '');
  await wholeLanding();
  expect(ran(marks)).toBe('');
  // Their filters must do it: Belfry leaves the files alone and says so.
  expect((await team.trunk.followCheckout()).why).toContain('the attribute filter');
});

test('an agent’s gc takes nothing from the hub or the person, and harms no landing', async () => {
  team = await temporaryTeam();
  const { state, repository, worktrees, trunk, base } = team;
  await team.work({ 'a.txt': 'work\n' });
  const built = await trunk.build(task1, 1, details);
  gitIn(state.team, 'update-ref', '-d', 'refs/heads/belfry/t-1');
  gitIn(worktrees.pathOf(eng1), 'reflog', 'expire', '--expire=now', '--all');
  gitIn(worktrees.pathOf(eng1), 'gc', '--quiet', '--prune=now');
  for (const gitDir of [state.hub, repository, state.gateRepository])
    expect(gitIn(gitDir, 'fsck', '--full', '--no-dangling')).toBe('');
  if (built.kind !== 'built') throw new Error(built.kind);
  expect((await trunk.land(task1, built.candidate)).kind).toBe('landed');
  expect(await trunk.followCheckout()).toEqual({ behind: 0, why: null });
  expect(gitIn(repository, 'rev-list', '--count', `${base}..main`)).toBe('2');
});
