import type { TaskId } from '../../../src/core/ids.ts';
import type { Finding } from '../../../src/core/plan/finding.ts';
import type { PlanTask } from '../../../src/core/plan/plan.ts';
import { noFacts, type PlanFacts } from '../../../src/core/plan/plan-facts.ts';
import type { TaskContent } from '../../../src/core/task.ts';

/** A task that every rule lets pass, as long as nothing else is said. */
export function contentOf(title: string, more: Partial<TaskContent> = {}): TaskContent {
  const stem = title.toLowerCase().replace(/[^a-z]+/g, '-');
  return {
    title,
    priority: 'medium',
    tags: [],
    dependsOn: [],
    files: [`src/${stem}.ts`],
    accept: [`node --test test/${stem}.test.ts`],
    estimateMinutes: 30,
    body: '',
    ...more,
  };
}

export const planTask = (id: string, title: string, more: Partial<PlanTask> = {}): PlanTask => ({
  ...contentOf(title, more),
  ...{ id: id as TaskId, by: 'architect' as PlanTask['by'], standing: 'open' },
  ...more,
});

export const ids = (...texts: readonly string[]): readonly TaskId[] => texts as readonly TaskId[];

type FactsGiven = {
  readonly files?: Readonly<Record<string, number>>;
  /** `{ 'src/a.ts': ['src/b.ts', 4, 0.8] }` */
  readonly companions?: Readonly<Record<string, readonly [string, number, number]>>;
  readonly changeShares?: Readonly<Record<string, number>>;
  readonly exported?: Readonly<Record<string, readonly string[]>>;
  readonly imported?: Readonly<Record<string, readonly string[]>>;
};

export function factsOf(given: FactsGiven): PlanFacts {
  const paths = [...Object.keys(given.exported ?? {}), ...Object.keys(given.imported ?? {})];
  const files = { ...Object.fromEntries(paths.map(path => [path, 100])), ...given.files };
  return {
    ...noFacts,
    files: Object.keys(files)
      .sort()
      .map(path => ({ path, tokens: files[path] ?? 0 })),
    companions: new Map(
      Object.entries(given.companions ?? {}).map(([path, [other, together, share]]) => [
        path,
        [{ path: other, together, share }],
      ]),
    ),
    changeShares: new Map(Object.entries(given.changeShares ?? {})),
    symbols: new Map(
      paths.map(path => [
        path,
        { exported: given.exported?.[path] ?? [], imported: given.imported?.[path] ?? [] },
      ]),
    ),
  };
}

/** `error overlap T-9`, for a table. */
export const brief = (findings: readonly Finding[]): readonly string[] =>
  findings.map(({ severity, rule, other }) => `${severity} ${rule}${other ? ` ${other}` : ''}`);
