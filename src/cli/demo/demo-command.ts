import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { stateBaseOf, stateFolderOf } from '../../adapters/system/state-folder.ts';
import type { Io } from '../io.ts';
import { readState } from '../journal-problem.ts';
import { parseCommand } from '../parse-arguments.ts';
import { asHeard, runTeamOn } from '../run-command.ts';
import { isSpeed, speedMax } from '../scripted-agent/read-arguments.ts';
import { exitUsage, UserError } from '../user-error.ts';
import { createDemoRepository } from './demo-repository.ts';

/**
 * `belfry demo`: the real program on a demo repository with a scripted team. A demo that was cut off
 * goes on; a finished one is left alone and a new one begins.
 */
export async function runDemoCommand(args: readonly string[], io: Io): Promise<number> {
  const { flags } = parseCommand(args, {
    flags: { fresh: 'boolean', folder: 'string', speed: 'number', 'screen-reader': 'boolean' },
    positionals: [0, 0],
  });
  if (flags.speed !== undefined && !isSpeed(flags.speed))
    throw new UserError(
      `--speed takes a number above 0, at most ${speedMax}, not ${flags.speed}.`,
      exitUsage,
    );
  const folder =
    flags.folder === undefined
      ? await demoFolder(io, flags.fresh ?? false)
      : resolve(io.cwd, flags.folder);
  const isThere = existsSync(join(folder, '.git'));
  if (isThere && flags.fresh)
    throw new UserError(
      `${folder} has a demo already, and nothing is deleted: without --fresh it goes on, in another --folder a new one begins.`,
    );
  if (!isThere) await createDemoRepository(folder);
  const env = flags.speed === undefined ? {} : { BELFRY_SCRIPT_SPEED: String(flags.speed) };
  const heard = flags['screen-reader'] ? asHeard(io) : io;
  return runTeamOn(folder, { ...heard, env: { ...heard.env, ...env } });
}

/** The newest unfinished demo, or the place for the next one. */
async function demoFolder(io: Io, isFresh: boolean): Promise<string> {
  const demos = join(stateBaseOf(io.env), 'demos');
  mkdirSync(demos, { recursive: true, mode: 0o700 });
  const newest = Math.max(0, ...readdirSync(demos).map(Number).filter(Number.isInteger));
  const last = join(demos, String(newest), 'tally');
  if (newest > 0 && !isFresh && !(await isFinished(last, io))) return last;
  return join(demos, String(newest + 1), 'tally');
}

async function isFinished(folder: string, io: Io): Promise<boolean> {
  if (!existsSync(folder)) return false;
  const tasks = Object.values((await readState(stateFolderOf(folder, io.env).journal)).tasks);
  return tasks.length > 0 && tasks.every(task => task.column === 'done');
}
