import { pastedKeys } from '../../src/adapters/terminal/pasted-keys.ts';
import { clampSize, XtermScreen } from '../../src/adapters/terminal/xterm-screen.ts';
import type { Screen, Terminal, TerminalSpec, Terminals } from '../../src/ports/terminals.ts';

/** What a scripted program can do. It is called once per terminal that is opened. */
export type MemoryProgram = (side: ProgramSide) => void;

export type ProgramSide = {
  readonly spec: TerminalSpec;
  /** Writes to the screen; while the terminal is held, once it is released. */
  print(text: string): void;
  /** Typed and pasted keys, as the program would read them. While held they wait. */
  onInput(listener: (keys: string) => void): void;
  exit(code: number, signal?: number): void;
};

export type MemoryTerminals = Terminals & {
  /** In the order in which they were opened. */
  readonly opened: readonly MemoryTerminal[];
};

/** Terminals whose programs are functions: the same emulator and port, no processes and no timers. */
export function createMemoryTerminals(program: MemoryProgram): MemoryTerminals {
  const opened: MemoryTerminal[] = [];
  return {
    opened,
    open: spec => {
      // Above the largest pid of any kernel, so that nobody can signal a real process by it.
      const terminal = new MemoryTerminal(spec, 10_000_000 + opened.length);
      opened.push(terminal);
      program(terminal.programSide);
      return terminal;
    },
  };
}

const terminated = 15;

export class MemoryTerminal implements Terminal {
  readonly id: string;
  readonly pid: number;
  readonly spec: TerminalSpec;
  readonly programSide: ProgramSide;
  /** Everything that was typed or pasted, whether the program read it or not. */
  typed = '';
  isHeld = false;
  /** What `runsTools` answers. */
  hasTools = false;
  isVisible = false;
  /** Times that it was told to end, whether its program still ran or not. */
  endings = 0;
  bytesReceived = 0;
  exit: Terminal['exit'] = null;
  readonly #screen: XtermScreen;
  readonly #listeners = new Set<() => void>();
  readonly #readers: ((keys: string) => void)[] = [];
  #unread = '';
  #waiting: (() => void)[] = [];
  #isTelling = false;

  constructor(spec: TerminalSpec, pid: number) {
    this.id = spec.id;
    this.pid = pid;
    this.spec = spec;
    const { cols, rows } = clampSize(spec.cols, spec.rows);
    this.#screen = new XtermScreen(cols, rows, {
      onChange: () => this.#changed(),
      onReply: reply => this.#deliver(reply),
    });
    this.programSide = {
      spec,
      print: text => this.#whenRunning(() => this.#print(text)),
      onInput: listener => {
        this.#readers.push(listener);
        const unread = this.#unread;
        this.#unread = '';
        if (unread !== '') listener(unread);
      },
      exit: (code, signal = 0) => this.#whenRunning(() => this.#finish(code, signal)),
    };
  }

  get screen(): Screen {
    return this.#screen;
  }

  write(keys: string): void {
    if (this.exit !== null) return;
    this.typed += keys;
    this.#whenRunning(() => this.#deliver(keys));
  }

  paste(text: string): void {
    this.write(pastedKeys(text, this.#screen.wantsBracketedPaste));
  }

  wheel(by: 1 | -1, x: number, y: number): boolean {
    const report = this.exit === null ? this.#screen.wheelReport(by, x, y) : null;
    if (report !== null) this.write(report);
    return report !== null;
  }

  resize(cols: number, rows: number): void {
    if (this.exit !== null) return;
    const size = clampSize(cols, rows);
    this.#screen.resize(size.cols, size.rows);
  }

  setVisible(isVisible: boolean): void {
    this.isVisible = isVisible;
  }

  async hold(): Promise<void> {
    this.isHeld = true;
  }

  async release(): Promise<void> {
    this.isHeld = false;
    for (const act of this.#waiting.splice(0)) act();
  }

  runsTools(): boolean {
    return this.hasTools;
  }

  async end(): Promise<void> {
    this.endings += 1;
    this.#finish(0, terminated);
  }

  onChange(listener: () => void): () => void {
    const entry = (): void => listener();
    this.#listeners.add(entry);
    return () => void this.#listeners.delete(entry);
  }

  #print(text: string): void {
    const bytes = Buffer.from(text);
    this.bytesReceived += bytes.length;
    this.#screen.parse(bytes);
  }

  #deliver(keys: string): void {
    if (this.#readers.length === 0) this.#unread += keys;
    for (const reader of this.#readers) reader(keys);
  }

  #whenRunning(act: () => void): void {
    if (this.exit !== null) return;
    if (this.isHeld) this.#waiting.push(() => this.#whenRunning(act));
    else act();
  }

  #finish(code: number, signal: number): void {
    if (this.exit !== null) return;
    this.exit = { code, signal };
    this.#changed();
  }

  /** All that happens in one go is told once. */
  #changed(): void {
    if (this.#isTelling) return;
    this.#isTelling = true;
    queueMicrotask(() => {
      this.#isTelling = false;
      for (const listener of this.#listeners) listener();
    });
  }
}
