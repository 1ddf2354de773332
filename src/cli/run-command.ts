import { basename, resolve } from 'node:path';
import { JournalDeadError } from '../ports/journal.ts';
import type { Io } from './commands.ts';
import { DeferredStore } from './deferred-store.ts';
import { firstRun } from './first-run/first-run.ts';
import { type OpenedTeam, openTeam } from './open-team.ts';
import { parseCommand } from './parse-arguments.ts';
import { UserError } from './user-error.ts';

/** `belfry [FOLDER]`: the page on a repository, until the person quits. */
export async function runTeamCommand(args: readonly string[], io: Io): Promise<number> {
  const { positionals } = parseCommand(args, { flags: {}, positionals: [0, 1] });
  const folder = resolve(io.cwd, positionals[0] ?? '.');
  requireTerminal();
  const first = await firstRun(folder, io);
  if (first.kind === 'signal') return 128 + first.number;
  if (first.kind === 'left') {
    io.stdout('Nothing was changed. “belfry demo” shows a team at work.\n');
    return 0;
  }
  return runTeamOn(folder, io);
}

/** Opens the page at once, then the team behind it. Resolves with the exit code after everything is saved. */
export async function runTeamOn(folder: string, io: Io): Promise<number> {
  requireTerminal();
  const { openPage } = await import('./open-page.ts');
  const store = new DeferredStore(basename(folder));
  const page = openPage(store);
  let team: OpenedTeam | null = null;
  try {
    team = await openTeam(folder, io, page.notifier, error => page.end({ kind: 'failed', error }));
    store.attach(team.store);
    const end = await page.ended;
    if (end.kind === 'failed') throw end.error;
    store.addNotice('saving the work and ending the agents …');
    await team.end();
    page.close();
    io.stdout(farewell(team.store.getState().tasks));
    return end.kind === 'signal' ? 128 + end.number : 0;
  } catch (error) {
    page.close();
    await team?.abandon();
    if (error instanceof JournalDeadError)
      throw new UserError(
        `${error.message}\nNothing that it does not hold was done. Make room, and start again.`,
      );
    throw error;
  }
}

function farewell(tasks: Readonly<Record<string, { readonly column: string }>>): string {
  const all = Object.values(tasks);
  const open = all.filter(task => task.column !== 'done').length;
  return open === 0
    ? `Belfry: all ${all.length} tasks are done; everything is saved.\n`
    : `Belfry: saved. ${open} of ${all.length} tasks are open; the next start goes on with them.\n`;
}

function requireTerminal(): void {
  if (process.stdin.isTTY && process.stdout.isTTY) return;
  throw new UserError(
    'the page needs a terminal for input and output. “belfry status --json” works without one.',
  );
}
