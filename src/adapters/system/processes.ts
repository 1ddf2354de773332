import { setTimeout as delay } from 'node:timers/promises';
import { findByEnvironment, readProcess, readProcesses } from './process-table.ts';
import { type ProcessTable, ProcessTree, signalTargets, withDescendants } from './process-tree.ts';

/** A pid alone is not a name: it is given again to others. With the start time it is. */
export type ProcessIdentity = { readonly pid: number; readonly startTime: string };

const tagVariable = 'BELFRY_TAG';
/** Passes over a tree that forks while it is signalled. */
const passesMax = 5;
/** A process that survives KILL this long waits in the kernel, and nobody can end it. */
const killWaitMs = 5_000;
const pollMinMs = 10;
const pollMaxMs = 200;

/** Null when no such process runs; a zombie does not run. */
export function identify(pid: number): ProcessIdentity | null {
  const row = readProcess(pid);
  return row === null ? null : { pid, startTime: row.startTime };
}

export function isRunning(identity: ProcessIdentity): boolean {
  return readProcess(identity.pid)?.startTime === identity.startTime;
}

/** The pid and its descendants, parents before children; empty when it does not run. */
export function treeOf(pid: number): readonly number[] {
  return withDescendants([pid], readProcesses());
}

/** Pids that were started with `BELFRY_TAG=tag` or `BELFRY_TAG=tag/…`, whoever their parent is; never our own. */
export function taggedWith(tag: string): readonly number[] {
  return findByEnvironment(tagVariable, tag).filter(pid => pid !== process.pid);
}

/**
 * Signals the tree of `pid`, its session and everything tagged. A `pid` that is neither tagged nor a
 * descendant of this process is a stranger's, and left alone. A tree that is stopped or killed is passed
 * over again until it brings forth nothing new.
 */
export function signalTree(pid: number, tag: string | null, signal: NodeJS.Signals): void {
  const tree = new ProcessTree(pid, process.pid);
  const passes = signal === 'SIGSTOP' || signal === 'SIGKILL' ? passesMax : 1;
  const signalled = new Set<number>();
  for (let pass = 0; pass < passes; pass += 1) {
    const table = readProcesses();
    const targets = tree.living(table, tagged(tag)).filter(target => !signalled.has(target));
    if (targets.length === 0) return;
    send(targets, table, signal);
    for (const target of targets) signalled.add(target);
  }
}

/** Whether anything that `signalTree` would reach runs in another session than `pid`. */
export function hasOtherSession(pid: number, tag: string | null): boolean {
  const table = readProcesses();
  const own = table.get(pid)?.session;
  const living = new ProcessTree(pid, process.pid).living(table, tagged(tag));
  return own !== undefined && living.some(one => table.get(one)?.session !== own);
}

/**
 * TERM to what `signalTree` would reach, then KILL to what is left after `graceMs`. Resolves when none of
 * it runs. What hangs in the kernel is given up 5 s after the first KILL.
 */
export async function endTree(pid: number, tag: string | null, graceMs: number): Promise<void> {
  const tree = new ProcessTree(pid, process.pid);
  let table = readProcesses();
  let living = tree.living(table, tagged(tag));
  send(living, table, 'SIGTERM');
  // A held process takes TERM only after it may run again.
  send(living, table, 'SIGCONT');
  const start = performance.now();
  for (let pollMs = pollMinMs; living.length > 0; pollMs = Math.min(pollMs * 2, pollMaxMs)) {
    const waitedMs = performance.now() - start;
    if (waitedMs > graceMs + killWaitMs) return;
    await delay(waitedMs < graceMs ? Math.min(pollMs, graceMs - waitedMs) : pollMinMs);
    table = readProcesses();
    living = tree.living(table, tagged(tag));
    if (performance.now() - start >= graceMs) send(living, table, 'SIGKILL');
  }
}

function tagged(tag: string | null): readonly number[] {
  return tag === null ? [] : taggedWith(tag);
}

function send(pids: readonly number[], table: ProcessTable, signal: NodeJS.Signals): void {
  for (const target of signalTargets(pids, table)) {
    // Asked right before the signal: the pid may have been given to another since the table was read.
    const isSame = readProcess(target)?.startTime === table.get(target)?.startTime;
    if (target > 0 && !isSame) continue;
    try {
      process.kill(target, signal);
    } catch {
      // It ended in the meantime, or it is not ours to signal; the next look at the table tells.
    }
  }
}
