import { stat } from 'node:fs/promises';
import type { AgentId } from '../../core/ids.ts';
import { replayedBytesMax } from '../../core/limits.ts';
import type { Replay, Replays } from '../../ports/records/replays.ts';
import { XtermScreen } from '../terminal/xterm-screen.ts';
import { listParts, type Part } from './part-files.ts';
import { type Moment, momentAt, type PlayList, playList } from './play-list.ts';
import { readPart } from './read-part.ts';

/** The page answers keys between two slices of a long way. */
const sliceMs = 8;
const sliceCharsMax = 8 * 1024;
/** RIS: an emulator as it was at its beginning. */
const reset = Buffer.from('\u001bc');

/** Replays from the files of a folder. `flush` writes what a recording in progress has not written yet. */
export const createReplayOf =
  (folder: string, flush: () => Promise<void>): Replays['replayOf'] =>
  async agent => {
    await flush();
    const parts = await newestParts(folder, agent);
    const read = await Promise.all(
      parts.map(async ({ path, startedAt }) => ({ startedAt, recording: await readPart(path) })),
    );
    const list = playList(
      read.flatMap(({ startedAt, recording }) =>
        recording === null ? [] : [{ startedAt, recording }],
      ),
    );
    return list.moments.length === 0 ? null : new FileReplay(list);
  };

async function newestParts(folder: string, agent: AgentId): Promise<readonly Part[]> {
  const parts: Part[] = [];
  let bytes = 0;
  const own = (await listParts(folder)).filter(part => part.agent === agent);
  for (const part of own.toReversed()) {
    bytes += await stat(part.path).then(
      found => found.size,
      () => 0,
    );
    if (parts.length > 0 && bytes > replayedBytesMax) break;
    parts.unshift(part);
  }
  return parts;
}

class FileReplay implements Replay {
  readonly view: Replay['view'];
  readonly seconds: number;
  readonly marks: Replay['marks'];
  readonly #moments: readonly Moment[];
  readonly #screen: XtermScreen;
  readonly #listeners = new Set<() => void>();
  /** The first moment that is not on the screen yet. */
  #next = 0;
  /** Counts calls of `seek`: an older one gives way. */
  #seeks = 0;

  constructor({ moments, marks, seconds }: PlayList) {
    this.#moments = moments;
    this.marks = marks;
    this.seconds = seconds;
    this.#screen = new XtermScreen(80, 24, { onChange: () => {}, onReply: () => {} });
    this.view = {
      screen: this.#screen,
      onChange: listener => {
        this.#listeners.add(listener);
        return () => this.#listeners.delete(listener);
      },
    };
  }

  timeAt(at: number): number {
    return this.#moments[Math.max(0, momentAt(this.#moments, at))]?.time ?? 0;
  }

  async seek(at: number): Promise<void> {
    this.#seeks += 1;
    const seek = this.#seeks;
    const target = Math.max(0, momentAt(this.#moments, at));
    const begin = this.#moments.findLastIndex(
      (one, index) => index <= target && one.kind === 'begin',
    );
    // Backwards, or past a whole part: from a beginning it is the shortest.
    if (target < this.#next - 1 || begin > this.#next) this.#next = Math.max(0, begin);
    let sliceEnd = performance.now() + sliceMs;
    while (this.#next <= target) {
      this.#show(this.#moments[this.#next] as Moment);
      this.#next += 1;
      if (performance.now() < sliceEnd) continue;
      await new Promise(resolve => setImmediate(resolve));
      if (seek !== this.#seeks) return;
      sliceEnd = performance.now() + sliceMs;
    }
    for (const listener of this.#listeners) listener();
  }

  close(): void {
    this.#seeks += 1;
    this.#listeners.clear();
  }

  #show(moment: Moment): void {
    if (moment.kind === 'output') {
      for (let start = 0; start < moment.text.length; start += sliceCharsMax)
        this.#screen.parse(Buffer.from(moment.text.slice(start, start + sliceCharsMax)));
      return;
    }
    if (moment.kind === 'begin') this.#screen.parse(reset);
    this.#screen.resize(moment.cols, moment.rows);
  }
}
