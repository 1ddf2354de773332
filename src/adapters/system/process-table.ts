import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { padStdio } from './pad-stdio.ts';

/**
 * One process that runs. Zombies are not in the table: nothing of them is left but the exit code. One whose first
 * thread is gone is a zombie by its state alone: what its other threads are in the middle of still happens.
 */
export type ProcessRow = {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  readonly session: number;
  /** Tells two processes apart that had the same pid, over restarts of the machine too. */
  readonly startTime: string;
};

const isLinux = process.platform === 'linux';

/** Null when no process of this pid runs. */
export function readProcess(pid: number): ProcessRow | null {
  if (!Number.isSafeInteger(pid) || pid <= 0) return null;
  return isLinux ? readProc(pid) : (readPs(['-p', String(pid)])[0] ?? null);
}

/** Every process that runs and can be seen. */
export function readProcesses(): ReadonlyMap<number, ProcessRow> {
  const rows = isLinux ? procPids().map(readProc) : readPs(['-A']);
  return new Map(rows.flatMap(row => (row === null ? [] : [[row.pid, row] as const])));
}

/** Pids whose environment at their start held `name=value` or `name=value/…`. Others' are not readable and not found. */
export function findByEnvironment(name: string, value: string): readonly number[] {
  const exact = `${name}=${value}`;
  const matches = (entry: string) => entry === exact || entry.startsWith(`${exact}/`);
  if (isLinux) {
    return procPids().filter(pid => {
      const environment = readOrNull(`/proc/${pid}/environ`);
      return environment?.includes(exact) === true && environment.split('\0').some(matches);
    });
  }
  // `-E` adds the environment behind the command, separated by spaces.
  return runPs(['-A', '-E', '-ww', '-o', 'pid=,command='])
    .filter(line => line.includes(exact) && line.split(' ').some(matches))
    .map(line => Number.parseInt(line, 10));
}

function procPids(): number[] {
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .map(Number);
}

let bootId: string | null = null;

function readProc(pid: number): ProcessRow | null {
  const stat = readOrNull(`/proc/${pid}/stat`);
  return stat === null ? null : parseStat(pid, stat);
}

/** Fields as in proc_pid_stat(5). The command in parentheses may itself hold parentheses and spaces. */
export function parseStat(pid: number, stat: string): ProcessRow | null {
  const [state, parent, group, session, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [threads, startTicks] = [Number(rest[13]), rest[15]];
  if (state === 'X' || (state === 'Z' && threads <= 1) || startTicks === undefined) return null;
  bootId ??= readOrNull('/proc/sys/kernel/random/boot_id')?.trim() ?? 'unknown';
  return {
    pid,
    parent: Number(parent),
    group: Number(group),
    session: Number(session),
    startTime: `${bootId}:${startTicks}`,
  };
}

function readPs(selection: readonly string[]): ProcessRow[] {
  const lines = runPs([...selection, '-o', 'pid=,ppid=,pgid=,sess=,state=,lstart=']);
  return lines.flatMap(line => {
    const [pid, parent, group, session, state, ...start] = line.trim().split(/\s+/);
    if (state === undefined || state.startsWith('Z')) return [];
    return {
      pid: Number(pid),
      parent: Number(parent),
      group: Number(group),
      // macOS prints an address here; then no pid equals it, and the session tells nothing.
      session: Number(session),
      startTime: start.join(' '),
    };
  });
}

/** `lstart` is written in the local zone and language, so both are fixed. */
function runPs(args: readonly string[]): string[] {
  const { stdout } = spawnSync('/bin/ps', args, {
    encoding: 'utf8',
    env: { LC_ALL: 'C', TZ: 'UTC' },
    stdio: padStdio(['ignore', 'pipe', 'ignore']),
    maxBuffer: 64_000_000,
  });
  return (stdout ?? '').split('\n').filter(line => line.trim() !== '');
}

function readOrNull(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
