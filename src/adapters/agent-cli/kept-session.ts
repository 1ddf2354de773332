import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSmallFile } from '../following/read-small-file.ts';

/** Where an agent's home keeps what its program calls the session, so that it can be resumed after any end. */
const keptFile = (home: string, session: string) => join(home, `own-session-${session}`);

export function keepSession(home: string, session: string, own: string): void {
  try {
    writeFileSync(keptFile(home, session), own, { mode: 0o600 });
  } catch {
    // On a full disk the session goes on; only its resumption is lost.
  }
}

/** Null when none was kept. */
export const keptSession = (home: string, session: string): string | null =>
  readSmallFile(keptFile(home, session));
