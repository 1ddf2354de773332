import { tasksIn } from './board.ts';
import type { Effect } from './effect.ts';
import { landingsToldMax } from './limits.ts';
import { changesEffect, landingEffect } from './react.ts';
import type { State } from './state.ts';

/**
 * After a restart nothing is running: asks again for everything that was under way. Agents are launched
 * and messages delivered by the events of `run.began`; this is the rest. Every effect may be asked twice.
 */
export function recover(state: State): Effect[] {
  const tasks = Object.values(state.tasks);
  return [
    ...tasks.flatMap(({ id: task, assignee: agent, attempt }): Effect[] =>
      agent === null ? [] : [{ type: 'prepareWorktree', agent, task, attempt }],
    ),
    ...Object.values(state.agents).flatMap(({ id: agent, task }): Effect[] =>
      task === null ? [{ type: 'endAssignment', agent }] : [],
    ),
    ...tasks.map(({ id: task }): Effect => ({ type: 'writeBoard', task })),
    ...(state.plan.batch === null
      ? []
      : [{ type: 'writeBatch', tasks: state.plan.batch } as const]),
    ...landingEffect(state),
    ...newestLanded(state).flatMap(task => changesEffect(state, task)),
    { type: 'followCheckout' },
  ];
}

/** A crash may have come between a landing and the word to those whose branches use what it changed. */
const newestLanded = (state: State) =>
  tasksIn(state, 'done')
    .filter(({ landedAs }) => landedAs !== null)
    .slice(0, landingsToldMax)
    .map(({ id }) => id);
