import { actedStepMs } from '../../core/limits.ts';
import type { TeamStore } from '../../ports/team-store.ts';
import type { UiStore } from '../model/ui-store.ts';

/** Hears of every key and click, and tells the team once in a minute that the person is there. */
export class Presence {
  readonly #store: TeamStore;
  readonly #uiStore: UiStore;
  #step: number | null = null;

  constructor(store: TeamStore, uiStore: UiStore) {
    this.#store = store;
    this.#uiStore = uiStore;
  }

  acted(): void {
    const at = this.#store.now();
    this.#uiStore.dispatch({ type: 'active', at });
    const step = Math.floor(at / actedStepMs);
    if (step === this.#step) return;
    this.#step = step;
    this.#store.personActed();
  }
}
