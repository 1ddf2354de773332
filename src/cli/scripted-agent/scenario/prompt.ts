import { isTaskId, type TaskId } from '../../../core/ids.ts';
import type { MessageKind } from '../../../core/message.ts';

/** The first line of everything that Belfry types: `Belfry M-7 failure T-12/2`. */
export type Prompt = {
  readonly message: string;
  readonly kind: MessageKind;
  readonly task: TaskId | null;
  readonly attempt: number | null;
  /** What follows the first line. */
  readonly text: string;
};

const kinds: readonly MessageKind[] = [
  ...(['task', 'failure', 'conflict', 'review', 'handoff'] as const),
  ...(['nudge', 'escalation', 'split', 'goal', 'note'] as const),
];
const firstLine = /^Belfry (M-\d+) ([a-z]+)(?: (T-\d+)\/(\d+))?$/;

/** Null when a person typed it. */
export function readPrompt(text: string): Prompt | null {
  const [line = '', ...rest] = text.trimStart().split('\n');
  const [, message, kindName, task, attempt] = firstLine.exec(line.trim()) ?? [];
  const kind = kinds.find(one => one === kindName);
  if (message === undefined || kind === undefined) return null;
  return {
    ...{ message, kind, text: rest.join('\n').trim() },
    task: task !== undefined && isTaskId(task) ? task : null,
    attempt: attempt === undefined ? null : Number(attempt),
  };
}
