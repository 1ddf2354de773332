import type { AgentId } from '../../core/ids.ts';
import { recordingsBytesMax } from '../../core/limits.ts';
import type { Screen } from '../../ports/terminals.ts';
import type { Tap } from '../terminal/pty-terminal.ts';
import { paintScreen } from './paint-screen.ts';
import { dropOldParts, partPath, type RecordedAttempt } from './part-files.ts';
import { PartWriter } from './part-writer.ts';

const flushEveryMs = 500;

type Track = { screen: Screen | null; work: RecordedAttempt | null; part: PartWriter | null };

/** Records what the agents' terminals show, one file for each attempt. Nobody ever waits for it. */
export class Recorder {
  readonly #folder: string;
  readonly #now: () => number;
  readonly #tracks = new Map<AgentId, Track>();
  readonly #closing = new Set<Promise<void>>();
  #timer: NodeJS.Timeout | null = null;
  #lastAt = 0;

  constructor(folder: string, now: () => number = Date.now) {
    this.#folder = folder;
    this.#now = now;
  }

  /** Listens to a new terminal; the one that the agent had before is over. */
  readonly tapFor = (id: string, screen: Screen): Tap => {
    const agent = id as AgentId;
    const track = this.#trackOf(agent);
    track.screen = screen;
    this.#begin(agent, track);
    return {
      output: bytes => {
        if (track.screen !== screen) return;
        track.part?.output(bytes, this.#time());
        this.#flushSoon();
      },
      resized: (cols, rows) => {
        if (track.screen === screen) track.part?.resized(cols, rows, this.#time());
      },
    };
  };

  /** From here on the agent works on this attempt, or on nothing. */
  workOn(agent: AgentId, work: RecordedAttempt | null): void {
    const track = this.#trackOf(agent);
    if (track.work?.task === work?.task && track.work?.attempt === work?.attempt) return;
    track.work = work;
    this.#begin(agent, track);
  }

  /** A moment worth finding again. */
  mark(agent: AgentId, label: string): void {
    this.#tracks.get(agent)?.part?.mark(label, this.#time());
    this.#flushSoon();
  }

  /** Writes what waits. */
  async flush(): Promise<void> {
    const parts = [...this.#tracks.values()].flatMap(({ part }) => part ?? []);
    await Promise.all([...parts.map(part => part.flush()), ...this.#closing]);
  }

  /** Nothing is recorded after it. */
  async close(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    const last = this.flush();
    this.#tracks.clear();
    await last;
  }

  #trackOf(agent: AgentId): Track {
    const track = this.#tracks.get(agent) ?? { screen: null, work: null, part: null };
    this.#tracks.set(agent, track);
    return track;
  }

  #begin(agent: AgentId, track: Track): void {
    const { screen, work, part } = track;
    if (part !== null) this.#finish(part);
    if (screen === null) return;
    // Parts are told apart, and put in order, by when they began.
    this.#lastAt += 1;
    const at = this.#time();
    const what = work === null ? 'no task' : `${work.task}/${work.attempt}`;
    track.part = new PartWriter({
      ...{ at, path: partPath(this.#folder, agent, at, work), title: `${agent} ${what}` },
      ...{ cols: screen.cols, rows: screen.rows },
    });
    track.part.mark(work === null ? `${agent}: no task` : `${what} starts`, at);
    track.part.output(Buffer.from(paintScreen(screen)), at);
    this.#flushSoon();
    void dropOldParts(this.#folder, recordingsBytesMax).catch(() => {});
  }

  #finish(part: PartWriter): void {
    const closing = part.flush().finally(() => this.#closing.delete(closing));
    this.#closing.add(closing);
  }

  #flushSoon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      void this.flush();
    }, flushEveryMs).unref();
  }

  /** Never back, whatever the clock does. */
  #time(): number {
    this.#lastAt = Math.max(this.#lastAt, this.#now());
    return this.#lastAt;
  }
}
