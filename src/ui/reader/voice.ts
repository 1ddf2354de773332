import { cleanText } from '../../lib/clean-text.ts';
import type { TeamStore } from '../../ports/team-store.ts';
import type { Terminal } from '../../ports/terminals.ts';
import type { Feed } from '../feed.ts';
import type { TerminalOutput } from '../io/ink-output.ts';
import type { Overlay } from '../model/model.ts';
import { detailText } from '../present/panels/detail-panel.ts';
import type { Picture } from '../present/picture.ts';
import { rowsAtOnce, spoken, spokenStatus } from './spoken.ts';

/** Nothing is cut that is read out. */
const readOut = { width: Number.POSITIVE_INFINITY, height: Number.POSITIVE_INFINITY };

/** A terminal that is typed into is read out when it has been still for so long. */
const stillMs = 600;

/**
 * Writes the page as lines for a screen reader: what changed, once, from top to bottom, with nothing but
 * text and line ends. Typed characters are echoed as they come, as a terminal does.
 */
export class Voice {
  readonly #store: TeamStore;
  readonly #feed: Feed;
  readonly #output: TerminalOutput;
  readonly #stop: () => void;
  #last: Picture;
  #isInLine = false;
  #heard: { readonly terminal: Terminal; readonly stop: () => void } | null = null;
  #known: ReadonlySet<string> = new Set();
  #timer: NodeJS.Timeout | null = null;

  constructor(store: TeamStore, feed: Feed, output: TerminalOutput, greeting: string) {
    this.#store = store;
    this.#feed = feed;
    this.#output = output;
    this.#last = feed.picture();
    if (greeting !== '') this.#say([greeting]);
    this.#feed.setGeometry({
      ...{ scrollMax: 0, pageRows: rowsAtOnce, columns: 80 },
      needsRoom: readOut,
    });
    this.sayStatus();
    this.#stop = feed.subscribe(() => this.#changed());
  }

  sayStatus(): void {
    this.#say(spokenStatus(this.#feed.picture()));
  }

  close(): void {
    this.#stop();
    this.#heard?.stop();
    if (this.#timer) clearTimeout(this.#timer);
    if (this.#isInLine) this.#say([]);
  }

  #changed(): void {
    const picture = this.#feed.picture();
    const last = this.#last;
    if (picture === last) return;
    this.#last = picture;
    this.#echo(typedText(last.ui.overlay), typedText(picture.ui.overlay));
    this.#say(spoken(last, picture));
    this.#hear(picture);
    const opened = picture.ui.focus === 'detail' && picture.ui.view === 'terminal';
    const wasOpen = last.ui.focus === 'detail' && last.ui.view === 'terminal';
    if (opened && (!wasOpen || last.shownAgent?.id !== picture.shownAgent?.id))
      this.#sayTerminal(picture);
    const rows = detailText(picture, this.#output.columns ?? 80)?.length ?? 0;
    this.#feed.setGeometry({
      ...{ scrollMax: Math.max(0, rows - 1), pageRows: rowsAtOnce, columns: 80 },
      needsRoom: readOut,
    });
  }

  #sayTerminal({ shownAgent }: Picture): void {
    const terminal = shownAgent && this.#store.terminalOf(shownAgent.id);
    if (!terminal) return;
    const rows = terminal.screen.lines().filter(row => row.trim() !== '');
    this.#say([`Terminal of ${shownAgent.id}:`, ...rows]);
  }

  /** Reads out what is new on the terminal that has the keyboard. */
  #hear({ ui }: Picture): void {
    const terminal = ui.typingTo === null ? null : this.#store.terminalOf(ui.typingTo);
    if (terminal === (this.#heard?.terminal ?? null)) return;
    this.#heard?.stop();
    this.#heard = null;
    if (terminal === null) return;
    this.#known = new Set(terminal.screen.lines());
    this.#heard = { terminal, stop: terminal.onChange(() => this.#terminalMoved(terminal)) };
  }

  #terminalMoved(terminal: Terminal): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = null;
      const rows = terminal.screen.lines();
      this.#say(rows.filter(row => row.trim() !== '' && !this.#known.has(row)));
      this.#known = new Set(rows);
    }, stillMs);
  }

  #echo(before: Typed | null, after: Typed | null): void {
    if (before?.place !== after?.place || before === null || after === null) return;
    if (before.text === after.text) return;
    if (!after.text.startsWith(before.text)) {
      this.#say([after.text === '' ? 'empty' : after.text]);
      return;
    }
    this.#output.write(after.text.slice(before.text.length).replaceAll('\n', ' '));
    this.#isInLine = true;
  }

  #say(lines: readonly string[]): void {
    const end = this.#isInLine ? '\n' : '';
    this.#isInLine = this.#isInLine && lines.length === 0;
    // The one place where words of agents, files and programs become output: nothing else cleans them here.
    const text = lines.map(line => `${cleanText(line)}\n`).join('');
    if (text !== '') this.#output.write(end + text);
  }
}

type Typed = { readonly place: string; readonly text: string };

/** The text of the field that takes what is typed; null where none does. */
function typedText(overlay: Overlay | null): Typed | null {
  if (overlay === null) return null;
  if (overlay.kind !== 'form')
    return 'query' in overlay ? { place: overlay.kind, text: overlay.query.text } : null;
  const field = overlay.fields[overlay.index];
  return field ? { place: `${overlay.title} ${overlay.index}`, text: field.field.text } : null;
}
