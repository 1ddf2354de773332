import { existsSync } from 'node:fs';
import { appendFile, mkdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { StateFolder } from '../system/state-folder.ts';
import { mustGit } from './git.ts';

export const trunkRef = 'refs/heads/belfry-trunk';

/** What Belfry itself puts into a worktree; never part of anybody's work. */
export const ownFiles = ['.belfry/assignment.json', '.belfry/outbox/', '.belfry/answers/'];

/**
 * Creates the hub (the supervisor's) and the team repository (the agents') beside each other, once. Objects
 * are hard links, so this costs little, and a `gc` in one of them takes nothing from the others.
 */
export async function prepareRepositories(given: {
  readonly repository: string;
  readonly state: StateFolder;
  readonly trunkName: string;
}): Promise<void> {
  const { repository, state, trunkName } = given;
  await cloneOnce(repository, state.hub, trunkName);
  await cloneOnce(repository, state.team, trunkName);
  const config = (key: string, value: string) =>
    mustGit(['config', key, value], { gitDir: state.team });
  await config('user.name', 'Belfry');
  await config('user.email', 'belfry@belfry.invalid');
  await config('gc.auto', '0');
  await config('maintenance.auto', 'false');
  await excludeOwnFiles(state.team);
  for (const folder of [state.worktrees, state.indexes, state.trash, state.gateLogs])
    await mkdir(folder, { recursive: true, mode: 0o700 });
}

/** Under another name first, so that a crash leaves either nothing or all of it. */
async function cloneOnce(repository: string, into: string, trunkName: string): Promise<void> {
  if (existsSync(into)) return;
  const draft = `${into}.new`;
  await rm(draft, { recursive: true, force: true });
  await mustGit(['clone', '--quiet', '--bare', '--local', '--no-tags', '--', repository, draft]);
  await mustGit(['remote', 'remove', 'origin'], { gitDir: draft });
  const head = await mustGit(['rev-parse', '--verify', `refs/heads/${trunkName}^{commit}`], {
    gitDir: draft,
  });
  await mustGit(['update-ref', trunkRef, head], { gitDir: draft });
  await mustGit(['symbolic-ref', 'HEAD', trunkRef], { gitDir: draft });
  await rename(draft, into);
}

async function excludeOwnFiles(gitDir: string): Promise<void> {
  const path = join(gitDir, 'info', 'exclude');
  await mkdir(join(gitDir, 'info'), { recursive: true });
  const text = await readFile(path, 'utf8').catch(() => '');
  const missing = ownFiles.filter(line => !text.split('\n').includes(line));
  if (missing.length > 0) await appendFile(path, `\n${missing.join('\n')}\n`);
}
