import type { Event } from '../event.ts';
import { type PlanRecord, withFindings } from '../plan/plan-record.ts';
import type { State } from '../state.ts';

/** What a fact makes true of plans, beside what it makes true of tasks and agents. */
export function applyToPlan(state: State, event: Event): State {
  const plan = planAfter(state, event);
  return plan === state.plan ? state : { ...state, plan };
}

function planAfter({ agents, plan, messages }: State, event: Event): PlanRecord {
  const { goal } = plan;
  switch (event.type) {
    case 'task.linted':
      return withFindings(plan, event.task, event.findings);
    case 'message.delivered': {
      const message = messages.find(one => one.id === event.id);
      if (message?.kind !== 'goal' || agents[message.to]?.role !== 'architect') return plan;
      return { ...plan, goal: { agent: message.to, message: message.id, unanswered: null } };
    }
    case 'goal.unanswered':
      return goal === null ? plan : { ...plan, goal: { ...goal, unanswered: event.why } };
    case 'batch.formed':
      return { ...plan, batch: event.tasks };
    case 'batch.failed':
      return { ...plan, batch: null, alone: [...plan.alone, ...(plan.batch ?? [])] };
    case 'task.added': {
      const answered = goal !== null && event.by === goal.agent;
      const written = event.content.batches?.some(id => plan.batch?.includes(id));
      if (!answered && !written) return plan;
      return { ...plan, ...(answered && { goal: null }), ...(written && { batch: null }) };
    }
    case 'agent.left':
      return goal?.agent === event.agent ? { ...plan, goal: null } : plan;
    case 'agent.looked': {
      // Whoever makes it work again has read what it said.
      const wasAtWork = agents[event.agent]?.status === 'working';
      const isRoused = event.status === 'working' && !wasAtWork && goal?.agent === event.agent;
      return isRoused && goal.unanswered !== null ? { ...plan, goal: null } : plan;
    }
    default:
      return plan;
  }
}
