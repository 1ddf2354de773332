import type { Effect } from './effect.ts';
import { landingEffect } from './react.ts';
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
    { type: 'followCheckout' },
  ];
}
