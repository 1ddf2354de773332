import type { Message } from '../message.ts';
import type { State } from '../state.ts';
import type { Attempt, AttemptEnd, FailureReason, Task } from '../task.ts';
import { againLines } from './again-lines.ts';
import { fenced } from './fenced.ts';
import { handoffLines } from './handoff-words.ts';
import type { KeptWork, WorkFacts } from './kept-work.ts';
import { bodyWords, fileRows, fileWords } from './page-words.ts';
import { keptLines, splitLines } from './split-words.ts';

export type Extra = {
  readonly work: WorkFacts | null;
  /** Of the task that is being split, or of which this one is a part. */
  readonly kept?: KeptWork;
  /** In the worktree of whoever takes over; null or left out where nobody could look. */
  readonly uncommitted?: readonly string[] | null;
  /** What the architect is told beside a goal. */
  readonly briefing?: readonly string[];
};

/**
 * The text that is typed into an agent CLI. Its first line names message, kind and attempt. Words that
 * did not come from Belfry or the person are fenced and called what they are.
 */
export function composeMessage(state: State, message: Message, extra: Extra): string {
  const task = message.task === null ? undefined : state.tasks[message.task];
  const about = message.task === null ? '' : ` ${message.task}/${message.attempt}`;
  // Also when it became one by itself: the old session was full, or could not be resumed.
  const { messagesInSession, isCut = false } = state.agents[message.to] ?? {};
  const isFresh = message.freshSession || messagesInSession === 0;
  return [
    `Belfry ${message.id} ${message.kind}${about}`,
    '',
    ...linesOf({ ...message, freshSession: isFresh }, task, extra),
    ...(message.again === undefined ? [] : againLines(state, message)),
    ...(message.pressed && isCut
      ? ['', 'Your turn was interrupted for this. Answer it, then go on where you were.']
      : []),
  ].join('\n');
}

function linesOf(message: Message, task: Task | undefined, extra: Extra): readonly string[] {
  switch (message.kind) {
    case 'goal':
      return [
        'Plan this goal as small, testable tasks with `belfry task add`:',
        '',
        message.text,
        ...(extra.briefing === undefined ? [] : ['', ...extra.briefing]),
      ];
    case 'note':
      return [
        `${message.from === 'person' ? 'The person' : message.from} writes:`,
        ...(message.from === 'person' ? ['', message.text] : fenced(message.text)),
      ];
    case 'nudge':
      return message.text !== ''
        ? [message.text]
        : [
            'You stopped without a claim. Commit and run `belfry done --summary "…"`,',
            'or run `belfry blocked --why "…"`.',
          ];
    default:
      return task === undefined ? [message.text] : taskLines(message, task, extra);
  }
}

function taskLines(message: Message, task: Task, extra: Extra): readonly string[] {
  switch (message.kind) {
    case 'failure':
      if (task.attempts.at(-2)?.end?.kind === 'collided') return collisionLines(task);
      return [
        `${causes[failedAttempts(task).at(-1)?.end.reason ?? 'gate']} This is retry ${task.retries}.`,
        ...(message.freshSession
          ? [
              'You are a fresh session: the one before went wrong. What was tried, and why it failed:',
            ]
          : []),
        ...failures(task, message.freshSession),
        'Find the cause, mend it, commit, and run `belfry done --summary "…"` again.',
        ...(message.freshSession ? [...workLines(extra), '', ...described(task)] : []),
      ];
    case 'conflict':
      return [
        'The trunk has moved into the same lines. It is merged into your worktree; resolve the conflicts',
        'in these files, commit the merge, and run `belfry done --summary "…"` again:',
        ...conflictRows(task),
        ...(message.freshSession ? ['', ...described(task)] : []),
      ];
    case 'review':
      return [
        ...sentBackLines(task),
        '',
        'Do what they ask, commit, and run `belfry done --summary "…"` again.',
        ...(message.freshSession ? [...workLines(extra), '', ...described(task)] : []),
      ];
    case 'handoff':
      return [
        'You take over this task from a session that could not go on. Its work is in your worktree.',
        ...workLines(extra),
        ...sentBackLines(task),
        ...failures(task, true),
        ...handoffLines(task, {
          changed: extra.work?.files ?? [],
          uncommitted: extra.uncommitted ?? null,
        }),
        '',
        ...described(task),
        ...keptLines(task, extra.kept),
      ];
    case 'escalation':
      return escalationLines(task, extra);
    case 'split':
      return splitLines(task, message.text, extra.kept);
    default:
      return [
        ...(task.guidance ? ['Advice for this attempt:', ...fenced(task.guidance)] : []),
        ...described(task),
        ...workLines(extra),
        ...keptLines(task, extra.kept),
      ];
  }
}

function described(task: Task): readonly string[] {
  return [
    `Task ${task.id}: ${task.title}`,
    ...(task.body.trim() === '' ? [] : ['', task.body.trim()]),
    ...(task.files.length === 0 ? [] : ['', 'Expected to change:', ...fileRows(task.files)]),
    ...listed('Must pass', task.accept),
    '',
    'Work in this folder only. Commit what you do, then run `belfry done --summary "…"`;',
    'run `belfry blocked --why "…"` when you cannot go on. The gate decides, not the claim.',
  ];
}

const listed = (title: string, items: readonly string[]) =>
  items.length === 0 ? [] : ['', `${title}:`, ...items.map(item => `  ${item}`)];

function workLines({ work }: Extra): readonly string[] {
  if (work === null || work.commits === 0) return [];
  const { commits, files, linesAdded, linesRemoved } = work;
  return [
    '',
    `On the branch: ${commits} commits, +${linesAdded} −${linesRemoved}, ${fileWords(files)}`,
  ];
}

const causes: Readonly<Record<FailureReason, string>> = {
  gate: 'The gate was red on the merge result of your branch.',
  'nothing-committed': 'Your branch held nothing that could be tested.',
  stalled: 'The session before this one worked too long without a commit or a claim.',
};

type FailedAttempt = Attempt & { readonly end: Extract<AttemptEnd, { kind: 'failed' }> };

const failedAttempts = (task: Task): readonly FailedAttempt[] =>
  task.attempts.filter((one): one is FailedAttempt => one.end?.kind === 'failed');

/** The newest failure; for a fresh session all of them, so that nothing is tried twice. */
function failures(task: Task, isFresh: boolean): readonly string[] {
  const failed = failedAttempts(task).slice(isFresh ? -3 : -1);
  return failed.flatMap(attempt => [
    '',
    isFresh
      ? `Attempt ${attempt.number} claimed: ${attempt.summary ?? 'nothing'}. It failed:`
      : 'It failed:',
    ...fenced(attempt.end.excerpt),
  ]);
}

/** Neither branch is wrong alone, so the message says what came between. */
function collisionLines(task: Task): readonly string[] {
  const end = task.attempts.at(-2)?.end;
  if (end?.kind !== 'collided') return [];
  const others = end.others.length === 0 ? 'Other work' : end.others.join(' and ');
  return [
    `Your branch is green and so is the trunk, but together they are red: ${others} landed while you`,
    'worked. This is not counted as a retry. The trunk is merged into your worktree. It failed:',
    ...fenced(end.excerpt),
    'Make your work fit, commit, and run `belfry done --summary "…"` again.',
  ];
}

/** What the person said of the attempt before; nothing where that ended otherwise. */
function sentBackLines(task: Task): readonly string[] {
  const end = task.attempts.at(-2)?.end;
  if (end?.kind !== 'sentBack') return [];
  return [
    'The person looked at your work before it lands, and sends it back with these words. This is not',
    'counted as a retry:',
    '',
    end.text,
  ];
}

function conflictRows(task: Task): readonly string[] {
  const end = task.attempts.findLast(one => one.end?.kind === 'conflicted')?.end;
  return end?.kind === 'conflicted' ? fileRows(end.files, end.filesOmitted) : [];
}

function escalationLines(task: Task, extra: Extra): readonly string[] {
  return [
    `${task.id} is escalated to you: ${task.escalation?.why ?? task.why}`,
    `Title: ${task.title}. Tried by: ${task.failedBy.join(', ') || 'nobody'}.`,
    ...bodyWords(task.body),
    ...(task.files.length === 0 ? [] : [`Expected to change: ${fileWords(task.files)}`]),
    ...listed('Must pass', task.accept),
    ...workLines(extra),
    ...failedAttempts(task)
      .slice(-3)
      .flatMap(one => ['', `Attempt ${one.number} by ${one.agent}:`, ...fenced(one.end.excerpt)]),
    '',
    'Answer with exactly one command:',
    `  belfry guide ${task.id} --text "…"           the same engineer tries again with your advice`,
    `  belfry reassign ${task.id} [--to eng-2] --text "…"`,
    `  belfry split ${task.id} --text "…"           too broad: the architect makes several of it`,
    `  belfry drop ${task.id} --why "…"`,
    `  belfry ask ${task.id} --text "…"             pass the question on to the person`,
  ];
}
