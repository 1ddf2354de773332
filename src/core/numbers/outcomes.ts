import { actedStepMs } from '../limits.ts';
import { isTeamPartial } from '../usage/partial.ts';
import { type Decision, decisionNouns } from './attention.ts';
import { also, count, counted, type Figure, figure, ratio } from './figure.ts';
import type { Period } from './period.ts';
import { fateFor, isVerdict, spentOn, type Tried } from './tried.ts';
import { costIn, landedIn } from './week.ts';

/** Outcomes rather than activity: what of the work counted, and what it asked of the person. */
export function outcomesOf(period: Period, tries: readonly Tried[]): readonly Figure[] {
  return [
    firstPass(tries),
    trueClaims(tries),
    ...personOf(period),
    costPerTask(period),
    ...withoutOutcome(period, tries),
  ];
}

function firstPass(tries: readonly Tried[]): Figure {
  const first = tries.filter(
    ({ task, attempt, end }) =>
      isVerdict(end) && task.attempts.find(one => isVerdict(one.end)) === attempt,
  );
  const passed = first.filter(
    ({ task, end }) => end?.kind === 'landed' && task.escalations === 0 && task.reassignments === 0,
  ).length;
  return figure({
    ...{ id: 'firstPassRate', name: 'first-pass rate', unit: 'share' },
    value: ratio(passed, first.length),
    how: `${passed} of ${counted(first.length, 'task')} landed at the first verdict of gate, git or person, without an escalation`,
  });
}

function trueClaims(tries: readonly Tried[]): Figure {
  const claims = tries.filter(({ attempt, end }) => attempt.isClaimed === true && isVerdict(end));
  const isMoot = ({ end }: Tried) => end?.kind === 'conflicted' || end?.kind === 'collided';
  const judged = claims.filter(one => !isMoot(one));
  const kept = judged.filter(({ end }) => end?.kind === 'landed').length;
  const moot = claims.length - judged.length;
  return figure({
    ...{ id: 'trueClaimsRate', name: 'claims that were true', unit: 'share' },
    value: ratio(kept, judged.length),
    how: `${kept} of ${counted(judged.length, 'claim')} of “done” landed${also(moot, `; ${moot} more met what others had landed, and say nothing`)}`,
  });
}

function personOf({ from, to }: Period): readonly Figure[] {
  const decided = Object.entries(decisionNouns).map(([name, noun]) => {
    const more = to.attention[name as Decision] - from.attention[name as Decision];
    return { noun, more };
  });
  const decisions = decided.reduce((sum, { more }) => sum + more, 0);
  const kinds = decided.filter(({ more }) => more > 0).map(({ noun, more }) => counted(more, noun));
  const minutes = to.attention.minutes - from.attention.minutes;
  const waits = to.attention.waits - from.attention.waits;
  return [
    figure({
      ...{ id: 'humanMs', name: 'human time', unit: 'ms' },
      value: to.attention.minutes === 0 ? null : minutes * actedStepMs,
      how:
        to.attention.minutes === 0
          ? 'no key was ever pressed on the page'
          : 'minutes in which a key was pressed or the mouse was used on the page, each counted whole',
    }),
    count(
      'decisions',
      'decisions of the person',
      decisions,
      `facts in the journal: ${kinds.join(', ') || 'none'}`,
    ),
    figure({
      ...{ id: 'waitedMs', name: 'waiting for the person', unit: 'ms' },
      value: to.attention.waitedMs - from.attention.waitedMs,
      how: `from the question to its answer by the wall clock, over ${counted(waits, 'thing')} that waited`,
    }),
  ];
}

function costPerTask(period: Period): Figure {
  const landed = landedIn(period).length;
  const cost = costIn(period);
  const value = ratio(cost, landed);
  return figure({
    ...{ id: 'costPerTaskUsd', name: 'cost per landed task', value, unit: 'dollars' },
    isAtLeast: value !== null && isTeamPartial(period.to),
    how: value === null ? 'needs a cost and a landing' : 'cost of all roles ÷ tasks completed',
  });
}

function withoutOutcome({ to }: Period, tries: readonly Tried[]): readonly Figure[] {
  const lost = tries.filter(({ task, attempt }) => fateFor(task, attempt.agent) === 'lost');
  const { ms, used } = spentOn(lost);
  const how = 'on tasks that are over and that somebody else, or nobody, landed; by agent below';
  const cost = lost.length === 0 && to.account.used.costUsd !== null ? 0 : used.costUsd;
  return [
    figure({ ...{ id: 'lostMs', name: 'work without outcome', value: ms, unit: 'ms', how } }),
    figure({
      isAtLeast: lost.length > 0 && cost !== null && isTeamPartial(to),
      ...{ id: 'lostCostUsd', name: 'cost without outcome', value: cost, unit: 'dollars' },
      how: cost === null ? 'no agent CLI told a cost' : how,
    }),
  ];
}
