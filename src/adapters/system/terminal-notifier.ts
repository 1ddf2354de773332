import { cleanText } from '../../lib/clean-text.ts';
import type { Notifier } from '../../ports/notifier.ts';

type Environment = Readonly<Record<string, string | undefined>>;
/** How a terminal is asked for a desktop notification. */
type Dialect = 'osc9' | 'osc99' | 'osc777' | null;

const charsMax = 200;
const esc = '\x1b';
/** ST ends an OSC everywhere; BEL would also ring in terminals that do not know the sequence. */
const stringTerminator = `${esc}\\`;
const bell = '\x07';

/** Speaks to the person's own terminal in escape sequences: title, bell, and a desktop notification where it knows how. */
export class TerminalNotifier implements Notifier {
  readonly #write: (sequence: string) => void;
  readonly #dialect: Dialect;
  readonly #isWrapped: boolean;
  #title: string | null = null;
  #notifications = 0;

  constructor(write: (sequence: string) => void, env: Environment) {
    this.#write = write;
    this.#isWrapped = isInTmux(env);
    // tmux hides which terminal it runs in. This dialect is the one that most of them know, and none that does
    // not know it shows it; two dialects at once would call the person twice.
    this.#dialect = dialectOf(env) ?? (this.#isWrapped ? 'osc9' : null);
  }

  notify(text: string): void {
    const message = textOf(text);
    if (message === '') return;
    this.#notifications += 1;
    const sequence = this.#sequenceFor(message);
    this.#write(sequence === null ? bell : `${bell}${this.#passThrough(sequence)}`);
  }

  /** An unchanged title is not written again. */
  setTitle(text: string): void {
    const title = textOf(text);
    if (title === this.#title) return;
    this.#title = title;
    this.#write(osc(`0;${title}`));
  }

  #sequenceFor(message: string): string | null {
    switch (this.#dialect) {
      case 'osc9':
        return osc(`9;${message}`);
      case 'osc777':
        // Fields are split at semicolons.
        return osc(`777;notify;Belfry;${message.replaceAll(';', ',')}`);
      case 'osc99':
        return osc(`99;i=belfry-${this.#notifications}:o=unfocused;Belfry: ${message}`);
      case null:
        return null;
    }
  }

  /** tmux hands a sequence on only inside its own DCS with every ESC doubled (tmux(1), allow-passthrough). */
  #passThrough(sequence: string): string {
    if (!this.#isWrapped) return sequence;
    return `${esc}Ptmux;${sequence.replaceAll(esc, esc + esc)}${stringTerminator}`;
  }
}

export const isInTmux = (env: Environment): boolean => (env['TMUX'] ?? '') !== '';

function osc(payload: string): string {
  return `${esc}]${payload}${stringTerminator}`;
}

/** Each terminal's own documentation: kitty 99; urxvt and foot 777; iTerm2, WezTerm, Ghostty, ConEmu and Windows Terminal 9. */
function dialectOf(env: Environment): Dialect {
  const program = (env['TERM_PROGRAM'] ?? '').toLowerCase();
  const term = env['TERM'] ?? '';
  if (env['KITTY_WINDOW_ID'] !== undefined || term === 'xterm-kitty') return 'osc99';
  if (/^(iterm\.app|wezterm|ghostty)$/.test(program) || term === 'xterm-ghostty') return 'osc9';
  if (env['LC_TERMINAL'] === 'iTerm2' || env['ConEmuPID'] !== undefined) return 'osc9';
  if (/^(rxvt-unicode|foot|contour)/.test(term)) return 'osc777';
  return null;
}

function textOf(text: string): string {
  return cleanText(text).trim().slice(0, charsMax).toWellFormed();
}
