import { nameOf, type PlanTask, type Rule } from '../plan.ts';

/** Who uses what another task provides waits for that task. */
export const contract: Rule = plan => (subject, others) =>
  others.flatMap(other => {
    if (plan.isOrdered(subject, other)) return [];
    const name = nameOf(other);
    const taken = shared(listed(subject, 'uses'), listed(other, 'provides'));
    if (taken !== null)
      return {
        severity: 'error',
        other: other.id,
        reason: `it uses ${taken}, which ${name} provides, and does not wait for it`,
        remedy: `--depends ${name}`,
      };
    const given = shared(listed(subject, 'provides'), listed(other, 'uses'));
    if (given === null) return [];
    return {
      severity: 'warning',
      other: other.id,
      reason: `it provides ${given}, which ${name} uses without waiting for it`,
      remedy: `let ${name} depend on it: depends_on in its file`,
    };
  });

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
