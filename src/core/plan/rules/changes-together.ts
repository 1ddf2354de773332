import { remember } from '../../../lib/remember.ts';
import { companionCommitsMin, companionShareMin } from '../../limits.ts';
import { overlapOf } from '../overlap.ts';
import { nameOf, type Plan, type PlanTask, type Rule } from '../plan.ts';

/** Files that history changes together belong to one task, or to tasks in order. */
export const changesTogether: Rule = plan => {
  const linksOf = remember((task: PlanTask) => companionsOf(task, plan));
  return (subject, others) =>
    others.flatMap(other => {
      const [ours, theirs] = [linksOf(subject), linksOf(other)];
      if (ours.size + theirs.size === 0 || plan.isOrdered(subject, other)) return [];
      if (overlapOf(subject.files, other.files) !== null) return [];
      const met =
        plan.filesOf(other).find(path => ours.has(path)) ??
        plan.filesOf(subject).find(path => theirs.has(path));
      const link = met === undefined ? undefined : (ours.get(met) ?? theirs.get(met));
      if (link === undefined) return [];
      const name = nameOf(other);
      return {
        severity: 'warning',
        other: other.id,
        reason:
          `${link.one} and ${link.path} changed together in ${link.together} commits ` +
          `(${Math.round(link.share * 100)} %), and ${name} has the other of them`,
        remedy: `--depends ${name}, or make one task of both`,
      };
    });
};

type Link = {
  readonly one: string;
  readonly path: string;
  readonly together: number;
  readonly share: number;
};

/** What history would have this task change beside its own files. */
function companionsOf(task: PlanTask, { facts, filesOf }: Plan): ReadonlyMap<string, Link> {
  const own = new Set(filesOf(task));
  const links = new Map<string, Link>();
  for (const one of own)
    for (const companion of facts.companions.get(one) ?? []) {
      const isStrong =
        companion.together >= companionCommitsMin && companion.share >= companionShareMin;
      if (isStrong && !own.has(companion.path)) links.set(companion.path, { one, ...companion });
    }
  return links;
}
