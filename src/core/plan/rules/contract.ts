import { remember } from '../../../lib/remember.ts';
import { nameOf, type PlanTask, type Rule } from '../plan.ts';

/** Who uses what another task provides waits for that task. */
export const contract: Rule = plan => (subject, others) =>
  others.flatMap(other => {
    if (plan.isOrdered(subject, other)) return [];
    const name = nameOf(other);
    const [ours, theirs] = [contractOf(subject), contractOf(other)];
    const taken = shared(ours.uses, theirs.provides);
    if (taken !== null)
      return {
        severity: 'error',
        other: other.id,
        reason: `it uses ${taken}, which ${name} provides, and does not wait for it`,
        remedy: `--depends ${name}`,
      };
    const given = shared(ours.provides, theirs.uses);
    if (given === null) return [];
    return {
      severity: 'warning',
      other: other.id,
      reason: `it provides ${given}, which ${name} uses without waiting for it`,
      remedy: `let ${name} depend on it: depends_on in its file`,
    };
  });

const contractOf = remember((task: PlanTask) => ({
  uses: listed(task, 'uses'),
  provides: listed(task, 'provides'),
}));

/** `Uses: parseStatement, Money` on a line of its own in the body. */
function listed(task: PlanTask, word: 'provides' | 'uses'): readonly string[] {
  const line = new RegExp(`^[ \\t*-]*${word}[ \\t]*:(.*)$`, 'gim');
  return [...task.body.matchAll(line)].flatMap(([, names = '']) =>
    names
      .split(',')
      .map(name => name.replace(/[`\s]|\(\)/g, ''))
      .filter(name => name !== ''),
  );
}

const shared = (ours: readonly string[], theirs: readonly string[]) =>
  ours.find(name => theirs.includes(name)) ?? null;
