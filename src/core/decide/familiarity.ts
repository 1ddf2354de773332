import { remember } from '../../lib/remember.ts';
import type { Agent } from '../agent.ts';
import type { AgentId } from '../ids.ts';
import { overlapOf } from '../plan/overlap.ts';
import type { State } from '../state.ts';
import type { Task } from '../task.ts';

/** Landed tasks of this engineer in the same files or with the same tags. */
export function familiarity({ tasks }: State, agent: Agent, task: Task): number {
  const own = landedIn(tasks).get(agent.id) ?? [];
  return own.filter(
    one =>
      one.tags.some(tag => task.tags.includes(tag)) || overlapOf(one.files, task.files) !== null,
  ).length;
}

/** Asked for each free engineer in turn, while no task has changed. */
const landedIn = remember((tasks: State['tasks']): ReadonlyMap<AgentId, readonly Task[]> => {
  const landed = new Map<AgentId, Task[]>();
  for (const task of Object.values(tasks)) {
    const agent = task.attempts.at(-1)?.agent;
    if (task.landedAs === null || agent === undefined) continue;
    const own = landed.get(agent);
    if (own === undefined) landed.set(agent, [task]);
    else own.push(task);
  }
  return landed;
});
