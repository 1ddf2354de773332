import type { Plan, Rule } from '../plan.ts';
import { isGlob } from '../scope.ts';

/** Without its files nobody can see what a task would collide with. */
export const noScope: Rule = plan => subject => {
  if (subject.files.length === 0)
    return [
      {
        severity: 'error',
        reason: 'it names no file, so nobody can see what it collides with',
        remedy: '--file for each file that it will change, tests and exports too',
      },
    ];
  const outside = subject.files.find(isOutside);
  if (outside !== undefined)
    return [
      {
        severity: 'error',
        reason: `${outside} is outside the repository`,
        remedy: 'paths relative to its root, like src/queue.ts',
      },
    ];
  const empty = subject.files.find(path => namesMany(path) && isEmpty(path, plan));
  if (empty === undefined) return [];
  return [
    {
      severity: 'error',
      reason: `${empty} matches no file of the trunk`,
      remedy: 'a pattern or folder that is there, or the full path of a file that is to be made',
    },
  ];
};

/** A plain path may be a file that is to be made; a pattern or `folder/` stands for what is there. */
const namesMany = (path: string) => isGlob(path) || path.endsWith('/');

const isOutside = (path: string) =>
  path.startsWith('/') || path.startsWith('~') || path.split(/[/\\]/).includes('..');

const isEmpty = (pattern: string, plan: Plan) =>
  plan.facts.files.length > 0 && plan.expand(pattern).length === 0;
