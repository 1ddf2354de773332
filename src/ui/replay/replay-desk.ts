import type { AgentId } from '../../core/ids.ts';
import { messageOf } from '../../lib/thrown.ts';
import type { Replay, Replays } from '../../ports/records/replays.ts';
import type { ReplayAsk, ReplayOverlay } from '../model/model.ts';
import type { UiStore } from '../model/ui-store.ts';

const frameMs = 33;

/** Holds the replay that is open and moves it as asked; what of it is shown stands in the page's state. */
export class ReplayDesk {
  readonly #replays: Replays;
  readonly #uiStore: UiStore;
  readonly #stop: () => void;
  #replay: Replay | null = null;
  #agent: AgentId | null = null;
  #at = 0;
  #timer: NodeJS.Timeout | null = null;
  /** Only one is opened at a time; keys pressed meanwhile open no other. */
  #isOpening = false;

  constructor(replays: Replays, uiStore: UiStore) {
    this.#replays = replays;
    this.#uiStore = uiStore;
    this.#stop = uiStore.subscribe(() => {
      if (this.#replay !== null && uiStore.get().overlay?.kind !== 'replay') this.#end();
    });
  }

  /** What to paint; null when no replay is open. */
  get view(): Replay['view'] | null {
    return this.#replay?.view ?? null;
  }

  do(ask: ReplayAsk): void {
    if (ask.type === 'open') void this.#open(ask.agent);
    else if (this.#replay !== null) this.#move(ask, this.#replay);
  }

  close(): void {
    this.#stop();
    this.#end();
  }

  async #open(agent: AgentId): Promise<void> {
    if (this.#isOpening) return;
    this.#isOpening = true;
    const replay = await this.#replays.replayOf(agent).catch(messageOf);
    this.#isOpening = false;
    if (replay === null || typeof replay === 'string') {
      const why = this.#replays.isRecording
        ? `nothing of ${agent} is recorded yet`
        : `nothing of ${agent} is recorded: your settings say “record: false”`;
      const text = replay ?? why;
      this.#uiStore.dispatch({ type: 'notice', text, tone: 'warn' });
      return;
    }
    this.#end();
    this.#uiStore.dispatch({ type: 'focus', panel: 'detail' });
    this.#replay = replay;
    this.#agent = agent;
    this.#at = replay.seconds;
    this.#uiStore.dispatch({ type: 'open', overlay: this.#overlay(replay, agent) });
    void replay.seek(this.#at);
  }

  #move(ask: Exclude<ReplayAsk, { type: 'open' }>, replay: Replay): void {
    switch (ask.type) {
      case 'step':
        return this.#goTo(this.#at + ask.by, replay);
      case 'mark':
        return this.#goTo(markBeside(replay, this.#at, ask.by), replay);
      case 'ends':
        return this.#goTo(ask.to === 'start' ? 0 : replay.seconds, replay);
      case 'play':
        return this.#toggle(replay);
    }
  }

  #goTo(at: number, replay: Replay): void {
    this.#at = Math.min(replay.seconds, Math.max(0, at));
    void replay.seek(this.#at);
    this.#tell(replay);
  }

  /** From the end it begins anew: there is nothing else to play. */
  #toggle(replay: Replay): void {
    if (this.#timer !== null) this.#pause();
    else {
      if (this.#at >= replay.seconds) this.#at = 0;
      let last = performance.now();
      this.#timer = setInterval(() => {
        const now = performance.now();
        this.#goTo(this.#at + (now - last) / 1000, replay);
        last = now;
        if (this.#at < replay.seconds) return;
        this.#pause();
        this.#tell(replay);
      }, frameMs);
    }
    this.#tell(replay);
  }

  #pause(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
  }

  #end(): void {
    this.#pause();
    this.#replay?.close();
    this.#replay = null;
  }

  #tell(replay: Replay): void {
    if (this.#agent === null || this.#uiStore.get().overlay?.kind !== 'replay') return;
    this.#uiStore.dispatch({ type: 'replay', overlay: this.#overlay(replay, this.#agent) });
  }

  #overlay(replay: Replay, agent: AgentId): ReplayOverlay {
    const last = replay.marks.findLast(mark => mark.at <= this.#at);
    return {
      kind: 'replay',
      agent,
      // Cut to what is shown, so that the page is not drawn for less than anybody sees.
      at: Math.floor(this.#at * 10) / 10,
      seconds: replay.seconds,
      time: Math.floor(replay.timeAt(this.#at) / 1000) * 1000,
      isPlaying: this.#timer !== null,
      label: last?.label ?? '',
      marks: replay.marks.map(mark => mark.at),
    };
  }
}

/** Marks this close count as one place: they were made by one turn. */
const sameMarkSeconds = 0.2;

function markBeside({ marks, seconds }: Replay, at: number, by: 1 | -1): number {
  if (by === 1) return marks.find(mark => mark.at > at + sameMarkSeconds)?.at ?? seconds;
  return marks.findLast(mark => mark.at < at - sameMarkSeconds)?.at ?? 0;
}
