import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomically } from '../system/atomic-file.ts';
import type { StateFolder } from '../system/state-folder.ts';
import { mustGit, runGit } from './git.ts';
import { removeStaleLocks } from './remove-stale-locks.ts';

export const trunkRef = 'refs/heads/belfry-trunk';

/** What Belfry itself puts into a worktree, drafts of a killed one too; never part of anybody's work. */
export const ownFiles = [
  ...['.belfry/assignment.json', '.belfry/.assignment.json.*.tmp'],
  ...['.belfry/outbox/', '.belfry/answers/'],
];

const ownConfig = `[core]
	repositoryFormatVersion = 0
	bare = true
[user]
	name = Belfry
	email = belfry@belfry.invalid
[gc]
	auto = 0
[maintenance]
	auto = false
`;

/**
 * Creates the hub (the supervisor's), the team repository (the agents') and the gate's beside each other,
 * once. Objects are hard links where the disk is the same, so this costs little, and a `gc` in one of them takes nothing from the
 * others. No git may be at work in them: locks of killed ones are taken away. Resolves with the branch that is landed on: `wanted`, else the one of the first start, else `current`.
 */
export async function prepareRepositories(given: {
  readonly repository: string;
  readonly state: StateFolder;
  readonly wanted: string | null;
  readonly current: string;
}): Promise<string> {
  const { repository, state } = given;
  const recorded = await recordedTrunk(state);
  const trunkName = given.wanted ?? recorded ?? given.current;
  for (const folder of [state.hub, state.team, state.gateRepository])
    await cloneOnce(repository, folder, trunkName);
  for (const folder of [state.hub, state.gateRepository]) await removeLocks(folder);
  if (recorded !== trunkName) await changeTrunk(repository, state, trunkName, recorded !== null);
  await configureTeam(state);
  for (const folder of [state.hub, state.team, state.gateRepository])
    await removeStaleLocks(folder);
  for (const folder of [state.worktrees, state.indexes, state.trash, state.gateLogs])
    await mkdir(folder, { recursive: true, mode: 0o700 });
  return trunkName;
}

async function recordedTrunk(state: StateFolder): Promise<string | null> {
  if (!existsSync(state.hub)) return null;
  const { code, stdout } = await runGit(['config', '--get', 'belfry.trunk'], { gitDir: state.hub });
  return code === 0 ? stdout.trim() : null;
}

async function changeTrunk(
  repository: string,
  state: StateFolder,
  trunkName: string,
  isChange: boolean,
): Promise<void> {
  const gitDir = state.hub;
  if (isChange) {
    const ref = `+refs/heads/${trunkName}:${trunkRef}`;
    await mustGit([...fetchArgs, '--', repository, ref], { gitDir });
  }
  await mustGit(['config', 'belfry.trunk', trunkName], { gitDir });
}

export const fetchArgs = [
  ...['fetch', '--quiet', '--no-tags', '--no-write-fetch-head', '--no-recurse-submodules'],
  // The configuration of the repository that is fetched into could name another program.
  ...['--no-auto-maintenance', '--upload-pack=git-upload-pack'],
];

/** Under another name first, so that a crash leaves either nothing or all of it. */
async function cloneOnce(repository: string, into: string, trunkName: string): Promise<void> {
  if (existsSync(into)) return;
  const draft = `${into}.new`;
  await rm(draft, { recursive: true, force: true });
  // One branch only: another of the person's, such as `belfry`, would stand in the way of `belfry/t-1`.
  const one = ['--no-tags', '--single-branch', '--branch', trunkName];
  // Asked for by `--local`, hard links are a must, and fail to another disk; by itself git copies there.
  await mustGit(['clone', '--quiet', '--bare', ...one, '--', repository, draft]);
  const gitDir = draft;
  const branch = `refs/heads/${trunkName}`;
  const head = await mustGit(['rev-parse', '--verify', `${branch}^{commit}`], { gitDir });
  await mustGit(['symbolic-ref', 'HEAD', trunkRef], { gitDir });
  if (branch !== trunkRef) await mustGit(['update-ref', '-d', branch], { gitDir });
  await mustGit(['update-ref', trunkRef, head], { gitDir });
  await writeFileAtomically(join(draft, 'config'), await configFor(draft));
  await rename(draft, into);
}

/** A repository with SHA-256 ids says so in its configuration and cannot be read without. */
async function configFor(gitDir: string): Promise<string> {
  const format = await mustGit(['rev-parse', '--show-object-format'], { gitDir });
  if (format === 'sha1') return ownConfig;
  const versioned = ownConfig.replace('FormatVersion = 0', 'FormatVersion = 1');
  return `${versioned}[extensions]\n\tobjectFormat = ${format}\n`;
}

/** By hub: the kind of its ids never changes, so it is asked once. */
const configs = new Map<string, string>();

/**
 * Configuration can name programs that git runs. Afterwards this one is ours again, whatever stood there;
 * the hub is asked what it must be, since a broken one could not answer.
 */
export async function resetConfig(gitDir: string, hub: string): Promise<void> {
  const config = configs.get(hub) ?? (await configFor(hub));
  configs.set(hub, config);
  await writeFileAtomically(join(gitDir, 'config'), config);
  await rm(join(gitDir, 'info', 'attributes'), { recursive: true, force: true });
}

/**
 * Agents share the team repository and may write into its configuration, and git runs what stands there.
 * The view has the same refs, objects and worktrees, and a configuration that no agent's git writes to.
 */
async function configureTeam(state: StateFolder): Promise<void> {
  const { team, teamView: view, hub } = state;
  await resetConfig(team, hub);
  await mkdir(join(view, 'info'), { recursive: true, mode: 0o700 });
  await resetConfig(view, hub);
  await writeFileAtomically(join(view, 'HEAD'), `ref: ${trunkRef}\n`);
  for (const name of ['objects', 'refs', 'packed-refs', 'worktrees', 'logs'])
    if (!existsSync(join(view, name)))
      await symlink(join(team, name), join(view, name)).catch(ignoreExisting);
  await mkdir(join(team, 'worktrees'), { recursive: true });
  await mkdir(join(team, 'logs'), { recursive: true });
  const exclude = `${ownFiles.join('\n')}\n`;
  for (const folder of [team, view]) {
    await mkdir(join(folder, 'info'), { recursive: true });
    await writeFileAtomically(join(folder, 'info', 'exclude'), exclude);
  }
}

/**
 * Locks that a git of a killed Belfry left behind. Nobody but Belfry writes here, and whoever calls this
 * holds the lock of the instance, so none of them is anybody's any more.
 */
async function removeLocks(gitDir: string): Promise<void> {
  const places = [gitDir, join(gitDir, 'worktrees', 'gate'), join(gitDir, 'refs')];
  for (const place of places) {
    const recursive = place.endsWith('refs');
    const names = await readdir(place, { recursive }).catch(() => []);
    for (const name of names) if (name.endsWith('.lock')) await rm(join(place, name));
  }
}

function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error;
}
