import { playWeeks, theWeek } from '../simulation/week/week.ts';
import type { Figure } from './figure.ts';

const runs = 1_000;

/** A thousand weeks at the rates of the week. A broken bound or an untested tree on the trunk throws. */
export async function measureWeek(): Promise<readonly Figure[]> {
  await null;
  const sum = playWeeks(runs);
  const told = (name: string, total: number): Figure => ({
    ...{ name, value: total / runs, unit: 'a week', bound: null },
  });
  return [
    { ...{ name: `weeks in which a bound broke, of ${runs}`, value: 0, unit: '', bound: 0 } },
    told(`tasks landed (of ${theWeek.tasks} planned)`, sum.landed),
    told(`failed and reassigned (the week: ${theWeek.reassigned})`, sum.reassigned),
    told(`gate catches (the week: ${theWeek.gateCatches})`, sum.gateCatches),
    told(`merge conflicts (the week: ${theWeek.conflicts})`, sum.conflicts),
    told(`context exhaustions (the week: ${theWeek.exhaustions})`, sum.exhaustions),
    told('turns of the core', sum.turns),
  ];
}
