import { constants } from 'node:os';
import { installTerminalRestore, writeDirectly } from '../../adapters/terminal/restore-terminal.ts';
import { cleanText } from '../../lib/clean-text.ts';

export type PageEnd =
  | { readonly kind: 'quit' }
  /** The person wants a changed team.yaml to count. */
  | { readonly kind: 'again' }
  | { readonly kind: 'signal'; readonly number: number }
  | { readonly kind: 'failed'; readonly error: unknown };

export type OpeningScreen = {
  /** Resolves when the person quits, a signal asks for the end, or something failed. */
  readonly ended: Promise<PageEnd>;
  end(how: PageEnd): void;
  /** Gives the terminal back. May be called twice. */
  restore(): void;
};

/** The alternate screen, empty, without its cursor (DEC private modes 1049 and 25). */
const enter = '\u001b[?1049h\u001b[2J\u001b[H\u001b[?25l';
const bold = (text: string) => `\u001b[1m${text}\u001b[0m`;

/**
 * Takes the terminal and draws the row that the page begins with. Reading the page itself from the disk
 * takes several times as long as starting an empty program, and a key press deserves an answer at once.
 * From here on the terminal is given back whatever happens.
 */
export function showOpening(repositoryName: string): OpeningScreen {
  const screen = awaitEnd(writeDirectly);
  const widthMax = Math.max(8, Math.floor((process.stdout.columns || 80) / 5));
  const name = Array.from(cleanText(repositoryName)).slice(0, widthMax).join('');
  process.stdout.write(`${enter} ${bold(name)}  starting`);
  return screen;
}

/** Waits for the end without drawing. Whoever writes lines alone has nothing to restore, and restoring moves the cursor. */
export function awaitEnd(write: (text: string) => void = () => {}): OpeningScreen {
  const { promise: ended, resolve: end } = Promise.withResolvers<PageEnd>();
  const restore = installTerminalRestore(write, signal =>
    end({ kind: 'signal', number: constants.signals[signal] }),
  );
  return { ended, end, restore };
}
