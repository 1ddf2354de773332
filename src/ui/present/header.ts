import type { State } from '../../core/state.ts';
import type { GateStep } from '../../core/task.ts';
import { type Budget, budgetOf } from '../../core/usage/budget.ts';
import { cleanText } from '../../lib/clean-text.ts';
import { cutText } from '../../lib/text-width.ts';
import { clockTime, plural, stopwatch } from './age.ts';
import { type Line, lineWidth, type Span, span, spread } from './line.ts';
import { costWords, dollars, isTeamPartial, tokenCount, tokenWords } from './usage/usage-words.ts';

export type HeaderFacts = {
  readonly state: State;
  readonly repositoryName: string;
  readonly needsCount: number;
  /** Start of the gate run under way; null when none is. */
  readonly gateStartedAt: number | null;
  /** As team.yaml has it. */
  readonly runBudget: Budget;
  readonly now: number;
};

const gap = span('  ');
const narrowWidth = 100;

/**
 * The one row that is read first: whose work it is, whether all is well, then the reasons. What matters
 * least gives way first when the terminal is narrow.
 */
export function headerLine(facts: HeaderFacts, width: number): Line {
  const { state } = facts;
  const isNarrow = width < narrowWidth;
  const right = [gap, span(clockTime(facts.now), 'quiet'), span(' ')];
  const name = cutText(cleanText(facts.repositoryName), Math.max(8, Math.floor(width / 5)));
  const parts: Line[] = [
    [span(' '), span(name, 'title')],
    [verdict(facts)],
    trunkPart(state),
    teamPart(facts),
    gatePart(facts, isNarrow),
    countsPart(state),
    costPart(state, facts.runBudget),
    tokensPart(state, facts.runBudget),
  ];
  const left: Span[] = [];
  for (const part of parts) {
    if (part.length === 0) continue;
    const spans = left.length === 0 ? part : [gap, ...part];
    if (lineWidth(left) + lineWidth(spans) + lineWidth(right) > width) break;
    left.push(...spans);
  }
  return spread(left, right, width);
}

/** Whether all is well, in the fewest words. */
function verdict({ state, needsCount }: HeaderFacts): Span {
  if (needsCount > 0)
    return span(` ! ${needsCount} ${needsCount === 1 ? 'needs' : 'need'} you `, 'alarm');
  if (state.teamPaused) return span('‖ team paused', 'warn');
  if (Object.keys(state.agents).length === 0) return span('◌ starting', 'quiet');
  const ended = Object.values(state.agents).filter(
    one => one.status === 'exited' && !one.stopped && !one.paused,
  );
  if (ended.length > 0) return span(`× ${plural(ended.length, 'agent')} down`, 'bad');
  const isOpen = Object.values(state.tasks).some(task => task.column !== 'done' && task.planned);
  return isOpen ? span('✓ all is well', 'good') : span('○ nothing to do', 'quiet');
}

function trunkPart({ trunk }: State): Line {
  const name = span(`${cutText(cleanText(trunk.name) || 'trunk', 16)} `);
  const behind = trunk.behind > 0 ? [span(` ${trunk.behind} behind`, 'warn')] : [];
  if (trunk.gate === 'red') return [name, span('× red', 'bad'), ...behind];
  if (trunk.gate === 'green') return [name, span('✓ green', 'good'), ...behind];
  return [name, span('~ not checked', 'quiet'), ...behind];
}

function teamPart({ state, needsCount }: HeaderFacts): Line {
  // Without needs the verdict has said it.
  if (state.teamPaused) return needsCount > 0 ? [span('‖ team paused', 'warn')] : [];
  const agents = Object.values(state.agents);
  if (agents.length === 0) return [];
  const working = agents.filter(one => one.status === 'working' && !one.paused && !one.stopped);
  return [span(`${working.length} of ${agents.length} working`)];
}

export const stepWords: Readonly<Record<GateStep, string>> = {
  queued: 'queued',
  building: 'building',
  testing: 'testing',
  'checking-trunk': 'checking the trunk',
  'checking-branch': 'checking the branch',
  rerunning: 'second run',
  review: 'waits for review',
  landing: 'landing',
};

function gatePart({ state, gateStartedAt, now }: HeaderFacts, isNarrow: boolean): Line {
  const { landing, landingQueue } = state;
  const waiting = landingQueue.filter(task => task !== landing?.task).length;
  const queue = waiting > 0 ? ` +${waiting}` : '';
  if (!landing)
    return [span(waiting > 0 ? `gate: ${plural(waiting, 'task')} waiting` : 'gate idle', 'quiet')];
  const step = state.tasks[landing.task]?.gateStep ?? 'building';
  const elapsed = gateStartedAt === null ? '' : ` ${stopwatch(now - gateStartedAt)}`;
  const doing = isNarrow && elapsed !== '' ? '' : ` ${stepWords[step]}`;
  return [span(`gate ${landing.task}/${landing.attempt}${doing}${elapsed}${queue}`, 'busy')];
}

const countsPart = ({ counters }: State): Line => [
  span(`${counters.landed} landed · ${plural(counters.gateCatches, 'catch', 'catches')}`, 'quiet'),
];

/** What the run has cost so far, and what it may cost. */
function costPart(state: State, budget: Budget): Line {
  if (Object.keys(state.agents).length === 0) return [];
  const { account } = state;
  const limit = budgetOf(account, budget).dollars;
  const of = limit === null ? '' : ` (of ${dollars(limit)})`;
  const tone = account.overspent === null ? 'quiet' : 'warn';
  return [span(`${costWords(account.used.costUsd, isTeamPartial(state))}${of}`, tone)];
}

function tokensPart({ agents, account }: State, budget: Budget): Line {
  if (Object.keys(agents).length === 0) return [];
  const limit = budgetOf(account, budget).tokens;
  const of = limit === null ? '' : ` (of ${tokenCount(limit)})`;
  return [span(`${tokenWords(account.used.tokens)}${of}`, 'quiet')];
}
