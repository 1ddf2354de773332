import { apply } from './apply/apply.ts';
import { decide } from './decide/index.ts';
import type { Effect } from './effect.ts';
import type { Event } from './event.ts';
import type { Input } from './input.ts';
import type { Policy } from './policy.ts';
import { react } from './react.ts';
import type { State } from './state.ts';

export type Turn = {
  readonly state: State;
  readonly events: readonly Event[];
  readonly effects: readonly Effect[];
};

/** One turn of the machine: input → facts → new state and what the world must now do. Pure. */
export function step(state: State, input: Input, policy: Policy): Turn {
  const events = decide(state, input, policy);
  const effects: Effect[] = [];
  let next = state;
  for (const event of events) {
    const before = next;
    next = apply(before, event);
    effects.push(...react(before, next, event));
  }
  return { state: next, events, effects };
}
