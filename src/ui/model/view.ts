/** What the detail panel shows, in the order in which it is turned through. */
export const views = [
  ...(['terminal', 'task', 'diff', 'gate', 'events', 'threads', 'plan', 'numbers'] as const),
];

export type View = (typeof views)[number];

/** In these one row is selected, and keys act on it. */
export const hasCursor = (view: View): boolean =>
  view === 'diff' || view === 'events' || view === 'threads' || view === 'plan';

/** These follow their end, as a terminal does. */
export const followsEnd = (view: View): boolean => view === 'terminal' || view === 'gate';
