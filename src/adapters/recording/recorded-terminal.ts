import type { AgentId } from '../../core/ids.ts';
import type { Terminal } from '../../ports/terminals.ts';
import { ChangeSignal } from '../terminal/change-signal.ts';
import { XtermScreen } from '../terminal/xterm-screen.ts';
import { type RecordedEvent, readEvent, readHeader } from './read-cast.ts';

const changeIntervalMs = 33;
/** The page answers keys between two slices of a long recording. */
const sliceMs = 8;
const sliceCharsMax = 8 * 1024;
/** RIS: an emulator as it was at its beginning. */
const reset = '\u001bc';

type Step = Exclude<RecordedEvent, { kind: 'mark' }>;

/** A terminal that only shows what a recording says, a line of it at a time. Nothing reaches the program behind it. */
export class RecordedTerminal implements Terminal {
  readonly id: string;
  readonly pid = 0;
  readonly exit = null;
  readonly screen: XtermScreen;
  bytesReceived = 0;
  readonly #changes: ChangeSignal;
  #waiting: Step[] = [];
  #isArmed = false;

  constructor(agent: AgentId) {
    this.id = agent;
    this.#changes = new ChangeSignal(changeIntervalMs, () => this.screen.isDrawing);
    this.screen = new XtermScreen(80, 24, {
      onChange: () => this.#changes.raise(),
      onReply: () => {},
    });
  }

  /** The first line of a part. */
  begin(line: string): void {
    const header = readHeader(line);
    this.#waiting = [{ kind: 'output', at: 0, text: reset }];
    if (header !== null) this.#add({ kind: 'resize', at: 0, cols: header.cols, rows: header.rows });
  }

  /** A further line. One that is no event says nothing. */
  goOn(line: string): void {
    const event = readEvent(line);
    if (event != null && event.kind !== 'mark') this.#add(event);
  }

  onChange = (listener: () => void): (() => void) => this.#changes.subscribe(listener);

  write(): void {}
  paste(): void {}
  wheel = (): boolean => false;
  resize(): void {}
  setVisible(): void {}
  async hold(): Promise<void> {}
  async release(): Promise<void> {}
  runsTools = (): boolean => false;
  async end(): Promise<void> {}

  #add(step: Step): void {
    if (step.kind === 'output') this.bytesReceived += Buffer.byteLength(step.text);
    this.#waiting.push(step);
    if (this.#isArmed) return;
    this.#isArmed = true;
    setImmediate(() => this.#run());
  }

  #run(): void {
    const end = performance.now() + sliceMs;
    let count = 0;
    while (count < this.#waiting.length && performance.now() < end) {
      this.#show(this.#waiting[count] as Step);
      count += 1;
    }
    this.#waiting = this.#waiting.slice(count);
    this.#isArmed = this.#waiting.length > 0;
    if (this.#isArmed) setImmediate(() => this.#run());
  }

  #show(step: Step): void {
    if (step.kind === 'resize') {
      this.screen.resize(step.cols, step.rows);
      this.#changes.raise();
      return;
    }
    for (let start = 0; start < step.text.length; start += sliceCharsMax)
      this.screen.parse(Buffer.from(step.text.slice(start, start + sliceCharsMax)));
  }
}
