import { defaultPolicy } from '../../../src/core/policy.ts';
import type { Counters } from '../../../src/core/state.ts';
import { noFaults } from '../faults.ts';
import { simulateSetting } from '../simulate.ts';
import type { Setting } from '../simulation.ts';

/** What went wrong in a week of a team, as counts beside the tasks it completed. */
export type WeekRates = {
  readonly tasks: number;
  readonly reassigned: number;
  readonly gateCatches: number;
  readonly conflicts: number;
  readonly exhaustions: number;
};

/** The week that this program must make repeatable. */
export const theWeek: WeekRates = {
  ...{ tasks: 47, reassigned: 8, gateCatches: 12, conflicts: 4, exhaustions: 3 },
};

/** An occasion comes once to each task, and about as often again after something else went wrong. */
const occasionsPerTask = 1.4;
const part = (count: number, tasks: number) => count / (tasks * occasionsPerTask);

/** One architect, one manager, three engineers; machines and programs fail a little, too. */
export function weekOf({
  tasks,
  reassigned,
  gateCatches,
  conflicts,
  exhaustions,
}: WeekRates): Setting {
  return {
    ...{ engineers: 3, tasks, policy: { ...defaultPolicy, plan: 'auto', land: 'auto' } },
    faults: {
      ...noFaults,
      badWork: part(gateCatches, tasks),
      conflict: part(conflicts, tasks),
      exhaustion: part(exhaustions, tasks),
      blocked: part(reassigned, tasks),
      ...{ crash: 0.01, lostPrompt: 0.01, noClaim: 0.02, flaky: 0.01, gateFault: 0.01 },
      ...{ death: 0.0005, doubleClaim: 0.02, doubleGateAnswer: 0.02, trunkMoved: 0.001 },
    },
    decide: (_random, _state, by, task) => ({
      ...{ type: 'task.reassign', task, by, to: null, text: 'try afresh' },
    }),
  };
}

export type WeekSum = Counters & { readonly runs: number; readonly turns: number };

/** Plays so many weeks. Throws with the seed when a bound breaks or an untested tree reaches the trunk. */
export function playWeeks(runs: number, rates: WeekRates = theWeek, first = 1): WeekSum {
  const setting = weekOf(rates);
  let sum: WeekSum | null = null;
  for (let seed = first; seed < first + runs; seed += 1) {
    const { counters, turns } = simulateSetting(seed, setting);
    const one = { ...counters, runs: 1, turns };
    sum = sum === null ? one : added(sum, one);
  }
  if (sum === null) throw new Error('no week was played');
  return sum;
}

const added = (one: WeekSum, other: WeekSum): WeekSum =>
  Object.fromEntries(
    Object.entries(one).map(([name, value]) => [name, value + other[name as keyof WeekSum]]),
  ) as WeekSum;
