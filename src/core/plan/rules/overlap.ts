import { overlapOf } from '../overlap.ts';
import { nameOf, type Rule } from '../plan.ts';

/** Two tasks that nothing puts in order must not change the same file. */
export const overlap: Rule = plan => (subject, others) =>
  others.flatMap(other => {
    const path = overlapOf(subject.files, other.files);
    if (path === null || plan.isOrdered(subject, other)) return [];
    const name = nameOf(other);
    return {
      severity: 'error',
      other: other.id,
      reason: `${name} (“${other.title}”) changes ${path} too, and nothing says which comes first`,
      remedy: `--depends ${name}, or leave ${path} to one of them, or make one task of both`,
    };
  });
