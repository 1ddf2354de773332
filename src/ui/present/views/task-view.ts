import { whyWaiting } from '../../../core/board.ts';
import type { TaskId } from '../../../core/ids.ts';
import { answerWords } from '../../../core/plan/finding-words.ts';
import type { State } from '../../../core/state.ts';
import type { Task } from '../../../core/task.ts';
import { isTaskPartial } from '../../../core/usage/partial.ts';
import { cleanText } from '../../../lib/clean-text.ts';
import { age } from '../age.ts';
import { meetingLine, meetingsOf } from '../facts/radar-mark.ts';
import { stepWords } from '../header.ts';
import { emptyLine, type Line, line, type Span, span } from '../line.ts';
import type { Picture } from '../picture.ts';
import { retryBadge, taskFlags } from '../tasks.ts';
import { budgetWords, hasBudget, outcomeWords, usageWords } from '../usage/usage-words.ts';
import { reflowed, textLines, wrapText } from '../wrap.ts';
import { attemptLines } from './attempt-lines.ts';
import { labelled } from './labelled.ts';

type TaskFacts = Pick<Picture, 'now' | 'state' | 'pairs' | 'policy' | 'receiptsOf'>;

/** Everything about one task, why it is where it is first. */
export function taskDetails(task: Task, picture: TaskFacts, width: number): Line[] {
  const { now, state, pairs } = picture;
  const facts = { now, state, receipts: picture.receiptsOf(task.id) };
  const { retriesMax, budgets } = picture.policy;
  const budget = task.budget ?? budgets.task;
  const isPartial = isTaskPartial(task, state);
  const why = whyWaiting(state, task);
  const escalated = task.escalation?.why ?? '';
  const flags = taskFlags(task).flatMap(flag => [span('  '), flag]);
  return [
    ...titleLines(task, width),
    [
      span(
        `${task.column}${task.gateStep ? ` (${stepWords[task.gateStep]})` : ''} for ${age(task.since, now)}`,
      ),
      span(`  ${whoHas(task)}  ${retryBadge(task, retriesMax)}  ${task.priority}`, 'quiet'),
      ...flags,
    ],
    ...labelled('Why here', why, width),
    ...labelled(
      'Used',
      task.attempt === 0 ? null : usageWords(task.account.used, isPartial),
      width,
    ),
    ...labelled('No outcome', sinceOutcome(task, picture), width),
    ...labelled('Budget', hasBudget(budget) ? budgetWords(task.account, budget) : null, width),
    ...labelled('Blocked', task.blocked, width),
    // What is said above already would push out what is said nowhere else.
    ...labelled('Escalated', why.includes(escalated) ? null : escalated, width),
    ...meetingsOf(task.id, pairs).map((one, index) => [radarLabel(index), ...meetingLine(one)]),
    ...labelled('Risks', task.risks.join('\n'), width),
    ...labelled('Lint', lintText(state, task), width),
    ...labelled('Guidance', task.guidance, width),
    ...labelled('Dropped', task.dropped, width),
    ...labelled('Landed as', task.landedAs, width),
    ...list('Accept', task.accept, width, 'no command of its own: the team gate decides'),
    ...list('Files', task.files, width, 'not said'),
    ...list(
      'After',
      task.dependsOn.map(id => withState(id, state)),
      width,
      null,
    ),
    ...labelled('Part of', task.splits ?? null, width),
    ...list('Split into', task.splitInto, width, null),
    ...list('Tags', task.tags, width, null),
    ...(task.body.trim() ? [emptyLine, ...textLines(reflowed(task.body.trim()), width)] : []),
    ...task.attempts.toReversed().flatMap(attempt => attemptLines(attempt, facts, width)),
  ];
}

function titleLines({ id, title }: Task, width: number): Line[] {
  const name = `${id} `;
  return wrapText(cleanText(title), width - name.length).map((row, at) => [
    span(at === 0 ? name : ' '.repeat(name.length), 'accent'),
    span(row, 'strong'),
  ]);
}

/** What its engineer has put out since something last came of its work. */
function sinceOutcome({ assignee }: Task, { state, policy }: TaskFacts): string | null {
  const agent = assignee === null ? undefined : state.agents[assignee];
  const words = agent === undefined ? null : outcomeWords(agent, policy);
  return words === null ? null : `${words} since ${assignee} last landed or improved something`;
}

const radarLabel = (index: number): Span => span((index === 0 ? 'Radar' : '').padEnd(11), 'quiet');

/** Who holds it; of what is done, who did it. */
const whoHas = ({ assignee, column, attempts }: Task): string => {
  const last = attempts.at(-1);
  return assignee ?? (column === 'done' && last ? `by ${last.agent}` : 'nobody');
};

/** A task that this one waits for, and where that is. */
const withState = (id: TaskId, { tasks }: State): string => {
  const other = tasks[id];
  if (!other) return `${id} (not on the board)`;
  return `${id} (${other.dropped !== null ? 'dropped' : other.column}) ${other.title}`;
};

/** What the plan lint said of it, and what would pass. */
const lintText = ({ plan }: State, { id, column }: Task): string | null =>
  column === 'done' ? null : answerWords(plan.findings[id] ?? []);

function list(label: string, items: readonly string[], width: number, none: string | null): Line[] {
  if (items.length > 0) return labelled(label, items.join('\n'), width);
  return none === null ? [] : [[span(label.padEnd(11), 'quiet'), span(none, 'quiet')]];
}

/** What stands where a task would. */
export const noTaskLines: readonly Line[] = [
  line(' No task is selected.', 'strong'),
  line(' Press 2 and choose one on the board, or n to add one.', 'quiet'),
];
