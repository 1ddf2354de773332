import type { TaskId } from '../ids.ts';

export type RuleId =
  | 'changes-together'
  | 'contract'
  | 'critical-path'
  | 'cycle'
  | 'duplicate'
  | 'hotspot'
  | 'no-acceptance'
  | 'no-scope'
  | 'overlap'
  | 'plan-size'
  | 'symbols'
  | 'too-broad'
  | 'too-small'
  | 'unknown-dependency';

/** An error refuses the task, a warning is recorded with it. */
export type Severity = 'error' | 'warning';

/** One thing that the lint has to say about a task. */
export type Finding = {
  readonly rule: RuleId;
  readonly severity: Severity;
  /** Null: about a task that has no id yet, or about the plan as a whole. */
  readonly task: TaskId | null;
  /** The other task of a pair. */
  readonly other: TaskId | null;
  /** What is wrong, in one line. */
  readonly reason: string;
  /** What would pass. */
  readonly remedy: string;
};

/** A rule as a reader meets it: what it is called and why it is there. */
export type RuleNote = { readonly id: RuleId; readonly why: string };
