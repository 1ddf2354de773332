import * as z from 'zod';
import { type Budget, noBudget } from '../../core/usage/budget.ts';
import { budgetHint, parseBudget } from '../../core/usage/parse-budget.ts';

/** A shorthand for a list of one. */
const parts = z.preprocess(
  given => (typeof given === 'string' ? [given] : given),
  z.array(z.string(budgetHint), budgetHint),
);
const budget = parts.transform((written, context): Budget => {
  const read = parseBudget(written);
  if (read !== null) return read;
  context.addIssue(`“${written.join(', ')}” is no budget: ${budgetHint}`);
  return z.NEVER;
});

/** `policy.budget` of team.yaml: what may be used before the person is asked. */
export const budgetsSchema = z
  .strictObject({ task: budget.nullish(), run: budget.nullish() }, 'write task or run below it')
  .nullish()
  .transform(given => ({ task: given?.task ?? noBudget, run: given?.run ?? noBudget }));
