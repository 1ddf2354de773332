import { closeSync, openSync, writeSync } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';
import { failureExcerptCharsMax } from '../../core/limits.ts';
import { cleanBlock } from '../../lib/clean-text.ts';
import type { TestCounts } from '../../lib/test-counts.ts';
import { OutputCounts } from './output-counts.ts';

const tailLinesMax = 200;
const lineCharsMax = 2_000;
/** Kept from the first sign of a failure on, and from the end. */
const headCharsMax = 1_600;
const tailCharsMax = 2_200;
/** Cleaning takes colours out, so more is kept before it. */
const rawCharsMax = 8_000;

/** Never longer than it is wide: what a test prints must not keep the program busy, a million blank lines neither. */
const failureSign =
  /^(?:[ \t]|\u001b\[[\d;]{0,20}m)*(not ok\b|✖|✗|✘|×|FAIL(ED|URE)?\b|(?:[\w.]{0,100}Error|Exception)\b[^\n]{0,300}:|error(\[\w+\])?:|assert|panicked at|--- FAIL|E {3})/im;

/** Takes the output of one run: all of it to a file up to a bound, the end for the screen, the failing part for the engineer. */
export class GateOutput {
  readonly #decoder = new StringDecoder('utf8');
  readonly #file: number;
  readonly #bytesMax: number;
  #bytes = 0;
  #isFull = false;
  #lines: string[] = [''];
  #sign = '';
  #end = '';
  readonly #counts = new OutputCounts();

  /** `bytesMax`: of the file, from where on the output is only looked at. */
  constructor(path: string, bytesMax: number) {
    this.#bytesMax = bytesMax;
    this.#file = openSync(path, 'w', 0o600);
  }

  take(bytes: Buffer): void {
    this.#keep(bytes);
    const text = this.#decoder.write(bytes);
    this.#takeText(text);
    this.#counts.take(text);
  }

  /** A line of our own in the log, such as the command. */
  note(line: string): void {
    const text = `${this.#lines.at(-1) === '' ? '' : '\n'}${line}\n`;
    this.#keep(Buffer.from(text));
    this.#takeText(text);
  }

  /** A new command: what the one before printed is not its failure. */
  startOver(): void {
    this.#counts.startOver();
    this.#sign = '';
    this.#end = '';
  }

  get counts(): TestCounts | null {
    return this.#counts.counts;
  }

  get tail(): readonly string[] {
    return this.#lines.at(-1) === '' ? this.#lines.slice(0, -1) : this.#lines;
  }

  /** The first failure and the end, at most `failureExcerptCharsMax`, safe to draw and to type. */
  excerpt(verdict: string): string {
    const end = cleanBlock(this.#end).slice(-tailCharsMax).trim();
    const sign = cleanBlock(this.#sign).trim();
    const isSignInEnd = sign === '' || end.includes(sign.slice(0, 200));
    const body = isSignInEnd ? end : `${sign.slice(0, headCharsMax)}\n…\n${end}`;
    return `${verdict}\n${body}`.slice(0, failureExcerptCharsMax).trim();
  }

  close(): void {
    closeSync(this.#file);
  }

  #keep(bytes: Buffer): void {
    if (this.#isFull) return;
    const room = this.#bytesMax - this.#bytes;
    this.#bytes += bytes.length;
    this.#isFull = bytes.length > room;
    try {
      writeSync(this.#file, bytes.subarray(0, Math.max(0, room)));
      if (this.#isFull) writeSync(this.#file, '\n… the output went on; the log ends here\n');
    } catch {
      // A full disk must not decide about the work; the screen and the verdict do without the file.
      this.#isFull = true;
    }
  }

  #takeText(text: string): void {
    if (this.#sign === '') {
      const found = failureSign.exec(text);
      if (found !== null) this.#sign = text.slice(found.index, found.index + rawCharsMax);
    } else if (this.#sign.length < rawCharsMax) this.#sign += text.slice(0, rawCharsMax);
    this.#end = (this.#end + text).slice(-rawCharsMax);
    const [first = '', ...rest] = cleanBlock(lastLines(text)).split('\n');
    const begun = (this.#lines.pop() ?? '') + first;
    const lines = [...this.#lines, begun, ...rest].slice(-tailLinesMax);
    this.#lines = lines.map(line => line.slice(0, lineCharsMax));
  }
}

/** Only what can be shown is cleaned: a flood of output costs little more than writing it to the disk. */
function lastLines(text: string): string {
  let from = text.length;
  for (let count = 0; count <= tailLinesMax && from >= 0; count += 1)
    from = text.lastIndexOf('\n', from - 1);
  return text.slice(Math.max(0, from, text.length - tailLinesMax * lineCharsMax));
}
