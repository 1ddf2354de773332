import { type Agent, isParked } from '../../../core/agent.ts';
import type { State } from '../../../core/state.ts';
import type { Task } from '../../../core/task.ts';

/** Somebody or something that does not get on by itself. `name`: the task, or the agent. */
export type Stuck = { readonly name: string; readonly since: number };

/** Less is the ordinary going to and fro of a team. */
const stuckAfterMs = 2 * 60_000;

/** Since when an agent waits for something that is not its own work; null when it does not. */
function waitsSince(agent: Agent): number | null {
  if (agent.stopped || agent.paused) return null;
  if (agent.question) return agent.question.since;
  const isOut = isParked(agent.status) || agent.status === 'exited' || agent.status === 'exhausted';
  return isOut || (agent.status === 'unknown' && agent.task) ? agent.since : null;
}

/** Since when a task waits for a decision, or for its engineer to be able to go on; null when it does not. */
export function stuckSince(task: Task, state: State): number | null {
  if (task.column === 'done') return null;
  if (task.escalation) return task.escalation.since;
  if (task.blocked !== null) return task.since;
  const agent = task.assignee ? state.agents[task.assignee] : undefined;
  return agent?.task === task.id ? waitsSince(agent) : null;
}

/** Who is stuck, those that have been for longest first; an agent is named by itself, not by its task too. */
export function stuckOnes(state: State, now: number): readonly Stuck[] {
  const tasks = Object.values(state.tasks).filter(
    task => task.column !== 'done' && (task.escalation !== null || task.blocked !== null),
  );
  const found = [
    ...tasks.map(task => ({ name: task.id, since: stuckSince(task, state) })),
    ...Object.values(state.agents).map(agent => ({ name: agent.id, since: waitsSince(agent) })),
  ];
  return found
    .flatMap(({ name, since }): Stuck[] => (since === null ? [] : [{ name, since }]))
    .filter(({ since }) => now - since >= stuckAfterMs)
    .sort((one, other) => one.since - other.since);
}
