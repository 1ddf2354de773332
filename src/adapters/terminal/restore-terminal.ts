import { writeSync } from 'node:fs';
import { codeOf } from '../../lib/thrown.ts';

/**
 * Gives the terminal back as a shell expects it: mouse, paste and focus reports off, the kitty
 * keyboard popped, a frame ended, the cursor shown, the first screen, plain text. The launcher
 * writes the same after a kill that no program can handle.
 */
export const RESET_SEQUENCE =
  '\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?2004l\x1b[?1004l' +
  '\x1b[<u\x1b[?2026l\x1b[?7h\x1b[?25h\x1b[?1049l\x1b[0m';

export type TerminationSignal = 'SIGINT' | 'SIGQUIT' | 'SIGTERM' | 'SIGHUP';

const signals: readonly TerminationSignal[] = ['SIGINT', 'SIGQUIT', 'SIGTERM', 'SIGHUP'];

/**
 * From here on the terminal is restored when the process exits or dies of an error, before the error
 * is printed. A signal, and the end of the terminal itself, is passed to `onSignal`, which has to bring the
 * process to its exit.
 * Returns what restores at once and ends the watch; only the first restore writes, because leaving
 * the second screen twice would put the cursor back over what was printed in between.
 */
export function installTerminalRestore(
  write: (text: string) => void,
  onSignal: (signal: TerminationSignal) => void,
): () => void {
  const restore = (): void => {
    process.off('exit', restore);
    process.off('uncaughtExceptionMonitor', restore);
    for (const signal of signals) process.off(signal, onSignal);
    process.stdin.off('end', hangUp).off('error', hangUp);
    if (isRestored) return;
    isRestored = true;
    write(RESET_SEQUENCE);
  };
  let isRestored = false;
  // The signal of a closed terminal goes to the first program in it; some, like su, keep it to themselves.
  const hangUp = (): void => onSignal('SIGHUP');
  process.stdin.on('end', hangUp).on('error', hangUp);
  process.on('exit', restore);
  process.on('uncaughtExceptionMonitor', restore);
  for (const signal of signals) process.on(signal, onSignal);
  return restore;
}

/** A busy terminal is asked again this often, about a tenth of a second in all. */
const attemptsMax = 100;
const attemptMs = 1;

/** Writes to the person's terminal before it returns, so that it also works in an exit listener. */
export function writeDirectly(text: string): void {
  let rest = Buffer.from(text);
  for (let attempt = 0; rest.length > 0 && attempt < attemptsMax; attempt += 1) {
    try {
      rest = rest.subarray(writeSync(1, rest));
    } catch (error) {
      const isBusy = codeOf(error) === 'EAGAIN';
      // Anything else means that the terminal is gone, and with it what was to be restored.
      if (!isBusy) return;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, attemptMs);
    }
  }
}
