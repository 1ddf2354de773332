import { JournalDamagedError, JournalNewerError } from '../adapters/journal/journal-errors.ts';
import { readJournal, streamJournal } from '../adapters/journal/read-journal.ts';
import { Fold } from '../core/apply/fold.ts';
import type { Event } from '../core/event.ts';
import type { State } from '../core/state.ts';
import { UserError } from './user-error.ts';

/** `sysexits.h`: the input data was incorrect. */
const exitDamaged = 65;

/** A journal that cannot be trusted is the person's to mend; any other error is passed on as it is. */
export function asJournalProblem(error: unknown): unknown {
  const isTheirs = error instanceof JournalDamagedError || error instanceof JournalNewerError;
  return isTheirs ? new UserError(error.message, exitDamaged) : error;
}

/** The facts of a journal, for commands that only look. Throws `UserError` when it is damaged. */
export async function readFacts(path: string): Promise<readonly Event[]> {
  try {
    return await readJournal(path);
  } catch (error) {
    throw asJournalProblem(error);
  }
}

/** Tells a journal fact by fact and keeps none of them. Throws `UserError` when it is damaged. */
export async function tellFacts(path: string, tell: (event: Event) => void): Promise<void> {
  try {
    for await (const part of streamJournal(path)) part.forEach(tell);
  } catch (error) {
    throw asJournalProblem(error);
  }
}

/** What a journal makes true. Throws `UserError` when it is damaged. */
export async function readState(path: string): Promise<State> {
  const fold = new Fold();
  await tellFacts(path, event => fold.take(event));
  return fold.keep();
}
