import { expect, test } from 'vitest';
import type { Role } from '../../src/core/agent.ts';
import { noBudget } from '../../src/core/usage/budget.ts';
import type { Abilities } from '../../src/ports/agent-cli.ts';
import { blindBudgets } from '../../src/supervisor/blind-budgets.ts';

const place = (role: Role, name: string, ...usage: Abilities['usage']) => ({
  role,
  cli: { name, abilities: { usage } as Abilities },
});
const seeing = place('architect', 'claude', 'context', 'tokens', 'cost');
const blind = place('engineer', 'opencode');
const both = { dollars: 5, tokens: 1_000 };

test('a budget that nothing can be counted against is named with who is silent', () => {
  expect(blindBudgets({ budgets: { task: both, run: noBudget } }, [seeing, blind])).toEqual([
    'the budget of each task in dollars does not see opencode: its cost is not known',
    'the budget of each task in tokens does not see opencode: its tokens are not known',
  ]);
});

test('where everything is told, or no bound is set, nothing is said', () => {
  expect(blindBudgets({ budgets: { task: both, run: both } }, [seeing])).toEqual([]);
  expect(blindBudgets({ budgets: { task: noBudget, run: noBudget } }, [blind])).toEqual([]);
  const engineers = { budgets: { task: both, run: noBudget } };
  expect(blindBudgets(engineers, [place('manager', 'cline')])).toEqual([]);
});
