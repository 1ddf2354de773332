import { type Agent, isParked } from '../agent.ts';
import type { Message } from '../message.ts';
import { openGoal } from '../plan/goals.ts';
import type { State } from '../state.ts';
import { owedAnswer } from './owed-answer.ts';

/** What is typed next to this agent, once it waits for input; null when nothing may be. */
export function nextMessage(state: State, agent: Agent): Message | null {
  const waiting = state.messages.filter(one => one.to === agent.id && one.delivery === 'queued');
  const queued = [...waiting].sort((one, other) => rank(one) - rank(other));
  return queued.find((one, at) => maySee(state, agent, one, queued.slice(0, at))) ?? null;
}

/** What is told again was sent before all that waits. */
const rank = ({ urgent, again }: Message) => (urgent ? 0 : again === undefined ? 2 : 1);

/**
 * A parked agent takes nothing but the word to go on, and is replaced when its task needs a fresh session. Goals
 * are told one after the other, so that it is known to which of them an answer belongs, and what was sent after a
 * goal that waits does not overtake it. A page begins a session: it waits until the page before it is settled.
 */
function maySee(
  state: State,
  agent: Agent,
  { kind, freshSession, urgent }: Message,
  earlier: readonly Message[],
): boolean {
  if (kind === 'nudge') return true;
  if (kind === 'escalation' && owedAnswer(state, agent) !== null) return false;
  if (isParked(agent.status)) return freshSession;
  if (urgent || openGoal(state.plan.goals, agent.id) === null) return true;
  return kind !== 'goal' && earlier.every(one => one.kind !== 'goal');
}
