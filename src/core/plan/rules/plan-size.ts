import { openTasksMax } from '../../limits.ts';
import type { Rule } from '../plan.ts';

/** A plan that nobody can look over is not a plan. */
export const planSize: Rule = plan => subject => {
  const others = plan.open.filter(task => task !== subject).length;
  if (subject.id !== null || others < openTasksMax) return [];
  return [
    {
      severity: 'error',
      reason: `the board has ${others} open tasks, and takes ${openTasksMax}`,
      remedy: 'wait until some have landed, or put several into one',
    },
  ];
};
