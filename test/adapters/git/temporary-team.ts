import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { prepareRepositories } from '../../../src/adapters/git/prepare-repositories.ts';
import { createTrunk } from '../../../src/adapters/git/trunk.ts';
import { createWorktrees } from '../../../src/adapters/git/worktrees.ts';
import { createStateFolder, stateFolderOf } from '../../../src/adapters/system/state-folder.ts';
import { type AgentId, branchOf, type Oid, type TaskId } from '../../../src/core/ids.ts';

/** A path and its text; null deletes it. */
export type Files = Readonly<Record<string, string | null>>;

export const eng1 = 'eng-1' as AgentId;
export const eng2 = 'eng-2' as AgentId;
export const task1 = 'T-1' as TaskId;
export const task2 = 'T-2' as TaskId;
export const details = {
  ...{ title: 'Do it', agent: 'eng-1', at: 1_700_000_000_000 },
  commands: ['npm run check', './ci.sh --fast'],
};

const identity = ['AUTHOR', 'COMMITTER'].flatMap(role => [
  [`GIT_${role}_NAME`, 'A person'],
  [`GIT_${role}_EMAIL`, 'person@example.invalid'],
]);

/** Git as a person or an agent calls it: with the configuration of the repository it stands in. */
export function gitIn(folder: string, ...args: readonly string[]): string {
  return execFileSync('git', args, {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env['PATH'],
      HOME: '/nonexistent',
      GIT_CONFIG_NOSYSTEM: '1',
      ...Object.fromEntries(identity),
    },
  }).trim();
}

export function writeFiles(folder: string, files: Files): void {
  for (const [path, text] of Object.entries(files)) {
    const full = join(folder, path);
    if (text === null) rmSync(full, { force: true });
    else {
      mkdirSync(dirname(full), { recursive: true });
      writeFileSync(full, text);
    }
  }
}

export function commitIn(folder: string, files: Files, message = 'change'): Oid {
  writeFiles(folder, files);
  gitIn(folder, 'add', '--all');
  gitIn(folder, 'commit', '--quiet', '--message', message);
  return gitIn(folder, 'rev-parse', 'HEAD') as Oid;
}

/** Every file below a folder but git's own, byte for byte, with its mode. */
export function picture(folder: string): Readonly<Record<string, string>> {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(path => !/(^|\/)\.git(\/|$)/.test(path))
    .sort();
  const rows = paths.map(path => {
    const full = join(folder, path);
    const stat = lstatSync(full);
    const text = stat.isSymbolicLink()
      ? readlinkSync(full)
      : stat.isFile()
        ? readFileSync(full, 'latin1')
        : '';
    return [path, `${stat.mode.toString(8)} ${text}`] as const;
  });
  return Object.fromEntries(rows);
}

export type Start = {
  readonly files?: Files;
  /** Arguments of `git init`, such as `--object-format=sha256`. */
  readonly init?: readonly string[];
  /** Name of the person's folder. */
  readonly name?: string;
  /** What happens in the person's repository before Belfry sees it; answers with the folder to open. */
  readonly before?: (repository: string) => string | undefined;
};

/** A person's repository, and Belfry's repositories beside it, in a folder of their own. */
export async function temporaryTeam(start: Start = {}) {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'belfry-')));
  const made = join(root, start.name ?? 'project');
  mkdirSync(made);
  gitIn(made, 'init', '--quiet', '--initial-branch=main', ...(start.init ?? []));
  const base = commitIn(made, start.files ?? { 'a.txt': 'a\n', 'b.txt': 'b\n' }, 'start');
  const repository = start.before?.(made) ?? made;
  const state = stateFolderOf(repository, { XDG_STATE_HOME: join(root, 'state') });
  createStateFolder(state);
  const prepare = (wanted: string | null = null) =>
    prepareRepositories({ repository, state, wanted, current: 'main' });
  const trunkName = await prepare();
  const given = { repository, state, trunkName };
  const setUps: string[] = [];
  const worktrees = createWorktrees({
    state,
    setUp: async worktree => void setUps.push(worktree),
  });
  const trunk = createTrunk(given);
  return {
    ...{ root, repository, state, base, trunk, worktrees, prepare, setUps, given },
    git: (...args: readonly string[]) => gitIn(repository, ...args),
    hub: (...args: readonly string[]) => gitIn(root, `--git-dir=${state.hub}`, ...args),
    write: (files: Files) => writeFiles(repository, files),
    read: (path: string) => readIn(repository, path),
    commit: (files: Files, message?: string) => commitIn(repository, files, message),
    /** What an engineer does: its branch, its files, its commit. */
    async work(files: Files, task = task1, agent = eng1): Promise<Oid> {
      const head = await trunk.head();
      await worktrees.ensure(agent);
      await worktrees.publishTrunk(head);
      await worktrees.startTask(agent, task, head);
      return commitIn(worktrees.pathOf(agent), files, `work on ${task}`);
    },
    async land(task = task1, attempt = 1): Promise<Oid> {
      const built = await trunk.build(task, attempt, details);
      if (built.kind !== 'built') throw new Error(`not built: ${JSON.stringify(built)}`);
      await trunk.land(task, built.candidate);
      return built.candidate.commit;
    },
    branchTip: (task: TaskId) =>
      gitIn(root, `--git-dir=${state.team}`, 'rev-parse', branchOf(task)) as Oid,
    remove: () => rmSync(root, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 }),
  };
}

export type TemporaryTeam = Awaited<ReturnType<typeof temporaryTeam>>;

export function readIn(folder: string, path: string): string | null {
  const full = join(folder, path);
  return existsSync(full) ? readFileSync(full, 'utf8') : null;
}

export function writeScript(path: string, text: string): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `#!/bin/sh\n${text}\n`);
  chmodSync(path, 0o755);
  return path;
}
