import type { AgentId } from '../ids.ts';
import type { Attempt, AttemptEnd, Task } from '../task.ts';
import { noUsage, plusUsage, type Usage, usedSince } from '../usage/usage.ts';
import type { Period } from './period.ts';

/** What became of an attempt and went into it, within a span. */
export type Tried = {
  readonly task: Task;
  readonly attempt: Attempt;
  /** How it ended within the span; null when it had ended before, or goes on. */
  readonly end: AttemptEnd | null;
  /** By the clock of supervised time. */
  readonly startedMs: number;
  readonly endedMs: number;
  readonly used: Usage;
};

/** Every attempt that was worked on, or ended, within the span. */
export function triedIn({ from, to }: Period): readonly Tried[] {
  return Object.values(to.tasks).flatMap(task =>
    task.attempts.flatMap((attempt, at): Tried[] => {
      const before = from.tasks[task.id]?.attempts[at];
      const { effort } = attempt;
      const used = before === undefined ? effort.used : usedSince(before.effort.used, effort.used);
      const startedMs = Math.max(effort.startedMs, from.supervised.ms);
      const endedMs = effort.startedMs + (effort.ms ?? to.supervised.ms - effort.startedMs);
      const end = before?.end == null ? attempt.end : null;
      if (before === attempt && end === null && endedMs <= startedMs) return [];
      return [{ task, attempt, end, startedMs, endedMs: Math.max(startedMs, endedMs), used }];
    }),
  );
}

/** Time at work and usage. */
export type Spent = { readonly ms: number; readonly used: Usage };

const nothingSpent: Spent = { ms: 0, used: noUsage };

export const spentOn = (tries: readonly Tried[]): Spent =>
  tries.reduce(
    (sum, { startedMs, endedMs, used }) => ({
      ms: sum.ms + endedMs - startedMs,
      used: plusUsage(sum.used, used),
    }),
    nothingSpent,
  );

/** A verdict on the work: it landed, or the gate, git or the person gave it back. */
export const isVerdict = (end: AttemptEnd | null): end is AttemptEnd =>
  end !== null && end.kind !== 'withdrawn';

export type Fate = 'landed' | 'lost' | 'open';

/** What came of an agent's work at a task: `lost` when the task is over and somebody else, or nobody, landed it. */
export function fateFor({ column, attempts }: Task, agent: AgentId): Fate {
  if (column !== 'done') return 'open';
  return attempts.some(one => one.agent === agent && one.end?.kind === 'landed')
    ? 'landed'
    : 'lost';
}

/** How many of them worked at the same time on average, 1 or more; null when nobody worked. */
export function sideBySide(tries: readonly Tried[]): number | null {
  let [covered, total, end] = [0, 0, 0];
  const inOrder = tries.toSorted((one, other) => one.startedMs - other.startedMs);
  for (const { startedMs, endedMs } of inOrder) {
    total += endedMs - startedMs;
    covered += Math.max(0, endedMs - Math.max(end, startedMs));
    end = Math.max(end, endedMs);
  }
  return covered === 0 ? null : total / covered;
}
