import { trifleDue } from '../../src/core/plan/trifles.ts';
import type { State } from '../../src/core/state.ts';

/** Everything that waits for a time, said independently of the core's own list. */
export function dueTimes(state: State, now: number): readonly (readonly [string, number])[] {
  if (state.teamPaused) return [];
  const found: [string, number][] = [];
  const note = (name: string, at: number | null | undefined) => {
    if (at != null) found.push([name, at]);
  };
  for (const agent of Object.values(state.agents)) {
    if (agent.paused) continue;
    note(`${agent.id} (${agent.status})`, agent.deadline);
    note(`${agent.id} restart`, agent.restartAt);
    note(`${agent.id} question`, agent.question?.answersItselfAt);
  }
  for (const { id, to, delivery, deadline } of state.messages)
    if (delivery === 'typed' && !state.agents[to]?.paused) note(id, deadline);
  for (const task of Object.values(state.tasks)) {
    note(`${task.id} escalation`, task.escalation?.deadline);
    // Waiting for other trifles ends by itself: it is due only while it lies ahead.
    const gathered = trifleDue(state, task);
    if (gathered !== null && gathered > now && state.plan.batch === null)
      note(`${task.id} gathering`, gathered);
  }
  note('landing', state.landing?.retryAt);
  return found;
}
