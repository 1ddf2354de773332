import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { isInTmux } from '../../adapters/system/terminal-notifier.ts';
import type { Io } from '../io.ts';
import type { Finding } from './check-setup.ts';

/** An answer that takes longer than this comes from a server that hangs. */
const answerWithinMs = 2_000;

/** Whether desktop notifications get through tmux; null outside of it. The bell and the title always do. */
export async function tmuxFinding(env: Io['env']): Promise<Finding | null> {
  if (!isInTmux(env)) return null;
  const option = await passThrough(env);
  if (option === null) return null;
  if (option !== 'off')
    return { isGood: true, text: 'tmux hands desktop notifications on to your terminal' };
  return {
    isGood: true,
    text: 'tmux keeps desktop notifications to itself: bell and title call you all the same',
    remedy: '“set -g allow-passthrough on” in ~/.tmux.conf lets them through.',
  };
}

/** The option of this pane; empty before tmux 3.3, which has none and hands everything on. Null: no answer. */
async function passThrough(env: Io['env']): Promise<string | null> {
  const args = ['show-options', '-Apqv', 'allow-passthrough'];
  try {
    const options = { env: { ...env }, timeout: answerWithinMs };
    const { stdout } = await promisify(execFile)('tmux', args, options);
    return stdout.trim();
  } catch {
    return null;
  }
}
