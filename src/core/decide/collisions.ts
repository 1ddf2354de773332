import { blameLanding } from '../failure/blame-landing.ts';
import { collisionsMax } from '../limits.ts';
import type { Candidate } from '../record/candidate.ts';
import type { Task } from '../task.ts';
import { giveBack, startAgain } from './attempts.ts';
import { escalate } from './escalations.ts';
import type { Facts } from './facts.ts';

/** Something landed after the branch had left the trunk, so that each may be green and both together red. */
export const mayCollide = (candidate: Candidate): boolean => (candidate.beside ?? []).length > 0;

/** Branch and trunk are green and the merge result is red: the work of two tasks, charged to neither. */
export function collide(facts: Facts, task: Task, candidate: Candidate, excerpt: string): void {
  const { id, attempt, assignee } = task;
  const others = blameLanding(candidate.beside ?? [], excerpt).filter(other => other !== id);
  facts.emit({ type: 'attempt.collided', task: id, attempt, others, excerpt });
  if (assignee === null) return;
  if (giveBack(facts, task)) return;
  const now = facts.task(id);
  const collisions = now.attempts.filter(({ end }) => end?.kind === 'collided').length;
  if (collisions >= collisionsMax)
    return escalate(
      facts,
      now,
      `green alone and red on the trunk, ${collisions} times: it collides with ${others.join(', ') || 'what landed'}`,
    );
  startAgain(facts, task, assignee, 'failure');
}
