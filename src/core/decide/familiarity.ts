import type { Agent } from '../agent.ts';
import { overlapOf } from '../overlap.ts';
import type { State } from '../state.ts';
import type { Task } from '../task.ts';

/** Landed tasks of this engineer in the same files or with the same tags. */
export function familiarity(state: State, agent: Agent, task: Task): number {
  return Object.values(state.tasks).filter(
    one =>
      one.landedAs !== null &&
      one.attempts.at(-1)?.agent === agent.id &&
      (overlapOf(one.files, task.files) !== null || one.tags.some(tag => task.tags.includes(tag))),
  ).length;
}
