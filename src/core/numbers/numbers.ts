import { stateAt } from '../apply/supervise.ts';
import type { Instant } from '../ids.ts';
import { emptyState, type State } from '../state.ts';
import type { Figure } from './figure.ts';
import { type MemberFigures, membersOf, type TaskFigures, tasksOf } from './members.ts';
import { outcomesOf } from './outcomes.ts';
import type { Period } from './period.ts';
import { triedIn } from './tried.ts';
import { weekOf } from './week.ts';

/** All that the report says. The command and the page draw the same. */
export type Numbers = {
  readonly week: readonly Figure[];
  readonly outcomes: readonly Figure[];
  readonly members: readonly MemberFigures[];
  readonly tasks: readonly TaskFigures[];
};

export function numbersOf(period: Period): Numbers {
  const tries = triedIn(period);
  return {
    week: weekOf(period, tries),
    outcomes: outcomesOf(period, tries),
    members: membersOf(period, tries),
    tasks: tasksOf(period, tries),
  };
}

/** Of everything up to this moment, while a team runs. */
export const numbersSoFar = (state: State, now: Instant): Numbers =>
  numbersOf({ from: emptyState, to: stateAt(state, now, null) });
