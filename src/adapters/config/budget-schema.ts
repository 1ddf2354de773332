import { z } from 'zod';
import { type Budget, noBudget } from '../../core/usage/budget.ts';
import { budgetHint, parseBudget } from '../../core/usage/parse-budget.ts';

const budget = z
  .union([z.string().transform(text => [text]), z.array(z.string()).max(2)], budgetHint)
  .transform((parts, context): Budget => {
    const read = parseBudget(parts);
    if (read !== null) return read;
    context.addIssue(`“${parts.join(', ')}” is no budget: ${budgetHint}`);
    return z.NEVER;
  });

/** `policy.budget` of team.yaml: what may be used before the person is asked. */
export const budgetsSchema = z
  .strictObject({ task: budget.nullish(), run: budget.nullish() }, 'write task or run below it')
  .nullish()
  .transform(given => ({ task: given?.task ?? noBudget, run: given?.run ?? noBudget }));
