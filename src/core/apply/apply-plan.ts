import type { Event } from '../event.ts';
import { goalsAfter } from '../plan/goals.ts';
import { type PlanRecord, withFindings } from '../plan/plan-record.ts';
import type { State } from '../state.ts';

/** What a fact makes true of plans, beside what it makes true of tasks and agents. */
export function applyToPlan(state: State, event: Event): State {
  const plan = planAfter(state, event);
  const goals = goalsAfter(state, event);
  if (plan === state.plan && goals === state.plan.goals) return state;
  return { ...state, plan: { ...plan, goals } };
}

function planAfter({ plan }: State, event: Event): PlanRecord {
  switch (event.type) {
    case 'task.linted':
      return withFindings(plan, event.task, event.findings);
    case 'batch.formed':
      return { ...plan, batch: event.tasks };
    case 'batch.failed':
      return { ...plan, batch: null, alone: [...plan.alone, ...(plan.batch ?? [])] };
    case 'task.added': {
      const isWritten = event.content.batches?.some(id => plan.batch?.includes(id)) ?? false;
      return isWritten ? { ...plan, batch: null } : plan;
    }
    default:
      return plan;
  }
}
