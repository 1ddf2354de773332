import { lintedPairsMax } from '../limits.ts';
import type { TaskContent } from '../task.ts';
import { criticalPath } from './critical-path.ts';
import { assumedWindow } from './engineer-window.ts';
import type { Finding, RuleId, RuleNote } from './finding.ts';
import { type Check, createPlan, type Plan, type PlanTask, type Rule } from './plan.ts';
import type { PlanFacts } from './plan-facts.ts';
import { noAcceptance } from './rules/acceptance.ts';
import { changesTogether } from './rules/changes-together.ts';
import { contract } from './rules/contract.ts';
import { cycle, unknownDependency } from './rules/dependencies.ts';
import { duplicate } from './rules/duplicate.ts';
import { hotspot } from './rules/hotspot.ts';
import { overlap } from './rules/overlap.ts';
import { planSize } from './rules/plan-size.ts';
import { noScope } from './rules/scope-rule.ts';
import { tooBroad, tooSmall } from './rules/size.ts';
import { symbols } from './rules/symbols.ts';

const rules: Readonly<Record<Exclude<RuleId, 'critical-path'>, { why: string; rule: Rule }>> = {
  'unknown-dependency': {
    why: 'a task that waits for nothing real waits for ever',
    rule: unknownDependency,
  },
  cycle: { why: 'tasks in a circle all wait for each other', rule: cycle },
  'plan-size': { why: 'a plan that nobody can look over is not reviewed', rule: planSize },
  'no-scope': { why: 'undeclared files collide unseen', rule: noScope },
  'no-acceptance': { why: 'done must be something that a command can tell', rule: noAcceptance },
  'too-broad': { why: 'what no context window holds ends half done', rule: tooBroad },
  'too-small': { why: 'a session of its own costs more than the work', rule: tooSmall },
  duplicate: { why: 'the same work done twice conflicts with itself', rule: duplicate },
  overlap: { why: 'two branches in one file end in a conflict', rule: overlap },
  'changes-together': {
    why: 'files that history changes together break apart',
    rule: changesTogether,
  },
  symbols: { why: 'a renamed function breaks the branch that still calls it', rule: symbols },
  contract: { why: 'a task that builds on another must see its code', rule: contract },
  hotspot: { why: 'lock files, barrels and schemas are where branches meet', rule: hotspot },
};

export const ruleNotes: readonly RuleNote[] = [
  ...Object.entries(rules).map(([id, { why }]) => ({ id: id as RuleId, why })),
  { id: 'critical-path', why: 'a team that works in single file only costs more' },
];

/** What could never be worked on is refused whoever adds it; about everything else the person decides. */
const refusedToAll: readonly RuleId[] = ['cycle', 'unknown-dependency', 'plan-size'];

/** Everything that the rules say about a task that is not on the board yet. */
export function lintTask(
  content: TaskContent,
  by: PlanTask['by'],
  board: readonly PlanTask[],
  facts: PlanFacts,
  engineers: number,
  window = assumedWindow,
): readonly Finding[] {
  const subject: PlanTask = { ...content, id: null, by, standing: 'open' };
  const checks = checksOf(createPlan([...board, subject], facts, engineers, window));
  return findingsOf(
    subject,
    board.filter(task => task.standing === 'open' || task.standing === 'landed'),
    checks,
  );
}

/** Everything that the rules say about the open tasks of a board; each pair is spoken of once. */
export const lintBoard = (...given: Parameters<typeof lintInParts>): readonly Finding[] =>
  [...lintInParts(...given)].flat();

/** The same bit by bit, each for some of all pairs, so that whoever asks can do something else in between. */
export function* lintInParts(
  board: readonly PlanTask[],
  facts: PlanFacts,
  engineers: number,
  window = assumedWindow,
): Generator<readonly Finding[]> {
  const plan = createPlan(board, facts, engineers, window);
  const checks = checksOf(plan);
  const landed = board.filter(task => task.standing === 'landed');
  let part: Finding[] = [];
  let pairs = 0;
  for (const [index, subject] of plan.open.entries()) {
    const others = [...landed, ...plan.open.slice(0, index)];
    part.push(...findingsOf(subject, others, checks));
    pairs += others.length;
    if (pairs < lintedPairsMax) continue;
    yield part;
    part = [];
    pairs = 0;
  }
  yield [...part, ...criticalPath(plan)];
}

const checksOf = (plan: Plan) =>
  Object.entries(rules).map(([id, { rule }]) => ({ id: id as RuleId, check: rule(plan) }));

/** Only a duplicate of what has landed is of interest about landed tasks. */
function findingsOf(
  subject: PlanTask,
  others: readonly PlanTask[],
  checks: readonly { readonly id: RuleId; readonly check: Check }[],
): readonly Finding[] {
  const open = others.filter(task => task.standing === 'open');
  return checks.flatMap(({ id: rule, check }) =>
    check(subject, rule === 'duplicate' ? others : open).map(
      ({ severity, other = null, reason, remedy }): Finding => ({
        ...{ rule, task: subject.id, other, reason, remedy },
        severity: subject.by === 'person' && !refusedToAll.includes(rule) ? 'warning' : severity,
      }),
    ),
  );
}

export const isRefused = (findings: readonly Finding[]): boolean =>
  findings.some(finding => finding.severity === 'error');
