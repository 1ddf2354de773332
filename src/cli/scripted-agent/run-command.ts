import { spawn } from 'node:child_process';
import { padStdio } from '../../adapters/system/pad-stdio.ts';

export type CommandResult = { readonly code: number; readonly output: string };

/** More output than anybody reads; the command goes on, the rest is dropped. */
const outputCharsMax = 200_000;
const killAfterMs = 1_000;

/** Process groups of the commands that run now, so that a signal to the agent ends them too. */
const running = new Set<number>();

export function endRunningCommands(): void {
  for (const pid of running) signalGroup(pid, 'SIGKILL');
}

/**
 * Runs a program in a process group of its own, as agent CLIs run their tools. Resolves with code 127
 * when it cannot be started. Rejects only when `signal` interrupts it, after its group was told to end.
 */
export function runCommand(
  file: string,
  args: readonly string[],
  signal: AbortSignal,
): Promise<CommandResult> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const stdio = padStdio(['ignore', 'pipe', 'pipe']);
    const child = spawn(file, args, { stdio, detached: true });
    const { pid } = child;
    let output = '';
    const take = (chunk: string) => {
      if (output.length < outputCharsMax) output += chunk;
    };
    child.stdout?.setEncoding('utf8').on('data', take);
    child.stderr?.setEncoding('utf8').on('data', take);
    const interrupt = () => {
      if (pid === undefined) return;
      signalGroup(pid, 'SIGTERM');
      setTimeout(() => running.has(pid) && signalGroup(pid, 'SIGKILL'), killAfterMs).unref();
    };
    const settle = (result: CommandResult) => {
      if (pid !== undefined) running.delete(pid);
      signal.removeEventListener('abort', interrupt);
      if (signal.aborted) reject(signal.reason);
      else resolve(result);
    };
    if (pid !== undefined) running.add(pid);
    signal.addEventListener('abort', interrupt);
    child.on('error', error => settle({ code: 127, output: error.message }));
    child.on('close', (code, how) =>
      settle({ code: code ?? 1, output: how ? `${output}\n(${how})` : output }),
    );
  });
}

export const runShell = (command: string, signal: AbortSignal): Promise<CommandResult> =>
  runCommand('/bin/sh', ['-c', command], signal);

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {}
}
