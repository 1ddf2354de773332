import type { Role } from '../core/agent.ts';
import type { Policy } from '../core/policy.ts';
import type { Budget } from '../core/usage/budget.ts';
import type { AgentCli } from '../ports/agent-cli.ts';

type Place = { readonly role: Role; readonly cli: Pick<AgentCli, 'name' | 'abilities'> };

/** Sentences about budgets that cannot be watched, because an agent CLI does not tell what it uses. */
export function blindBudgets(
  { budgets }: Pick<Policy, 'budgets'>,
  places: readonly Place[],
): readonly string[] {
  const engineers = places.filter(({ role }) => role === 'engineer');
  return [
    ...blindSpots('of each task', budgets.task, engineers),
    ...blindSpots('of the run', budgets.run, places),
  ];
}

function blindSpots(what: string, budget: Budget, places: readonly Place[]): readonly string[] {
  const silent = (kind: 'cost' | 'tokens') => [
    ...new Set(
      places.filter(({ cli }) => !cli.abilities.usage.includes(kind)).map(({ cli }) => cli.name),
    ),
  ];
  const sentence = (kind: 'cost' | 'tokens', bound: string) => {
    const names = silent(kind).join(' and ');
    return names === ''
      ? []
      : [
          `the budget ${what} in ${bound} does not see ${names}: its ${kind} ${kind === 'cost' ? 'is' : 'are'} not known`,
        ];
  };
  return [
    ...(budget.dollars === null ? [] : sentence('cost', 'dollars')),
    ...(budget.tokens === null ? [] : sentence('tokens', 'tokens')),
  ];
}
