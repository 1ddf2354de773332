import type { TaskId } from '../../../core/ids.ts';
import {
  type DraftTask,
  draftFindings,
  draftOf,
  draftShape,
  engineersOf,
} from '../../../core/plan/draft.ts';
import type { Finding } from '../../../core/plan/finding.ts';
import { findingWords } from '../../../core/plan/finding-words.ts';
import { leftOutOf } from '../../../core/plan/left-out.ts';
import type { State } from '../../../core/state.ts';
import { cleanText } from '../../../lib/clean-text.ts';
import { plural } from '../age.ts';
import { emptyLine, type Line, line, type Span, span, spread } from '../line.ts';
import { namedTasks } from '../plan/named-tasks.ts';
import { textLines } from '../wrap.ts';

/** One row of the plan view, and the task that keys are about there. */
export type PlanRow = { readonly line: Line; readonly task: TaskId | null };

export type PlanWish = {
  readonly state: State;
  readonly excluded: readonly TaskId[];
  readonly width: number;
};

/** A draft as a tree of what waits for what, each task with its marks; above it what the plan is worth. */
export function rowsOfPlan({ state, excluded, width }: PlanWish): readonly PlanRow[] {
  const draft = draftOf(state);
  if (draft.length === 0) return emptyRows(width);
  const accepted = draft.flatMap(({ task }) => (excluded.includes(task.id) ? [] : [task.id]));
  const { waiting } = leftOutOf(state, accepted);
  return [
    ...headRows(state, draft, draft.length - accepted.length, width),
    { line: emptyLine, task: null },
    ...draft.flatMap((one, index) => {
      const findings = state.plan.findings[one.task.id] ?? [];
      const tree = branchOf(draft, index);
      const row = taskRow(one, { tree, findings, isIn: !excluded.includes(one.task.id), width });
      const notes = [
        ...leftOutRows(waiting.get(one.task.id) ?? [], width),
        ...findings.flatMap(finding => findingRows(finding, width)),
      ];
      return [row, ...notes].map(each => ({ line: each, task: one.task.id }));
    }),
  ];
}

export const planLines = (wish: PlanWish): readonly Line[] => rowsOfPlan(wish).map(row => row.line);

const emptyRows = (width: number): readonly PlanRow[] =>
  [
    line(' No plan waits for you.', 'strong'),
    ...textLines(
      'What the architect plans comes here before anybody works on it; g gives it a goal. With “plan: auto” in team.yaml its tasks are begun at once.',
      width - 1,
      'quiet',
      1,
    ),
  ].map(each => ({ line: each, task: null }));

function headRows(
  state: State,
  draft: readonly DraftTask[],
  left: number,
  width: number,
): readonly PlanRow[] {
  const { totalMinutes, pathMinutes, path, speedUp, costRatio } = draftShape(state);
  const chain = path.length < 2 ? '' : ` (${path.join(' → ')})`;
  const warnings = draft.reduce(
    (sum, { task }) => sum + (state.plan.findings[task.id]?.length ?? 0),
    0,
  );
  const out = left === 0 ? '' : `, ${left} left out`;
  const texts = [
    `${plural(draft.length, 'task')}${out}, ${plural(warnings, 'lint mark')}`,
    `${totalMinutes} minutes of work, the longest chain ${pathMinutes}${chain}`,
    `${plural(engineersOf(state), 'engineer')}: at most ${speedUp.toFixed(1)} times as fast as one, for about ${costRatio.toFixed(1)} times the cost`,
  ];
  const rows = texts.flatMap((text, index) =>
    textLines(text, width - 1, index === 0 ? 'strong' : 'plain', 1),
  );
  const doubts = draftFindings(state).flatMap(one =>
    textLines(findingWords(one), width - 1, 'warn', 1),
  );
  return [...rows, ...doubts].map(each => ({ line: each, task: null }));
}

/** `│  └─ `: where the row hangs in the tree. */
function branchOf(draft: readonly DraftTask[], index: number): string {
  const depth = draft[index]?.depth ?? 0;
  const bars = Array.from({ length: depth }, (_, level) => {
    const rest = draft.slice(index + 1).map(one => one.depth);
    const end = rest.findIndex(one => one <= level);
    const goesOn = rest.slice(0, end === -1 ? rest.length : end).includes(level + 1);
    if (level === depth - 1) return goesOn ? '├─ ' : '└─ ';
    return goesOn ? '│  ' : '   ';
  });
  return bars.join('');
}

function taskRow(
  { task, alsoAfter }: DraftTask,
  row: {
    readonly tree: string;
    readonly findings: readonly Finding[];
    readonly isIn: boolean;
    readonly width: number;
  },
): Line {
  const { tree, findings, isIn, width } = row;
  const after = alsoAfter.length === 0 ? '' : ` after ${alsoAfter.join(', ')}`;
  const minutes = task.estimateMinutes === null ? '? min' : `${task.estimateMinutes} min`;
  const marks: Span[] = findings.length === 0 ? [] : [span(` ⚠ ${findings.length}`, 'warn')];
  const left = [
    span(isIn ? ' [x] ' : ' [ ] ', isIn ? 'good' : 'quiet'),
    span(tree, 'quiet'),
    span(`${task.id} `, isIn ? 'accent' : 'quiet'),
    span(cleanText(task.title), isIn ? 'plain' : 'quiet'),
  ];
  const right = [span(after, 'quiet'), ...marks, span(` ${minutes.padStart(7)} `, 'quiet')];
  return spread(left, right, width);
}

const findingIndent = 7;

function leftOutRows(needs: readonly TaskId[], width: number): readonly Line[] {
  if (needs.length === 0) return [];
  const are = needs.length === 1 ? 'is' : 'are';
  const text = `waits for ${namedTasks(needs)}, which ${are} left out`;
  return textLines(text, width - 1, 'warn', findingIndent);
}

const findingRows = ({ rule, severity, reason }: Finding, width: number): readonly Line[] =>
  textLines(`${severity} ${rule}: ${reason}`, width - 1, 'warn', findingIndent);
