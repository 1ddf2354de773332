import type { Pty } from 'node-pty';
import type { Screen, Terminal, TerminalSpec } from '../../ports/terminals.ts';
import { endTree, hasOtherSession, signalTree, taggedWith } from '../system/processes.ts';
import { ByteFeed } from './byte-feed.ts';
import { ChangeSignal } from './change-signal.ts';
import type { ParseQueue } from './parse-queue.ts';
import { pastedKeys } from './pasted-keys.ts';
import { PtyInput } from './pty-input.ts';
import { clampSize, XtermScreen } from './xterm-screen.ts';

/** Hears what the emulator is given, in step with it. It must not throw and not take long. */
export type Tap = {
  output(bytes: Uint8Array): void;
  resized(cols: number, rows: number): void;
};
/** What listens to a new terminal; null when nobody does. */
export type TapFor = (id: string, screen: Screen) => Tap | null;

const changeIntervalMs = 8;
const graceMsDefault = 5_000;
/** A program that asks without reading the answers gets no more of them beyond this. */
const unreadReplyBytesMax = 4 * 1024;
/** The PTY's end is told at the latest 200 ms after the program's; this is the wait for that word. */
const exitWaitMs = 1_000;

export class PtyTerminal implements Terminal {
  readonly id: string;
  readonly pid: number;
  readonly #tag: string | null;
  readonly #pty: Pty;
  readonly #screen: XtermScreen;
  readonly #input: PtyInput;
  readonly #feed: ByteFeed;
  readonly #tap: Tap | null;
  readonly #changes: ChangeSignal;
  readonly #exited = Promise.withResolvers<void>();
  #bytesReceived = 0;
  #isOpen = true;
  #exit: Terminal['exit'] = null;

  constructor(spec: TerminalSpec, pty: Pty, queue: ParseQueue, tapFor: TapFor) {
    this.id = spec.id;
    this.pid = pty.pid;
    this.#tag = spec.env['BELFRY_TAG'] ?? null;
    this.#pty = pty;
    this.#input = new PtyInput(pty);
    this.#changes = new ChangeSignal(changeIntervalMs, () => this.#screen.isDrawing);
    this.#screen = new XtermScreen(spec.cols, spec.rows, {
      onChange: () => this.#changes.raise(),
      onReply: reply => {
        if (this.#isOpen && this.#input.queuedBytes < unreadReplyBytesMax) this.#input.write(reply);
      },
    });
    this.#tap = tapFor(spec.id, this.#screen);
    this.#feed = new ByteFeed(queue, {
      parse: bytes => {
        this.#screen.parse(bytes);
        this.#tap?.output(bytes);
      },
      pause: () => pty.pause(),
      resume: () => pty.resume(),
    });
    pty.on('error', () => {
      // Reading ends, and the exit follows.
    });
    pty.onData(bytes => {
      this.#bytesReceived += bytes.length;
      this.#feed.push(bytes);
    });
    pty.onExit(({ exitCode, signal }) => this.#finish(exitCode, signal ?? 0));
  }

  get screen(): Screen {
    return this.#screen;
  }

  get bytesReceived(): number {
    return this.#bytesReceived;
  }

  get exit(): Terminal['exit'] {
    return this.#exit;
  }

  write(keys: string): void {
    if (this.#isOpen) this.#input.write(keys);
  }

  paste(text: string): void {
    this.write(pastedKeys(text, this.#screen.wantsBracketedPaste));
  }

  wheel(by: 1 | -1, x: number, y: number): boolean {
    const report = this.#isOpen ? this.#screen.wheelReport(by, x, y) : null;
    if (report !== null) this.write(report);
    return report !== null;
  }

  resize(cols: number, rows: number): void {
    if (!this.#isOpen || this.#pty._socket.destroyed) return;
    const size = clampSize(cols, rows);
    if (size.cols === this.#screen.cols && size.rows === this.#screen.rows) return;
    try {
      this.#pty.resize(size.cols, size.rows);
    } catch {
      // The program went away in this moment: its exit is on the way.
      return;
    }
    this.#screen.resize(size.cols, size.rows);
    this.#tap?.resized(size.cols, size.rows);
  }

  setVisible(isVisible: boolean): void {
    this.#feed.setVisible(isVisible);
  }

  async hold(): Promise<void> {
    if (this.#isOpen) signalTree(this.pid, this.#tag, 'SIGSTOP');
  }

  async release(): Promise<void> {
    if (this.#isOpen) signalTree(this.pid, this.#tag, 'SIGCONT');
  }

  runsTools(): boolean {
    return this.#isOpen && hasOtherSession(this.pid, this.#tag);
  }

  async end(graceMs = graceMsDefault): Promise<void> {
    if (this.#isOpen) {
      await endTree(this.pid, this.#tag, graceMs);
      await Promise.race([this.#exited.promise, after(exitWaitMs)]);
    } else if (this.#tag !== null) {
      // The pid may belong to a stranger by now; children that outlived the program carry the tag.
      const [orphan] = taggedWith(this.#tag);
      if (orphan !== undefined) await endTree(orphan, this.#tag, graceMs);
    }
  }

  onChange(listener: () => void): () => void {
    return this.#changes.subscribe(listener);
  }

  #finish(code: number, signal: number): void {
    this.#isOpen = false;
    this.#input.close();
    // Who sees the exit also sees the last words.
    this.#feed.finish(() => {
      this.#exit = { code, signal };
      this.#changes.raise();
      this.#exited.resolve();
    });
  }
}

function after(delayMs: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, delayMs).unref());
}
