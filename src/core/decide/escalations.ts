import type { Agent } from '../agent.ts';
import type { TaskId } from '../ids.ts';
import { managerEscalationsMax } from '../limits.ts';
import type { State } from '../state.ts';
import type { Task } from '../task.ts';
import type { Facts } from './facts.ts';

/** Who has this role, unless stopped: then there is nobody to ask. */
export const atWork = (state: State, role: 'architect' | 'manager'): Agent | undefined =>
  Object.values(state.agents).find(agent => agent.role === role && !agent.stopped);

/** Passes a task up: to the manager the first time, to the person after that or where there is none. */
export function escalate(facts: Facts, task: Task, why: string): void {
  const manager = atWork(facts.state, 'manager');
  const toManager = manager !== undefined && task.escalations < managerEscalationsMax;
  facts.emit({
    type: 'task.escalated',
    task: task.id,
    to: toManager ? 'manager' : 'person',
    from: task.assignee,
    why,
    deadline: toManager ? facts.at + facts.policy.managerTimeoutMs : null,
  });
  if (!toManager) return;
  const now = facts.task(task.id);
  facts.send({ kind: 'escalation', to: manager.id, task: now, freshSession: true });
}

/** The manager did not answer in time, or asks: the person decides. `dead`: the dropped task that is the reason. */
export function passToPerson(facts: Facts, task: Task, why: string, dead?: TaskId): void {
  facts.emit({
    type: 'task.escalated',
    task: task.id,
    to: 'person',
    from: null,
    why,
    deadline: null,
    ...(dead !== undefined && { dead }),
  });
}
