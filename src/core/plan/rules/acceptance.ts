import type { Rule } from '../plan.ts';

/** Commands that succeed whatever the work is. */
const vacuous = /^\s*(true|:|exit 0|echo\b[^|&;]*|printf\b[^|&;]*)?\s*$/;

/** Something must be red before the work and green after it, or nobody can tell that it is done. */
export const noAcceptance: Rule = () => subject => {
  if (subject.accept.length === 0)
    return [
      {
        severity: 'error',
        reason: 'nothing tells when it is done: it has no acceptance command',
        remedy: '--accept with a command that fails today and succeeds when it is done',
      },
    ];
  const empty = subject.accept.find(command => vacuous.test(command));
  if (empty === undefined) return [];
  return [
    {
      severity: 'error',
      reason: `the acceptance command “${empty.trim()}” cannot fail`,
      remedy: 'a command that fails today and succeeds when it is done',
    },
  ];
};
