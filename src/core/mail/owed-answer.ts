import type { Agent } from '../agent.ts';
import type { TaskId } from '../ids.ts';
import type { MessageKind } from '../message.ts';
import { openGoal } from '../plan/goals.ts';
import type { State } from '../state.ts';
import type { Task } from '../task.ts';

/** Something that a manager or architect has read and must answer by a command. */
export type Owed =
  | { readonly kind: 'escalation' | 'split'; readonly task: Task }
  | { readonly kind: 'goal' };

/** The first answer that this agent owes; null when it owes none. */
export function owedAnswer(state: State, { id, role }: Agent): Owed | null {
  if (role === 'engineer') return null;
  const kind = role === 'manager' ? 'escalation' : 'split';
  for (const task of Object.values(state.tasks))
    if (task.escalation?.to === role && hasRead(state, id, kind, task.id)) return { kind, task };
  return openGoal(state.plan.goals, id) === null ? null : { kind: 'goal' };
}

/** The newest message about the task arrived: an older one was of an escalation that is over. */
function hasRead(state: State, agent: Agent['id'], kind: MessageKind, task: TaskId): boolean {
  const message = state.messages.findLast(
    one => one.kind === kind && one.task === task && one.to === agent,
  );
  return message?.delivery === 'delivered';
}
