import type { TeamFile } from '../ports/team-file.ts';
import type { TeamStore } from '../ports/team-store.ts';
import { type Geometry, situationOf } from './actions/situation.ts';
import { lastLook } from './model/last-look.ts';
import type { UiStore } from './model/ui-store.ts';
import { teamCost } from './present/facts/team-cost.ts';
import type { Picture } from './present/picture.ts';
import { defaultSettings, type PageSettings } from './settings.ts';
import { SpendLog } from './spend-log.ts';

/** Bursts of turns reach the page at most this often; a key reaches it at once. */
const teamGapMs = 33;
const minuteMs = 60_000;
const secondMs = 1_000;
/** Longer than it takes to see that a line has changed and to keep the finger off the key. */
const freshMarkMs = 700;

/** The keys as the person has them. */
type OwnKeys = Pick<PageSettings, 'keymap' | 'leaveKey'>;

/**
 * One subscription to everything the page's text depends on: the team, the page's own state, the gate
 * and time. Time has a single timer, which wakes only when a text that shows it would change: at the
 * full minute, or every second while a gate runs.
 */
export class Feed {
  #geometry: Geometry = {
    ...{ scrollMax: 0, pageRows: 1, columns: 80 },
    needsRoom: { width: 80, height: 1 },
  };
  readonly #store: TeamStore;
  readonly #keys: OwnKeys;
  readonly #teamFile: TeamFile;
  readonly #uiStore: UiStore;
  readonly #listeners = new Set<() => void>();
  readonly #stop: (() => void)[] = [];
  readonly #spending = new SpendLog();
  #picture: Picture | null = null;
  #isUiTold = false;
  #teamTimer: NodeJS.Timeout | null = null;
  #clockTimer: NodeJS.Timeout | null = null;
  #toldAt = Number.NEGATIVE_INFINITY;
  /** Undefined before the first picture, which nobody could have been looking at. */
  #markedKey: string | null | undefined = undefined;
  #markedAt = Number.NEGATIVE_INFINITY;

  constructor(
    store: TeamStore,
    uiStore: UiStore,
    keys: OwnKeys = defaultSettings,
    teamFile: TeamFile = unwatchedTeamFile,
  ) {
    this.#keys = keys;
    this.#teamFile = teamFile;
    this.#store = store;
    this.#uiStore = uiStore;
    this.#stop.push(
      store.subscribe(() => this.#teamChanged()),
      store.onGateChange(() => this.#teamChanged()),
      teamFile.subscribe(() => this.#teamChanged()),
      uiStore.subscribe(() => this.#uiChanged()),
    );
    this.#armClock();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** The same object until something changed. */
  picture(): Picture {
    this.#picture ??= this.#build();
    return this.#picture;
  }

  /**
   * How far the detail panel can scroll; known only when it was laid out. A terminal that streams grows
   * with every line, and at its end nothing shows by how much: only the next key asks, with a new picture.
   */
  setGeometry(geometry: Geometry): void {
    const last = this.#geometry;
    if (isSameGeometry(last, geometry)) return;
    this.#geometry = geometry;
    const { view, scroll } = this.#uiStore.get();
    const isSeen = view !== 'terminal' || scroll > 0;
    if (isSeen || last.scrollMax > 0 !== geometry.scrollMax > 0) this.#tell();
  }

  close(): void {
    for (const stop of this.#stop) stop();
    if (this.#teamTimer) clearTimeout(this.#teamTimer);
    if (this.#clockTimer) clearTimeout(this.#clockTimer);
  }

  #build(): Picture {
    const store = this.#store;
    const gate = store.gateRun();
    const situation = situationOf(
      store,
      this.#uiStore.get(),
      this.#geometry,
      this.#teamFile.change(),
    );
    const spent = teamCost(situation.state);
    this.#spending.record(situation.time, spent);
    return {
      ...situation,
      keymap: this.#keys.keymap,
      leaveKey: this.#keys.leaveKey,
      isMarkFresh: this.#isMarkFresh(situation.markedNeed?.key ?? null),
      // Cut to what is shown, so that a new picture of a quiet team is drawn the same.
      now: floorTo(store.now(), this.#stepMs()),
      policy: store.policy,
      repositoryName: store.repositoryName,
      notices: store.notices,
      gate,
      pairs: store.branchPairs(),
      receiptsOf: task => store.receiptsOf(task),
      spentSince: this.#spending.since(lastLook(situation.ui, situation.time), spent),
    };
  }

  /** A need that the person chose is meant; one that moved up under the key may not be. */
  #isMarkFresh(key: string | null): boolean {
    if (key !== this.#markedKey) {
      this.#markedAt = this.#markedKey === undefined ? Number.NEGATIVE_INFINITY : this.#store.now();
      this.#markedKey = key;
    }
    return key !== this.#uiStore.get().need && this.#store.now() - this.#markedAt < freshMarkMs;
  }

  #stepMs(): number {
    const gate = this.#store.gateRun();
    return gate && gate.endedAt === null ? secondMs : minuteMs;
  }

  #teamChanged(): void {
    if (this.#teamTimer) return;
    const waitMs = this.#toldAt + teamGapMs - performance.now();
    if (waitMs <= 0) {
      this.#tell();
      return;
    }
    this.#teamTimer = setTimeout(() => {
      this.#teamTimer = null;
      this.#tell();
    }, waitMs);
  }

  /** A key changes several things in one go; they are drawn together, still before anything else happens. */
  #uiChanged(): void {
    this.#picture = null;
    if (this.#isUiTold) return;
    this.#isUiTold = true;
    queueMicrotask(() => {
      this.#isUiTold = false;
      this.#tell();
    });
  }

  #tell(): void {
    this.#picture = null;
    this.#toldAt = performance.now();
    this.#armClock();
    this.#leaveEmptyNeeds();
    for (const listener of this.#listeners) listener();
  }

  /** Whoever answered the last need is back at the team: the next need must not take the keys with it. */
  #leaveEmptyNeeds(): void {
    if (this.#uiStore.get().focus === 'needs' && this.picture().needs.length === 0)
      this.#uiStore.dispatch({ type: 'focus', panel: 'team' });
  }

  #armClock(): void {
    if (this.#clockTimer) clearTimeout(this.#clockTimer);
    const now = this.#store.now();
    const stepMs = this.#stepMs();
    const waitMs = floorTo(now, stepMs) + stepMs - now;
    this.#clockTimer = setTimeout(() => this.#tell(), waitMs);
    this.#clockTimer.unref();
  }
}

/** A team.yaml that nobody follows. */
export const unwatchedTeamFile: TeamFile = {
  change: () => null,
  subscribe: () => () => {},
  apply: () => {},
};

const isSameGeometry = (one: Geometry, other: Geometry): boolean =>
  one.scrollMax === other.scrollMax &&
  one.pageRows === other.pageRows &&
  one.columns === other.columns &&
  one.needsRoom.width === other.needsRoom.width &&
  one.needsRoom.height === other.needsRoom.height;

const floorTo = (at: number, stepMs: number): number => Math.floor(at / stepMs) * stepMs;
