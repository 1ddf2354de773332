import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { settingsPath } from '../adapters/config/settings.ts';
import { exportTask } from '../adapters/recording/export-task.ts';
import { codeOf, messageOf } from '../lib/thrown.ts';
import type { Io } from './io.ts';
import { openState } from './open-state.ts';
import { ownSettings } from './page/own-settings.ts';
import { parseCommand } from './parse-arguments.ts';
import { taskArgument } from './task-argument.ts';
import { UserError } from './user-error.ts';

/** `belfry record T-12`: all attempts of a task as one asciicast. Overwrites nothing. */
export async function runRecordCommand(args: readonly string[], io: Io): Promise<number> {
  const { flags, positionals } = parseCommand(args, {
    flags: { out: 'string' },
    positionals: [1, 1],
  });
  const task = taskArgument(positionals[0] ?? '');
  const { state } = await openState(io.cwd, io);
  const recording = await exportTask(state.recordings, task);
  if (recording === null) {
    const { settings } = await ownSettings(io.env);
    const made = settings.record
      ? 'Recordings are made while an engineer works on it'
      : `None are made, since ${settingsPath(io.env)} says “record: false”`;
    throw new UserError(
      `nothing of ${task} is recorded here. ${made}; ` +
        `they are in ${state.recordings}, and the oldest are dropped when they become too many.`,
    );
  }
  const out = flags.out ?? `${task}.cast`;
  if (out === '-') {
    io.stdout(recording.cast);
    return 0;
  }
  const path = resolve(io.cwd, out);
  try {
    await writeFile(path, recording.cast, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if (codeOf(error) === 'EEXIST')
      throw new UserError(`${path} is there already; name another file with --out.`);
    throw new UserError(`${path} cannot be written: ${messageOf(error)}`);
  }
  const { attempts, agents, seconds } = recording;
  const count = attempts === 1 ? '1 attempt' : `${attempts} attempts`;
  io.stdout(
    `Wrote ${path}: ${count} by ${agents.join(', ')}, ${seconds} seconds with waits shortened. “asciinema play” shows it.\n`,
  );
  return 0;
}
