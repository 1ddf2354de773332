import { matchesGlob } from '../../lib/path-glob.ts';
import type { TaskId } from '../ids.ts';
import { recordedFindingsMax } from '../limits.ts';
import type { Task } from '../task.ts';
import type { Finding } from './finding.ts';
import type { Goal } from './goal.ts';

/** What is remembered of plans: what the lint said, and what became of it. */
export type PlanRecord = {
  /** What the lint said about a task when it was added. */
  readonly findings: Readonly<Record<TaskId, readonly Finding[]>>;
  /** Over the architect's landed tasks: how well their files were foreseen. */
  readonly foresight: Foresight;
  /** Goals that were read, each until a task comes of it or the person has looked, the oldest first. */
  readonly goals: readonly Goal[];
  /** Trifles whose common task is being written. */
  readonly batch: readonly TaskId[] | null;
  /** Trifles that could not be put together. */
  readonly alone: readonly TaskId[];
};

export type Foresight = {
  /** Files, folders and globs that tasks declared, and how many of them were changed. */
  readonly declared: number;
  readonly declaredChanged: number;
  /** Files that landed, and how many of them were declared. */
  readonly changed: number;
  readonly changedDeclared: number;
};

export const noPlanRecord: PlanRecord = {
  findings: {},
  foresight: { declared: 0, declaredChanged: 0, changed: 0, changedDeclared: 0 },
  goals: [],
  batch: null,
  alone: [],
};

export const withFindings = (
  record: PlanRecord,
  task: TaskId,
  findings: readonly Finding[],
): PlanRecord => ({
  ...record,
  findings: { ...record.findings, [task]: findings.slice(0, recordedFindingsMax) },
});

/** Compares what a task declared with what landed. Only the architect's tasks are its forecast. */
export function withLanded(record: PlanRecord, task: Task, files: readonly string[]): PlanRecord {
  if (task.addedBy === 'person') return record;
  const isMet = (pattern: string) => files.some(file => matchesGlob(file, pattern));
  const isForeseen = (file: string) => task.files.some(pattern => matchesGlob(file, pattern));
  const { foresight } = record;
  return {
    ...record,
    foresight: {
      declared: foresight.declared + task.files.length,
      declaredChanged: foresight.declaredChanged + task.files.filter(isMet).length,
      changed: foresight.changed + files.length,
      changedDeclared: foresight.changedDeclared + files.filter(isForeseen).length,
    },
  };
}

/** Part of the declared files that changed, and part of the changed files that were declared; null without any. */
export function scoresOf({ declared, declaredChanged, changed, changedDeclared }: Foresight): {
  readonly precision: number | null;
  readonly recall: number | null;
} {
  return {
    precision: declared === 0 ? null : declaredChanged / declared,
    recall: changed === 0 ? null : changedDeclared / changed,
  };
}
