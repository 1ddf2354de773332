import type { Command, Observation } from '../core/input.ts';

/**
 * What is observed in place of something whose facts do not fit into the journal; null where nobody waits
 * for it. The landing slot is never left with an answer outstanding.
 */
export function insteadOf(input: Command | Observation, reason: string): Observation | null {
  if (input.type !== 'candidate.built' && input.type !== 'candidate.conflicted') return null;
  const { task, attempt } = input;
  return { type: 'candidate.failed', task, attempt, reason };
}
