import type { Policy } from '../../../core/policy.ts';
import type { State } from '../../../core/state.ts';
import type { Budget, Overspent } from '../../../core/usage/budget.ts';
import type { Need, Seed } from '../facts/need.ts';
import { dollars, tokenCount } from './usage-words.ts';

/** Budgets that are used up: of the run first, because it holds up everybody. */
export function budgetSeeds(state: State, policy: Policy): readonly Seed[] {
  const { overspent } = state.account;
  const tasks = Object.values(state.tasks).flatMap(({ id, assignee, account, budget }) => {
    if (account.overspent === null) return [];
    const written = budget ?? policy.budgets.task;
    const who = `${assignee ?? 'its engineer'} is paused`;
    return [{ ...seed(account.overspent, written, who, id), task: id, agent: assignee }];
  });
  return [
    ...(overspent === null
      ? []
      : [seed(overspent, policy.budgets.run, 'the team is paused', 'the run')]),
    ...tasks,
  ];
}

function seed(over: Overspent, written: Budget, who: string, name: string): Seed {
  const { kind, spent, limit, since } = over;
  const used =
    kind === 'dollars'
      ? `${dollars(spent)} of ${dollars(limit)} are used`
      : `${tokenCount(spent)} of ${tokenCount(limit)} tokens are used`;
  const again = written[kind];
  const more =
    again === null ? '' : kind === 'dollars' ? dollars(again) : `${tokenCount(again)} tokens`;
  const answers: Need['answers'] = [
    ['question.yes', `go on, ${more} more`],
    ['question.no', 'stop'],
    ['item.open', 'look'],
  ];
  return {
    ...{ key: `budget ${name} ${limit}`, kind: 'budget', subject: `${name} is over budget` },
    ...{ text: `${used}; ${who}`, answers, anywhere: 2, since },
  };
}
