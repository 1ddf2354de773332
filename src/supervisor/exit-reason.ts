import { cleanText } from '../lib/clean-text.ts';
import type { Terminal } from '../ports/terminals.ts';

/** Of what a program showed at its end: a message may be wrapped. */
const lastWordsRows = 3;
const lastWordsCharsMax = 300;

const sessionGone =
  /\b(no (saved )?(conversation|session) found|(session|thread|conversation)\b.*\b(not found|does not exist))/i;

/** Whether a program that was to go on with its session says with its last words that it has none of that name. */
export const isSessionGone = (reason: string): boolean => sessionGone.test(reason);

/** What is behind the last words of programs, and what helps. */
const remedies: readonly (readonly [RegExp, string])[] = [
  [
    /\b(unknown|unrecognized|unexpected|invalid) (option|argument|flag)\b/i,
    'it does not know a flag that Belfry uses: “belfry doctor” says which versions were seen at work',
  ],
  [sessionGone, 'its session is gone: a fresh one will take its work over'],
  [
    /\btimed out waiting for state db backfill\b/,
    'another Codex, or one that was killed, had begun to set up its store: started again it goes on when that is done',
  ],
  [/\bENOSPC\b|\bno space left\b/i, 'its disk is full: make room'],
  [
    /\bEACCES\b|\bEROFS\b|\bpermission denied\b/i,
    'it may not write there: see who owns that folder',
  ],
  [
    /\b(not logged in|please (log|sign) in|login required|no auth credentials)\b/i,
    'run it once in a terminal of your own and log in',
  ],
  [/\bENOENT\b/, 'something it needs is missing: install it again, or see “belfry doctor”'],
];

/** The message with what helps behind it, where that is known. */
export function withRemedy(message: string): string {
  const remedy = remedies.find(([pattern]) => pattern.test(message))?.[1];
  return remedy === undefined ? message : `${message} — ${remedy}`;
}

/** Its last words tell why a program ended by itself; a killed one had none. */
export function exitReason(terminal: Pick<Terminal, 'exit' | 'screen'>): string {
  const { code, signal } = terminal.exit ?? { code: 0, signal: 0 };
  if (signal > 0) return `ended by signal ${signal}`;
  const { cols } = terminal.screen;
  const words = terminal.screen.lines().filter(line => line.trim() !== '');
  // A row that is full to its edge goes on in the next, also in the middle of a word.
  const rows = words.slice(-lastWordsRows).map(row => (row.length >= cols ? row : `${row} `));
  const last = cleanText(rows.join('').replace(/\s+/g, ' ').trim());
  const how = `exited with code ${code}`;
  return last === '' ? how : withRemedy(`${how}: ${last.slice(-lastWordsCharsMax)}`);
}
