import { sideBySideShare } from '../limits.ts';
import { costRatioOf } from '../plan/critical-path.ts';
import type { Counters } from '../state.ts';
import { isTeamPartial } from '../usage/partial.ts';
import { usedSince } from '../usage/usage.ts';
import { also, count, counted, type Figure, figure, ratio } from './figure.ts';
import type { Period } from './period.ts';
import { sideBySide, type Tried } from './tried.ts';

/** The table of the week: what the team did, how long it took and what it cost. */
export function weekOf(period: Period, tries: readonly Tried[]): readonly Figure[] {
  return [
    ...countsOf(period, tries),
    linesOf(period),
    ...timesOf(period),
    ...costsOf(period, tries),
  ];
}

const grown = ({ from, to }: Period, name: keyof Counters): number =>
  to.counters[name] - from.counters[name];

export const landedIn = ({ from, to }: Period) =>
  Object.values(to.tasks).filter(
    ({ id, landedAs }) => landedAs !== null && (from.tasks[id]?.landedAs ?? null) === null,
  );

/** By the tasks, not by their counter: it goes back when the file of one that was dropped before comes back. */
const droppedIn = ({ from, to }: Period): number =>
  Object.values(to.tasks).filter(
    ({ id, dropped }) => dropped !== null && (from.tasks[id]?.dropped ?? null) === null,
  ).length;

function countsOf(period: Period, tries: readonly Tried[]): readonly Figure[] {
  const { from, to } = period;
  const collided = tries.filter(({ end }) => end?.kind === 'collided').length;
  const changedHands = Object.values(to.tasks).filter(
    ({ id, reassignments }) => reassignments > (from.tasks[id]?.reassignments ?? 0),
  ).length;
  return [
    count('completed', 'tasks completed', grown(period, 'landed'), 'landings on the trunk'),
    count(
      'reassigned',
      'tasks failed and reassigned',
      grown(period, 'reassigned'),
      `decisions to give a task to another engineer${also(changedHands, `, about ${counted(changedHands, 'task')}`)}`,
    ),
    count('dropped', 'tasks dropped', droppedIn(period), 'tasks given up without a landing'),
    count(
      'gateCatches',
      'gate catches',
      grown(period, 'gateCatches'),
      `attempts that the gate refused${also(collided, `, ${collided} of them green alone and red beside another task`)}`,
    ),
    count(
      'exhaustions',
      'context exhaustions',
      grown(period, 'exhaustions'),
      'sessions that were full and handed over',
    ),
    count(
      'conflicts',
      'merge conflicts',
      grown(period, 'conflicts'),
      'attempts that git could not merge with the trunk',
    ),
  ];
}

function linesOf(period: Period): Figure {
  const [added, removed] = [grown(period, 'linesAdded'), grown(period, 'linesRemoved')];
  const landings = counted(grown(period, 'landed'), 'landing');
  return figure({
    ...{ id: 'lines', name: 'lines changed', value: added + removed, unit: 'lines' },
    how: `+${added} −${removed}, counted by git between the trunk and the tested merge result of ${landings}`,
  });
}

function timesOf(period: Period): readonly Figure[] {
  const { from, to } = period;
  const ms = to.supervised.ms - from.supervised.ms;
  const pausedMinutes = Math.round((to.supervised.pausedMs - from.supervised.pausedMs) / 60_000);
  const cut = to.supervised.cutRuns - from.supervised.cutRuns;
  const landed = landedIn(period);
  const estimates = landed.flatMap(({ estimateMinutes }) => estimateMinutes ?? []);
  const missing = landed.length - estimates.length;
  const sequentialMs =
    estimates.length === 0 ? null : estimates.reduce((sum, minutes) => sum + minutes, 0) * 60_000;
  const isAtLeast = missing > 0;
  return [
    figure({
      ...{ id: 'supervisedMs', name: 'supervised time', value: ms, unit: 'ms' },
      how: [
        `the team was open and not paused, over ${counted(runsIn(period), 'run')}`,
        also(pausedMinutes, `${pausedMinutes} min of pause left out`),
        also(cut, `${cut} cut off, counted up to the last fact`),
        also(to.endedCleanly ? 0 : 1, '1 has no end yet'),
      ]
        .filter(words => words !== '')
        .join('; '),
    }),
    figure({
      ...{ id: 'sequentialMs', name: 'estimated sequential time', value: sequentialMs, unit: 'ms' },
      ...{ isEstimate: true, isAtLeast: isAtLeast && sequentialMs !== null },
      how:
        sequentialMs === null
          ? `none of the ${counted(landed.length, 'completed task')} has an “estimate”`
          : `sum of “estimate” of ${counted(estimates.length, 'completed task')}${also(missing, `; ${missing} more ${missing === 1 ? 'has' : 'have'} none`)}`,
    }),
    figure({
      ...{ id: 'speedUp', name: 'sequential ÷ supervised time', unit: 'times' },
      value: ms === 0 ? null : ratio(sequentialMs, ms),
      ...{ isEstimate: true, isAtLeast: isAtLeast && sequentialMs !== null },
      how: 'the estimated sequential time ÷ the supervised time',
    }),
  ];
}

/** A run that goes on from before is one of them. */
const runsIn = ({ from, to }: Period): number =>
  to.supervised.runs - from.supervised.runs + (from.endedCleanly ? 0 : 1);

export function costIn({ from, to }: Period): number | null {
  return usedSince(from.account.used, to.account.used).costUsd;
}

function costsOf(period: Period, tries: readonly Tried[]): readonly Figure[] {
  const { to } = period;
  const cost = costIn(period);
  const isAtLeast = cost !== null && isTeamPartial(to);
  const beside = sideBySide(tries);
  const sequential = cost === null || beside === null ? null : cost / costRatioOf(beside);
  const silent = 'some agents tell no cost';
  return [
    figure({
      ...{ id: 'costUsd', name: 'cost', value: cost, unit: 'dollars', isAtLeast },
      how:
        cost === null
          ? 'no agent CLI told a cost'
          : `what the agent CLIs told, or their tokens at the list price; all roles${isAtLeast ? `; ${silent}` : ''}`,
    }),
    figure({
      ...{
        id: 'sequentialCostUsd',
        name: 'estimated sequential cost',
        value: sequential,
        unit: 'dollars',
      },
      ...{ isEstimate: true, isAtLeast: isAtLeast && sequential !== null },
      how:
        beside === null || cost === null
          ? 'needs a cost and work on a task'
          : `cost ÷ (1 + ${sideBySideShare.toFixed(2)} × (1 − 1 ÷ ${beside.toFixed(2)})): ${beside.toFixed(2)} engineers worked at the same time on average; the plan is judged by the same rule`,
    }),
  ];
}
