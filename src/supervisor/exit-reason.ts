import { cleanText } from '../lib/clean-text.ts';
import type { Terminal } from '../ports/terminals.ts';

/** Of what a program showed at its end: a message may be wrapped. */
const lastWordsRows = 3;
const lastWordsCharsMax = 300;
/** The place of a mistake in a file, or where a program was, stands in more rows below what is wrong. */
const messageRowsMax = 30;
const messageHead =
  /^\W*(\w*error|fatal|panic(ked)?)\b.*:|^E[A-Z]{3,}: |\berror occurred:|^Config file at /i;

const sessionGone =
  /\b(no (saved |previous )?(conversation|session)s? found|invalid session identifier\b|(session|thread|conversation)\b.*\b(not found|does not exist))/i;

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
    /\bEACCES\b|\bEROFS\b|\bpermission denied\b|\bread-only file ?system\b/i,
    'it may not write there: see who owns that folder, and whether its disk is read-only',
  ],
  [
    /\b(not logged in|please (log|sign) in|login required|no auth credentials)\b/i,
    'run it once in a terminal of your own and log in',
  ],
  [
    /\bnot valid JSON|\bloading config\.toml\b|\bJSON Parse error\b|\bConfiguration is invalid\b|\binvalid type: .*, expected a\b/i,
    'a settings file of its own has a mistake: mend it at the place that it names',
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
  const words = terminal.screen.lines().filter(line => /\w/.test(line) && !isExcerpt(line));
  const below = words.slice(-messageRowsMax);
  const head = below.findLastIndex(row => messageHead.test(row));
  const last = oneLine(below.slice(head === -1 ? -lastWordsRows : head), cols);
  const how = `exited with code ${code}`;
  return last === '' ? how : withRemedy(`${how}: ${withoutMiddle(last)}`);
}

/** Of a file, with the number of its line, or of the calls of a program: what is wrong stands above it. */
const isExcerpt = (line: string): boolean => /^\s*\d+ +\| |^\s+at \S/.test(line);

function withoutMiddle(text: string): string {
  if (text.length <= lastWordsCharsMax) return text;
  const half = Math.floor(lastWordsCharsMax / 2);
  return `${text.slice(0, half)} … ${text.slice(-half)}`;
}

/** A row that is full to its edge goes on in the next, also in the middle of a word. */
function oneLine(rows: readonly string[], cols: number): string {
  const joined = rows.map(row => (row.length >= cols ? row : `${row} `)).join('');
  return cleanText(joined.replace(/\s+/g, ' ').trim());
}
