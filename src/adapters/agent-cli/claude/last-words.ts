const spinner = /^[·✢✳✶✻✽✦✧*+] \S.*…/;
/** What the spinner says while an attempt has failed: why, and which comes next. */
export const retry = /^\S (.*?) · [Rr]etrying in .*attempt (\d+\/\d+)/;

/** The line with the spinner, between the newest message and the input box; null when no turn runs. */
export function activityLine(above: readonly string[]): string | null {
  for (const line of [...above].reverse()) {
    if (/^[●❯⏺]/.test(line)) return null;
    if (spinner.test(line) || retry.test(line)) return line;
  }
  return null;
}

/** What stands newest under a message: a result of its tools, or what ended its turn. */
export const lastNote = (above: readonly string[]): string =>
  noteAt(above, above.findLastIndex(isNote));

const isNote = (line: string) => /^ {2}⎿/.test(line);

/** Rows that a note takes on a narrow screen; results of tools take more. */
const noteRowsMax = 3;

/** Without its sign and in one line; empty when there is none. */
function noteAt(above: readonly string[], at: number): string {
  const rows = above.slice(Math.max(0, at), at + noteRowsMax);
  const more = rows.slice(1).findIndex(line => !/^ {5}\S/.test(line));
  const whole = rows.slice(0, more === -1 ? undefined : more + 1);
  return whole.map(line => line.replace(/^ {2}⎿/, '').trim()).join(' ');
}

/** What 2.1.330 adds under a limit after which it goes on by itself. */
const goesOn = /^● (Usage limit reached( again)? · set to continue|Automatic continue cancelled)/;

type Message = { readonly text: string; readonly isAnswer: boolean };

/** The first line of the newest message, or of what Claude Code wrote under the newest prompt. */
export function lastMessage(above: readonly string[]): Message {
  const at = above.findLastIndex(line => /^[●❯⏺]/.test(line) && !goesOn.test(line));
  const head = above[at] ?? '';
  if (head !== '' && !head.startsWith('❯')) return { text: head.slice(1).trim(), isAnswer: true };
  const below = above.slice(at + 1).findIndex(isNote);
  return { text: below === -1 ? '' : noteAt(above, at + 1 + below), isAnswer: false };
}

/** 2.1.330 says so under every turn but one that failed. */
export const endedWell = (above: readonly string[]): boolean =>
  /^✻ .* · done \d/.test(above.findLast(line => line.trim() !== '') ?? '');
