import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

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
export function keptSession(home: string, session: string): string | null {
  try {
    return readFileSync(keptFile(home, session), 'utf8');
  } catch {
    return null;
  }
}
