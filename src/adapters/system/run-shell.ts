import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { execa } from 'execa';
import { padStdio } from './pad-stdio.ts';
import { endTree } from './processes.ts';

export type ShellRequest = {
  /** A line for `/bin/sh -c`: what the person wrote into their own files. */
  readonly command: string;
  readonly cwd: string;
  /** The whole environment, but for `BELFRY_TAG`. */
  readonly env: Readonly<Record<string, string>>;
  /** What the command leaves behind in sessions of its own is found by `<tag>/<number of the run>`; see `endTree`. */
  readonly tag: string;
  readonly timeoutMs: number;
  /** Without a byte of output for this long it counts as hung. */
  readonly silenceMs: number;
  readonly onOutput: (bytes: Buffer) => void;
  /** Ends the command when it is aborted. */
  readonly signal: AbortSignal;
};

export type ShellEnd =
  | { readonly kind: 'exited'; readonly code: number }
  | { readonly kind: 'killed'; readonly signal: string }
  | { readonly kind: 'timedOut' }
  | { readonly kind: 'silent' }
  | { readonly kind: 'aborted' }
  /** The shell itself could not be started. */
  | { readonly kind: 'unstarted'; readonly reason: string };

const graceMs = 2_000;
/** Output that is still in the pipes arrives within this, on a busy machine too. */
const drainMs = 1_500;
/** Several runs may carry one tag, and each ends only its own. */
let runs = 0;

/**
 * Runs one command line with pipes, never a PTY: a PTY loses the last output of a child that exits at
 * once. Whatever the end, nothing of its process tree is left when this resolves. Never rejects.
 */
export async function runShell(request: ShellRequest): Promise<ShellEnd> {
  const { command, cwd, timeoutMs, silenceMs, onOutput, signal } = request;
  if (signal.aborted) return { kind: 'aborted' };
  // With every file number filled, a child cannot tell its parent that it could not change folders.
  if (!existsSync(cwd)) return { kind: 'unstarted', reason: `there is no folder ${cwd}` };
  runs += 1;
  const tag = `${request.tag}/run-${runs}`;
  const running = execa('/bin/sh', ['-c', command], {
    cwd,
    env: { ...request.env, BELFRY_TAG: tag },
    extendEnv: false,
    stdio: padStdio(['ignore', 'pipe', 'pipe']) as ['ignore', 'pipe', 'pipe'],
    // A group and session of its own: a signal to the terminal of Belfry is not for the gate.
    detached: true,
    cleanup: false,
    buffer: false,
    reject: false,
  });
  // Its promise waits for the pipes; the events are what counts here.
  running.catch(() => {});
  const child = running.nodeChildProcess;
  let cut: ShellEnd | null = null;
  let ending: Promise<void> | null = null;
  const end = (why: ShellEnd) => {
    cut ??= why;
    ending ??= endTree(child.pid ?? 0, tag, graceMs);
  };
  const timeout = setTimeout(() => end({ kind: 'timedOut' }), timeoutMs);
  let silence = setTimeout(() => end({ kind: 'silent' }), silenceMs);
  let isOver = false;
  const onBytes = (bytes: Buffer) => {
    clearTimeout(silence);
    // What is ended may still talk, and its silence afterwards says nothing.
    if (!isOver) silence = setTimeout(() => end({ kind: 'silent' }), silenceMs);
    onOutput(bytes);
  };
  const closed = new Promise(resolve => child.once('close', resolve));
  child.stdout?.on('data', onBytes);
  child.stderr?.on('data', onBytes);
  const onAbort = () => end({ kind: 'aborted' });
  signal.addEventListener('abort', onAbort, { once: true });
  const ended = await endOf(child);
  // A grandchild that keeps the pipes open must not hold up the verdict.
  await Promise.race([closed, delay(drainMs)]);
  isOver = true;
  clearTimeout(timeout);
  clearTimeout(silence);
  signal.removeEventListener('abort', onAbort);
  await (ending ?? endTree(0, tag, graceMs));
  await Promise.race([closed, delay(drainMs)]);
  child.stdout?.destroy();
  child.stderr?.destroy();
  return cut ?? ended;
}

function endOf(child: ChildProcess): Promise<ShellEnd> {
  return new Promise(resolve => {
    child.once('error', error => resolve({ kind: 'unstarted', reason: error.message }));
    child.once('exit', (code, signal) =>
      resolve(signal === null ? { kind: 'exited', code: code ?? 1 } : { kind: 'killed', signal }),
    );
  });
}
