import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf } from '../../../lib/thrown.ts';
import { GitError } from '../../../ports/worktrees.ts';
import { padStdio } from '../../system/pad-stdio.ts';
import { findByEnvironment } from '../../system/process-table.ts';
import { type GitOptions, gitProcess } from '../git.ts';
import { commonDirOf, gitDirOf } from './checkouts.ts';

export type IndexMove = {
  readonly hub: string;
  /** The checkout's folder. */
  readonly path: string;
  readonly indexFile: string;
  /** Arguments before git's command. */
  readonly habits: readonly string[];
  readonly from: string;
  readonly to: string;
  /** Lines for `git update-index --index-info -z` that come first: what stands at `to` already. */
  readonly settled: string;
};

/** Index and files are at `to`, and no git of the person's may write the index until one of these is called. */
export type MovedIndex = {
  keep(): Promise<void>;
  /** Brings both to where they were, as far as nobody changed them meanwhile. */
  undo(): Promise<void>;
};

/** What git said where it refused; null where another git holds the index. */
export type Refusal = { readonly stderr: string | null };

/** The environment variable by which a move is known that outlives its Belfry. */
const mark = 'BELFRY_FOLLOWING';
const claimOf = (hub: string) => `Belfry brings this checkout to the trunk of ${hub}\n`;

/**
 * Git's own lock of an index says nothing of who holds it, and stays when all is killed. This one says it, so
 * that the next start may take it away. The shell holds it and not Belfry: where Belfry alone is killed, it goes
 * on to the end. It is linked into its place, because after a power loss what was only written may be empty.
 * Git works on a copy meanwhile, with the times of the original: by them it knows what to look into.
 */
const script = `
index=$1 claim=$2 settled=$3 from=$4 to=$5; shift 5
trap '' HUP INT QUIT TERM PIPE
copy=$index.belfry
hold() {
  [ ! -e "$index.lock" ] || return 1
  ln "$claim" "$index.lock" 2>/dev/null || (set -C; cat "$claim" >"$index.lock") 2>/dev/null
}
merge() {
  a=$1 b=$2; shift 2
  rm -f "$copy.lock"
  if [ -e "$index" ]; then cp -p "$index" "$copy" || return; else rm -f "$copy"; fi
  if [ -s "$settled" ]; then "$@" update-index --replace -z --index-info <"$settled" || return; fi
  "$@" read-tree -m -u "$a" "$b" 2>/dev/null || {
    # Equal files with other times pass for edits, until git looks into them.
    "$@" update-index -q --refresh >/dev/null 2>&1
    "$@" read-tree -m -u "$a" "$b" || return
  }
  mv -f "$copy" "$index"
}
hold || { rm -f "$claim"; [ -e "$index.lock" ] && exit 73; echo "$index.lock cannot be written" >&2; exit 74; }
merge "$from" "$to" "$@"; code=$?
if [ "$code" = 0 ]; then
  echo moved
  read -r answer
  : >"$settled"
  if [ "$answer" = undo ]; then merge "$to" "$from" "$@"; fi
fi
rm -f "$copy" "$claim" "$settled" "$index.lock"
exit "$code"
`;
const isHeldCode = 73;
/** Waits before an index is tried again that another git holds. */
const retryDelaysMs = [0, 150, 500, 1_500];

/**
 * The two-tree merge of git-read-tree(1) under a lock that is ours. It is never ended from here: what it does is
 * whole only at its end.
 */
export async function moveIndex(move: IndexMove): Promise<MovedIndex | Refusal> {
  for (const delayMs of retryDelaysMs) {
    if (delayMs > 0) await new Promise(resolve => setTimeout(resolve, delayMs));
    const moved = await start(move);
    if (!('stderr' in moved) || moved.stderr !== null) return moved;
  }
  return { stderr: null };
}

async function start(move: IndexMove): Promise<MovedIndex | Refusal> {
  const { hub, path, indexFile, habits, from, to } = move;
  const claim = `${indexFile}.belfry-claim`;
  const settled = join(hub, 'belfry-settled');
  try {
    writeFileSync(claim, claimOf(hub), { flush: true });
    writeFileSync(settled, move.settled);
  } catch (error) {
    throw new GitError(messageOf(error));
  }
  const given: GitOptions = { gitDir: hub, workTree: path, cwd: path, env: { [mark]: hub } };
  const { argv, options } = gitProcess(habits, { ...given, indexFile: `${indexFile}.belfry` });
  const args = ['-c', script, 'sh', indexFile, claim, settled, from, to, 'git', ...argv];
  const { timeout: _, ...unbounded } = options;
  const child = spawn('sh', args, { ...unbounded, stdio: padStdio(['pipe', 'pipe', 'pipe']) });
  let stderr = '';
  child.stderr?.on('data', bytes => {
    stderr = `${stderr}${bytes}`.slice(0, stderrCharsMax);
  });
  child.stdin?.on('error', () => {});
  const ended = new Promise<number>(resolve => {
    child.once('error', error => {
      stderr = String(error);
      resolve(-1);
    });
    child.once('close', code => resolve(code ?? -1));
  });
  const moved = new Promise<'moved'>(resolve => child.stdout?.once('data', () => resolve('moved')));
  const first = await Promise.race([moved, ended]);
  if (first === isHeldCode) return { stderr: null };
  if (first !== 'moved') return { stderr: stderr === '' ? `it ended with code ${first}` : stderr };
  const answer = async (word: string) => {
    child.stdin?.end(`${word}\n`);
    await ended;
  };
  return { keep: () => answer('keep'), undo: () => answer('undo') };
}

const stderrCharsMax = 64_000;

/**
 * Takes away the locks that a killed following of this hub left in the person's repository, when nothing of it
 * runs any more. Answers when the newest of them was made, in milliseconds since the epoch; null where there is none.
 */
export function takeLeftLocks(repository: string, hub: string): number | null {
  const left = indexLocksOf(repository).filter(path => textOf(path) === claimOf(hub));
  if (left.length === 0 || findByEnvironment(mark, hub).length > 0) return null;
  const times = left.map(path => statSync(path).mtimeMs);
  try {
    for (const path of left) rmSync(path, { force: true });
  } catch (error) {
    throw new GitError(messageOf(error));
  }
  return Math.max(...times);
}

function indexLocksOf(repository: string): readonly string[] {
  const own = gitDirOf(repository);
  if (own === null) return [];
  const common = commonDirOf(own);
  const linked = join(common, 'worktrees');
  const names = statSync(linked, { throwIfNoEntry: false }) ? readdirSync(linked) : [];
  const folders = new Set([own, common, ...names.map(name => join(linked, name))]);
  return [...folders].map(folder => join(folder, 'index.lock'));
}

function textOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
