import type { Notifier } from '../../ports/notifier.ts';
import type { TeamStore } from '../../ports/team-store.ts';
import { needsYou } from '../present/needs.ts';
import { type Called, callFor } from './calls.ts';
import { titleOf } from './title.ts';

type Wishes = {
  /** The terminal's title says how many things need the person. */
  readonly hasTitle: boolean;
  /** Bell and desktop notification. */
  readonly hasCalls: boolean;
};

/** Tells a person who looks elsewhere what needs them, each thing once. Returns what ends it. */
export function callPerson(
  store: TeamStore,
  notifier: Notifier,
  { hasTitle, hasCalls }: Wishes,
): () => void {
  let called: Called = null;
  const look = (): void => {
    const state = store.getState();
    const needs = needsYou(state, store.policy, { teamFile: null, concerns: store.concerns() });
    if (hasTitle) notifier.setTitle(titleOf(store.repositoryName, needs.length));
    // Before the team is there, nobody can have seen what it needs.
    if (Object.keys(state.agents).length === 0) return;
    const call = callFor(called, needs);
    called = call.called;
    if (hasCalls && call.text !== null) notifier.notify(call.text);
  };
  look();
  return store.subscribe(look);
}
