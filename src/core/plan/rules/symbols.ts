import { remember } from '../../../lib/remember.ts';
import { overlapOf } from '../overlap.ts';
import { nameOf, type Plan, type PlanTask, type Rule } from '../plan.ts';
import { codeNamesOf } from '../words.ts';

/** A task that changes an exported name goes before or after those that use it, never beside them. */
export const symbols: Rule = plan => {
  const changesOf = remember((task: PlanTask) => changedBy(task, plan));
  return (subject, others) =>
    others.flatMap(other => {
      const [ours, theirs] = [changesOf(subject), changesOf(other)];
      if (ours.size + theirs.size === 0 || plan.isOrdered(subject, other)) return [];
      if (overlapOf(subject.files, other.files) !== null) return [];
      const name = nameOf(other);
      const met = usedBy(other, ours, plan);
      if (met !== null)
        return warning(other, `it changes ${met.symbol}, which ${name} ${met.how}`, name);
      const back = usedBy(subject, theirs, plan);
      if (back === null) return [];
      return warning(other, `${name} changes ${back.symbol}, which it ${back.how}`, name);
    });
};

const warning = (other: PlanTask, reason: string, name: string) => ({
  severity: 'warning' as const,
  other: other.id,
  reason,
  remedy: `--depends ${name}, or let ${name} depend on it`,
});

const namesIn = remember((task: PlanTask) => codeNamesOf(`${task.title}\n${task.body}`));

/** Exported by its files and named in its text: the task is about it. */
function changedBy(task: PlanTask, { facts, filesOf }: Plan): ReadonlySet<string> {
  const named = namesIn(task);
  const exported = filesOf(task).flatMap(path => facts.symbols.get(path)?.exported ?? []);
  return new Set(exported.filter(symbol => named.has(symbol)));
}

function usedBy(
  task: PlanTask,
  changed: ReadonlySet<string>,
  { facts, filesOf }: Plan,
): { readonly symbol: string; readonly how: string } | null {
  if (changed.size === 0) return null;
  const named = namesIn(task);
  for (const symbol of changed) if (named.has(symbol)) return { symbol, how: 'names' };
  for (const path of filesOf(task))
    for (const symbol of facts.symbols.get(path)?.imported ?? [])
      if (changed.has(symbol)) return { symbol, how: `uses in ${path}` };
  return null;
}
