import { openSync, readdirSync } from 'node:fs';
import type { Stream } from 'node:stream';

export type StdioEntry = 'pipe' | 'ignore' | 'inherit' | Stream | number;
export type StdioArray = StdioEntry[];

let sharedNull: number | null = null;

/**
 * The `stdio` of every child process that is not a PTY. node-pty opens PTY masters without the
 * close-on-exec flag, so a plain child would inherit them all: a test run by the gate could type into an
 * agent's terminal, and no terminal would hang up while that child lives. Every number from 3 to the
 * highest one open here is therefore given to the child as `/dev/null`. Node's `'ignore'` is not enough:
 * from 3 on it means "leave as it is". Call it right before the spawn, without awaiting between.
 */
export function padStdio(first: readonly [StdioEntry, StdioEntry, StdioEntry]): StdioArray {
  sharedNull ??= openSync('/dev/null', 'r+');
  const padding = Array<StdioEntry>(Math.max(0, highestOpenFd() - 2)).fill(sharedNull);
  return [...first, ...padding];
}

function highestOpenFd(): number {
  const folder = process.platform === 'linux' ? '/proc/self/fd' : '/dev/fd';
  return readdirSync(folder).reduce((highest, name) => Math.max(highest, Number(name)), 2);
}
