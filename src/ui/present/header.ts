import type { State } from '../../core/state.ts';
import type { GateStep } from '../../core/task.ts';
import { type Budget, budgetOf } from '../../core/usage/budget.ts';
import { isTeamPartial } from '../../core/usage/partial.ts';
import { cleanText } from '../../lib/clean-text.ts';
import { cutText } from '../../lib/text-width.ts';
import type { ReadOnly } from '../../ports/team-store.ts';
import { clockTime, plural, stopwatch } from './age.ts';
import { type Line, lineWidth, type Span, span, spread } from './line.ts';
import { costWords, dollars, tokenCount, tokenWords } from './usage/usage-words.ts';

export type HeaderFacts = {
  readonly state: State;
  readonly repositoryName: string;
  readonly needsCount: number;
  /** Start of the gate run under way; null when none is. */
  readonly gateStartedAt: number | null;
  /** As team.yaml has it. */
  readonly runBudget: Budget;
  readonly now: number;
  /** Somebody else's team, or nobody's, is only looked at. */
  readonly readOnly?: ReadOnly | null;
};

const gap = span('  ');

/** How much is said, so that all that must be there has room: `0` everything, then shorter and shorter. */
type Brevity = 0 | 1 | 2 | 3 | 4;
const brevities: readonly Brevity[] = [0, 1, 2, 3, 4];

/**
 * The one row that is read first: whose work it is, whether all is well, then the reasons and the cost. What
 * matters least is said shorter, then left out, when the terminal is narrow.
 */
export function headerLine(facts: HeaderFacts, width: number): Line {
  const { state, runBudget } = facts;
  const right = [gap, span(clockTime(facts.now), 'quiet'), span(' ')];
  const room = width - lineWidth(right);
  const forms = brevities.map(brevity => wantedParts(facts, brevity, width));
  const parts = forms.find(form => lineWidth(joined(form)) <= room) ?? forms.at(-1) ?? [];
  const before = parts.slice(0, -1);
  const cost = parts.at(-1) ?? [];
  const tokens = tokensPart(state, runBudget);
  const shown = [
    [...before, countsPart(state), cost, tokens],
    [...before, countsPart(state), cost],
    parts,
    before,
  ].find(form => lineWidth(joined(form)) <= room);
  return spread(shown === undefined ? cutParts(before, room) : joined(shown), right, width);
}

/** What is always there, the cost last. */
function wantedParts(facts: HeaderFacts, brevity: Brevity, width: number): Line[] {
  const { state, repositoryName, runBudget } = facts;
  const nameColumns = brevity >= 3 ? nameColumnsMin : Math.max(nameColumnsMin, width / 5);
  const name = cutText(cleanText(repositoryName), Math.floor(nameColumns));
  return [
    [span(' '), span(name, 'title')],
    onlookerPart(facts),
    [verdict(facts)],
    trunkPart(state, brevity),
    teamPart(facts, brevity),
    gatePart(facts, brevity),
    costPart(state, runBudget, brevity),
  ];
}

const nameColumnsMin = 8;

const joined = (parts: readonly Line[]): Line =>
  parts
    .filter(part => part.length > 0)
    .flatMap((part, index) => (index === 0 ? part : [gap, ...part]));

/** The first parts, as many as there is room for. */
function cutParts(parts: readonly Line[], room: number): Line {
  const fitting = parts.findLastIndex((_, index) => {
    return lineWidth(joined(parts.slice(0, index + 1))) <= room;
  });
  return joined(parts.slice(0, fitting + 1));
}

const onlookerPart = ({ readOnly }: HeaderFacts): Line =>
  readOnly == null ? [] : [span(readOnly.isLive ? 'read-only' : 'not running', 'warn')];

/** Whether all is well, in the fewest words. */
function verdict({ state, needsCount, readOnly }: HeaderFacts): Span {
  if (needsCount > 0)
    return span(` ! ${needsCount} ${needsCount === 1 ? 'needs' : 'need'} you `, 'alarm');
  if (state.teamPaused) return span('‖ team paused', 'warn');
  if (Object.keys(state.agents).length === 0)
    return span(readOnly?.isLive === false ? '○ nothing yet' : '◌ starting', 'quiet');
  const ended = Object.values(state.agents).filter(
    one => one.status === 'exited' && !one.stopped && !one.paused,
  );
  if (ended.length > 0) return span(`× ${plural(ended.length, 'agent')} down`, 'bad');
  const isOpen = Object.values(state.tasks).some(task => task.column !== 'done' && task.planned);
  return isOpen ? span('✓ all is well', 'good') : span('○ nothing to do', 'quiet');
}

function trunkPart({ trunk }: State, brevity: Brevity): Line {
  // The start of a branch's name is known to who works on it: the gate and the cost are news.
  const nameColumns = brevity >= 3 ? nameColumnsMin : 16;
  const name = span(`${cutText(cleanText(trunk.name) || 'trunk', nameColumns)} `);
  const behind = trunk.behind > 0 ? [span(` ${trunk.behind} behind`, 'warn')] : [];
  if (trunk.gate === 'red') return [name, span('× red', 'bad'), ...behind];
  // Of all states the good one is the least news: its sign will do.
  const green = brevity === 4 ? '✓' : '✓ green';
  if (trunk.gate === 'green') return [name, span(green, 'good'), ...behind];
  return [name, span(brevity === 4 ? '~' : '~ not checked', 'quiet'), ...behind];
}

function teamPart({ state, needsCount }: HeaderFacts, brevity: Brevity): Line {
  // Without needs the verdict has said it.
  if (state.teamPaused) return needsCount > 0 ? [span('‖ team paused', 'warn')] : [];
  const agents = Object.values(state.agents);
  if (agents.length === 0) return [];
  const working = agents.filter(one => one.status === 'working' && !one.paused && !one.stopped);
  const of = brevity < 2 ? ' of ' : '/';
  return [span(`${working.length}${of}${agents.length} working`)];
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

function gatePart({ state, gateStartedAt, now }: HeaderFacts, brevity: Brevity): Line {
  const { landing, landingQueue } = state;
  const waiting = landingQueue.filter(task => task !== landing?.task).length;
  const queue = waiting > 0 ? ` +${waiting}` : '';
  if (!landing)
    return [span(waiting > 0 ? `gate: ${plural(waiting, 'task')} waiting` : 'gate idle', 'quiet')];
  const step = state.tasks[landing.task]?.gateStep ?? 'building';
  const elapsed =
    gateStartedAt === null || brevity >= 3 ? '' : ` ${stopwatch(now - gateStartedAt)}`;
  const doing = brevity === 0 ? ` ${stepWords[step]}` : '';
  return [span(`gate ${landing.task}/${landing.attempt}${doing}${elapsed}${queue}`, 'busy')];
}

const countsPart = ({ counters }: State): Line => [
  span(`${counters.landed} landed · ${plural(counters.gateCatches, 'catch', 'catches')}`, 'quiet'),
];

/** What the run has cost so far, and what it may cost. */
function costPart(state: State, budget: Budget, brevity: Brevity): Line {
  if (Object.keys(state.agents).length === 0) return [];
  const { account } = state;
  const limit = budgetOf(account, budget).dollars;
  const of = limit === null || brevity > 0 ? '' : ` (of ${dollars(limit)})`;
  const tone = account.overspent === null ? 'quiet' : 'warn';
  const { costUsd } = account.used;
  if (costUsd === null && brevity > 0) return [span('$?', tone)];
  return [span(`${costWords(costUsd, isTeamPartial(state))}${of}`, tone)];
}

function tokensPart({ agents, account }: State, budget: Budget): Line {
  if (Object.keys(agents).length === 0) return [];
  const limit = budgetOf(account, budget).tokens;
  const of = limit === null ? '' : ` (of ${tokenCount(limit)})`;
  return [span(`${tokenWords(account.used.tokens)}${of}`, 'quiet')];
}
