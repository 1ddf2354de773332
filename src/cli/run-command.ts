import { basename, resolve } from 'node:path';
import { JournalDeadError } from '../ports/records/journal.ts';
import type { Io } from './io.ts';
import type { OpenedTeam } from './open-team.ts';
import { DeferredStore } from './page/deferred-store.ts';
import { heardVariable, isHeard } from './page/is-heard.ts';
import type { OpenPage } from './page/open-page.ts';
import { awaitEnd, type PageEnd, showOpening } from './page/opening-screen.ts';
import { parseCommand } from './parse-arguments.ts';
import { hasTeamFile } from './team-file/has-team-file.ts';
import { watchTeamFile } from './team-file/watch-team-file.ts';
import { UserError } from './user-error.ts';

/** `belfry [FOLDER]`: the page on a repository, until the person quits. */
export async function runTeamCommand(args: readonly string[], io: Io): Promise<number> {
  const { flags, positionals } = parseCommand(args, {
    flags: { 'screen-reader': 'boolean' },
    positionals: [0, 1],
  });
  const heard = flags['screen-reader'] ? asHeard(io) : io;
  const folder = resolve(io.cwd, positionals[0] ?? '.');
  requireTerminal();
  if (!hasTeamFile(folder)) {
    const { firstRun } = await import('./first-run/first-run.ts');
    const first = await firstRun(folder, heard);
    if (first.kind === 'signal') return 128 + first.number;
    if (first.kind === 'left') {
      io.stdout('Nothing was changed. “belfry demo” shows a team at work.\n');
      return 0;
    }
  }
  return runTeamOn(folder, heard);
}

/** As if the person's settings asked for lines instead of a drawn page. */
export const asHeard = (io: Io): Io => ({ ...io, env: { ...io.env, [heardVariable]: '1' } });

/** Runs the team of a folder until the person leaves. Resolves with the exit code after everything is saved. */
export async function runTeamOn(folder: string, io: Io): Promise<number> {
  requireTerminal();
  for (;;) {
    const end = await runOnce(folder, io);
    if (end.kind === 'signal') return 128 + end.number;
    if (end.kind === 'quit') return 0;
  }
}

/** Opens the page at once, then the team behind it. */
async function runOnce(folder: string, io: Io): Promise<Exclude<PageEnd, { kind: 'failed' }>> {
  const screen = (await isHeard(io.env)) ? awaitEnd() : showOpening(basename(folder));
  let page: OpenPage | null = null;
  let team: OpenedTeam | null = null;
  try {
    const [{ openPage }, { loadPageSettings }] = await Promise.all([
      import('./page/open-page.ts'),
      import('./page/page-settings.ts'),
    ]);
    const settings = await loadPageSettings(io.env);
    const store = new DeferredStore(basename(folder));
    page = openPage(store, settings, screen);
    // What the team needs is loaded when the page is on the screen.
    const [{ openTeam }, { keepOutsideNeeds }] = await Promise.all([
      import('./open-team.ts'),
      import('./outside-needs/outside-needs.ts'),
    ]);
    team = await openTeam(folder, io, error => screen.end({ kind: 'failed', error }));
    const teamFile = watchTeamFile({
      ...{ path: team.teamFile, check: team.teamFileProblem, now: team.store.now },
      apply: () => screen.end({ kind: 'again' }),
    });
    store.attach(team.store, team.replays, teamFile);
    const seen = { store: team.store, teamFile };
    const stopKeeping = keepOutsideNeeds(team.outsideNeeds, process.pid, seen);
    if (team.teamNews !== null) {
      store.addNotice(team.teamNews);
      page.say(team.teamNews);
    }
    const end = await screen.ended;
    stopKeeping();
    teamFile.stop();
    if (end.kind === 'failed') throw end.error;
    store.addNotice('saving the work and ending the agents …');
    await team.end();
    page.close();
    if (end.kind !== 'again') io.stdout(farewell(team.store.getState().tasks));
    return end;
  } catch (error) {
    page?.close();
    screen.restore();
    // What fails in the end must not hide why it ends.
    await team?.abandon().catch(() => {});
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
  const end =
    open === 0
      ? `Belfry: all ${all.length} tasks are done; everything is saved.`
      : `Belfry: saved. ${open} of ${all.length} tasks are open; the next start goes on with them.`;
  return open === all.length ? `${end}\n` : `${end} “belfry report” says what it took.\n`;
}

/** Throws `UserError` where there is nothing to draw on. */
export function requireTerminal(): void {
  if (process.stdin.isTTY && process.stdout.isTTY) return;
  throw new UserError(
    'the page needs a terminal for input and output. “belfry status --json” works without one.',
  );
}
