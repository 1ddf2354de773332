import type { Event, EventOf } from '../event.ts';
import type { AgentId } from '../ids.ts';
import type { State } from '../state.ts';
import type { Attempt } from '../task.ts';
import type { Account } from '../usage/budget.ts';
import { meterAfter, noUsage, plusUsage, type Usage, usedSince } from '../usage/usage.ts';
import { withAgent, withTask } from './patch.ts';

/** What an agent used more than it had told before is its own, its task's and the run's. */
export function measured(state: State, event: EventOf<'agent.measured'>): State {
  const agent = state.agents[event.agent];
  if (agent === undefined) return state;
  const { contextUsed, costUsd, tokens = null, model = agent.model ?? null } = event;
  const meter = agent.meter ?? noUsage;
  const told: Usage = { costUsd, tokens };
  const used = usedSince(meter, told);
  const sum = plusUsage({ tokens: agent.tokens, costUsd: agent.costUsd }, used);
  const next = withAgent(state, agent.id, {
    ...{ contextUsed, model, meter: meterAfter(meter, told) },
    ...(event.contextWindow !== undefined && { contextWindow: event.contextWindow }),
    ...sum,
  });
  const paid = { ...next, account: spentOn(state.account, used) };
  const task = agent.task === null ? undefined : state.tasks[agent.task];
  if (task === undefined) return paid;
  // Whoever holds a task makes its newest attempt.
  const last = task.attempts.length - 1;
  const attempts = task.attempts.map((one, at) => (at === last ? spentIn(one, used) : one));
  return withTask(paid, task.id, { account: spentOn(task.account, used), attempts });
}

const spentIn = (attempt: Attempt, used: Usage): Attempt => ({
  ...attempt,
  effort: { ...attempt.effort, used: plusUsage(attempt.effort.used, used) },
});

const spentOn = (account: Account, used: Usage): Account => ({
  ...account,
  used: plusUsage(account.used, used),
});

/** What a fact about a budget makes true; null when it is about something else. */
export function applyToBudget(state: State, event: Event): State | null {
  switch (event.type) {
    case 'budget.crossed': {
      const { overspent } = event;
      const next = withAccount(state, event, account => ({ ...account, overspent }));
      return heldBack(next, overspent.heldBack);
    }
    case 'budget.settled':
      return withAccount(state, event, account => ({
        ...account,
        grant: event.grant,
        overspent: null,
      }));
    default:
      return null;
  }
}

const heldBack = (state: State, id: AgentId | null): State =>
  id === null ? state : withAgent(state, id, { isHeldBack: true });

function withAccount(
  state: State,
  { task: id }: EventOf<'budget.crossed' | 'budget.settled'>,
  change: (account: Account) => Account,
): State {
  if (id === null) return { ...state, account: change(state.account) };
  const task = state.tasks[id];
  return task === undefined ? state : withTask(state, id, { account: change(task.account) });
}
