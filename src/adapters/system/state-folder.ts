import { createHash } from 'node:crypto';
import { chmodSync, existsSync, lstatSync, mkdirSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, isAbsolute, join, resolve } from 'node:path';
import { codeOf } from '../../lib/thrown.ts';

/** Where everything of one repository's team is kept, outside the repository. Absolute paths. */
export type StateFolder = {
  readonly root: string;
  readonly journal: string;
  /** A folder: see `acquireInstanceLock`. */
  readonly lock: string;
  readonly hub: string;
  readonly team: string;
  /** The team repository as the supervisor sees it: the same refs and objects, a configuration of our own. */
  readonly teamView: string;
  readonly worktrees: string;
  /** The repository of the gate's worktree: what tests do to it reaches no other. */
  readonly gateRepository: string;
  readonly gate: string;
  /** What setup made of the gate's worktree. */
  readonly gateSetup: string;
  readonly indexes: string;
  readonly gateLogs: string;
  /** What the agents' terminals showed. */
  readonly recordings: string;
  /** Signed statements about attempts, gate runs and landings, and the key that certifies them. */
  readonly receipts: string;
  readonly agents: string;
  readonly bin: string;
  readonly boardRecord: string;
  /** What team.yaml said when a team was last started from it. */
  readonly lastTeamFile: string;
  /** What only the Belfry that runs sees of what needs the person. */
  readonly outsideNeeds: string;
  readonly log: string;
  readonly trash: string;
};

/**
 * `$XDG_STATE_HOME/belfry`, `~/.local/state/belfry` where the variable is unset, empty or relative (XDG
 * Base Directory Specification). Absolute; creates nothing.
 */
export function stateBaseOf(env: Readonly<Record<string, string | undefined>>): string {
  const wanted = env['XDG_STATE_HOME'] ?? '';
  const home = env['HOME'] || homedir();
  return join(isAbsolute(wanted) ? wanted : join(home, '.local', 'state'), 'belfry');
}

/** `<name>-<10 hex digits of the real path>` in `stateBaseOf`. Creates nothing. */
export function stateFolderOf(
  repositoryRoot: string,
  env: Readonly<Record<string, string | undefined>>,
): StateFolder {
  const root = join(stateBaseOf(env), repositoryId(repositoryRoot));
  return {
    root,
    journal: join(root, 'journal.jsonl'),
    lock: join(root, 'lock'),
    hub: join(root, 'hub.git'),
    team: join(root, 'team.git'),
    teamView: join(root, 'team-view.git'),
    worktrees: join(root, 'worktrees'),
    gateRepository: join(root, 'gate.git'),
    gate: join(root, 'gate'),
    gateSetup: join(root, 'gate-setup.json'),
    indexes: join(root, 'indexes'),
    gateLogs: join(root, 'gate-logs'),
    recordings: join(root, 'recordings'),
    receipts: join(root, 'receipts'),
    agents: join(root, 'agents'),
    bin: join(root, 'bin'),
    boardRecord: join(root, 'board.json'),
    lastTeamFile: join(root, 'last-team.yaml'),
    outsideNeeds: join(root, 'outside-needs.json'),
    log: join(root, 'belfry.log'),
    trash: join(root, 'trash'),
  };
}

/**
 * Creates the folders, readable by this user only, whatever the umask is. The git repositories and the
 * gate's worktree are left to git. Throws when something else stands in a folder's place.
 */
export function createStateFolder(folder: StateFolder): void {
  const { root, lock, worktrees, indexes, gateLogs, recordings, agents, bin, trash } = folder;
  for (const path of [root, lock, worktrees, indexes, gateLogs, recordings, agents, bin, trash]) {
    makeFolder(path);
    if (!lstatSync(path).isDirectory())
      throw new Error(`${path} must be a folder of its own, not a link; move it away`);
    chmodSync(path, 0o700);
  }
}

/** Node's own way to make the folders above, too, never ends where the system denies that there could be one. */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    // A second Belfry may have been quicker.
    if (codeOf(error) !== 'EEXIST') throw error;
  }
}

function repositoryId(repositoryRoot: string): string {
  const path = realPathOf(repositoryRoot);
  const name = basename(path)
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[.-]+/, '')
    .slice(0, 40);
  const digest = createHash('sha256').update(path).digest('hex').slice(0, 10);
  return `${name === '' ? 'repository' : name}-${digest}`;
}

function realPathOf(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    return resolve(path);
  }
}
