import type { State } from '../../../core/state.ts';

/** Dollars that all agents have cost, as far as their CLIs tell; null where none does. */
export function teamCost({ agents }: State): number | null {
  const known = Object.values(agents).flatMap(({ costUsd }) => costUsd ?? []);
  return known.length === 0 ? null : known.reduce((total, cost) => total + cost, 0);
}
