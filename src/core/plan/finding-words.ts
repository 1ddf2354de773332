import type { Finding } from './finding.ts';

/** One finding for whoever has to act on it: what is wrong, and what would pass. */
export const findingWords = ({ rule, severity, reason, remedy }: Finding): string =>
  `${severity} ${rule}: ${reason}. Would pass: ${remedy}.`;

/** The answer to whoever added the task: errors first, one to a line. */
export const answerWords = (findings: readonly Finding[]): string =>
  findings
    .toSorted((a, b) => a.severity.localeCompare(b.severity))
    .map(findingWords)
    .join('\n');
