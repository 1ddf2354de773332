import type { Event } from '../event.ts';
import type { Instant } from '../ids.ts';
import { type Attention, type Decision, stepOf } from '../numbers/attention.ts';
import { isDraft } from '../plan/draft.ts';
import type { State } from '../state.ts';

/** `since`: from when on it waited; null when it did not wait for the person. */
type Settled = { readonly decision: Decision; readonly since: Instant | null };

export function attend(before: State, event: Event): Attention {
  const { attention } = before;
  if (event.type === 'person.acted')
    return { ...attention, minutes: attention.minutes + 1, actedStep: stepOf(event.at) };
  const settled = settledBy(before, event);
  if (settled === null) return attention;
  const { decision, since } = settled;
  const isSamePlan = decision === 'plans' && attention.planAt === event.at;
  if (isSamePlan) return attention;
  const waited =
    since === null
      ? {}
      : {
          waits: attention.waits + 1,
          waitedMs: attention.waitedMs + Math.max(0, event.at - since),
        };
  const planAt = decision === 'plans' ? event.at : attention.planAt;
  return { ...attention, [decision]: attention[decision] + 1, ...waited, planAt };
}

function settledBy(before: State, event: Event): Settled | null {
  switch (event.type) {
    case 'question.answered': {
      if (event.by !== 'person') return null;
      return { decision: 'answers', since: before.agents[event.agent]?.question?.since ?? null };
    }
    case 'message.sent':
      // A plan that is sent back goes with a message: one decision.
      if (event.from !== 'person' || before.attention.planAt === event.at) return null;
      return { decision: 'messages', since: null };
    case 'budget.settled': {
      const account = event.task === null ? before.account : before.tasks[event.task]?.account;
      return { decision: 'budgets', since: account?.overspent?.since ?? null };
    }
    default:
      return 'task' in event ? settledTask(before, event) : null;
  }
}

function settledTask(before: State, event: Event & { readonly task: unknown }): Settled | null {
  const task = before.tasks[event.task as keyof State['tasks']];
  if (task === undefined) return null;
  switch (event.type) {
    case 'review.approved':
    case 'attempt.sentBack': {
      const isAsked = task.gateStep === 'review';
      return { decision: 'reviews', since: isAsked ? greenSince(task) : null };
    }
    case 'task.planned':
    case 'task.readied':
      return isDraft(task) ? { decision: 'plans', since: task.addedAt } : null;
    case 'task.guided':
    case 'task.reassigned':
    case 'task.dropped':
    case 'task.split': {
      if (event.by !== 'person') return null;
      if (isDraft(task)) return { decision: 'plans', since: task.addedAt };
      const { escalation } = task;
      return escalation?.to === 'person'
        ? { decision: 'escalations', since: escalation.since }
        : null;
    }
    default:
      return null;
  }
}

/** A review waits from the end of the gate run that passed. */
function greenSince({ attempts }: State['tasks'][keyof State['tasks']]): Instant | null {
  const run = attempts.at(-1)?.record?.gates.at(-1);
  return run === undefined ? null : run.startedAt + (run.durationMs ?? 0);
}
