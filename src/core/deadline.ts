import type { Instant } from './ids.ts';
import { trifleDue } from './plan/trifles.ts';
import type { State } from './state.ts';

/**
 * The next instant at which time alone changes something, `now` for what is overdue; null when nothing
 * waits for time.
 */
export function nextDeadline(state: State, now: Instant): Instant | null {
  if (state.teamPaused) return null;
  const due: (Instant | null)[] = [state.landing?.retryAt ?? null];
  for (const agent of Object.values(state.agents)) {
    if (agent.paused) continue;
    due.push(agent.deadline, agent.restartAt, agent.question?.answersItselfAt ?? null);
  }
  for (const message of state.messages)
    if (message.delivery === 'typed' && !state.agents[message.to]?.paused)
      due.push(message.deadline);
  for (const task of Object.values(state.tasks)) {
    due.push(task.escalation?.deadline ?? null);
    const gathered = trifleDue(state, task);
    if (gathered !== null && gathered > now && state.plan.batch === null) due.push(gathered);
  }
  const set = due.filter(at => at !== null);
  return set.length === 0 ? null : Math.max(Math.min(...set), now);
}
