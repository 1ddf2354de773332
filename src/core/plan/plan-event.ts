import type { AgentId, TaskId } from '../ids.ts';
import type { Finding } from './finding.ts';

/** What happens to plans, as facts. */
export type PlanEvent =
  /** What the plan lint said when it was added: warnings, scored when it lands. */
  | { readonly type: 'task.linted'; readonly task: TaskId; readonly findings: readonly Finding[] }
  | {
      readonly type: 'task.split';
      readonly task: TaskId;
      readonly by: AgentId | 'person';
      readonly into: readonly TaskId[];
    }
  /** These trifles are to become one task; its file is written first. */
  | { readonly type: 'batch.formed'; readonly tasks: readonly TaskId[] }
  /** Its file could not be written: each is done alone. */
  | { readonly type: 'batch.failed'; readonly why: string }
  /** The task that it became a part of is on the board. */
  | { readonly type: 'task.batched'; readonly task: TaskId; readonly into: TaskId }
  /** The architect read a goal and no task came of it, also when reminded. */
  | { readonly type: 'goal.unanswered'; readonly agent: AgentId; readonly why: string };
