import type { Change, Ui } from './model.ts';
import { reduce } from './reduce.ts';

/** Holds the UI state outside React: the keyboard and the painter read it too. */
export type UiStore = {
  get(): Ui;
  dispatch(change: Change): void;
  subscribe(listener: () => void): () => void;
};

export function createUiStore(initial: Ui): UiStore {
  let ui = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => ui,
    dispatch(change) {
      const next = reduce(ui, change);
      if (next === ui) return;
      ui = next;
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
