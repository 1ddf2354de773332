import type { Observation, ObservationOf } from '../input.ts';
import { gateFaultDelayMs, gateFaultDoublingsMax, gateFaultsMax, rebuildsMax } from '../limits.ts';
import type { Candidate, GateSubject } from '../record/candidate.ts';
import type { Landing } from '../state.ts';
import type { Task } from '../task.ts';
import { conflict, fail } from './attempts.ts';
import { collide, mayCollide } from './collisions.ts';
import { passToPerson } from './escalations.ts';
import type { Facts } from './facts.ts';

type Slot = { readonly landing: Landing; readonly task: Task };

/** Answers about the attempt in the slot. Any other answer is late, and decides nothing. */
export function takeLandingObservation(
  facts: Facts,
  input: CandidateSeen | ObservationOf<'gate.finished' | 'landing.answered'>,
): void {
  const { landing } = facts.state;
  if (landing === null || landing.task !== input.task || landing.attempt !== input.attempt) return;
  const slot = { landing, task: facts.task(landing.task) };
  if (input.type === 'gate.finished') return takeGate(facts, slot, input);
  if (input.type === 'landing.answered') return takeAnswer(facts, slot, input);
  if (landing.candidate === null) takeCandidate(facts, slot, input);
}

type CandidateSeen = Extract<Observation, { type: `candidate.${string}` }>;

function takeCandidate(facts: Facts, { task, landing }: Slot, seen: CandidateSeen): void {
  const { id, attempt } = task;
  switch (seen.type) {
    case 'candidate.built': {
      const { candidate, risks } = seen;
      if (candidate.base !== facts.state.trunk.head)
        facts.emit({ type: 'trunk.moved', head: candidate.base, by: 'outside' });
      facts.emit({ type: 'candidate.built', task: id, attempt, candidate, risks });
      return startGate(facts, { ...landing, candidate }, 'candidate');
    }
    case 'candidate.conflicted':
      return conflict(facts, task, seen);
    case 'candidate.empty':
      return fail(
        facts,
        task,
        'nothing-committed',
        'The branch holds nothing that the trunk lacks.',
      );
    case 'candidate.failed':
      return fault(facts, { task, landing }, seen.reason);
  }
}

function startGate(facts: Facts, landing: Landing, subject: GateSubject): void {
  const { task, attempt, runs } = landing;
  facts.emit({ type: 'gate.started', task, attempt, run: runs + 1, subject });
}

function takeGate(facts: Facts, slot: Slot, seen: ObservationOf<'gate.finished'>): void {
  const { landing, task } = slot;
  const { candidate } = landing;
  if (candidate === null || landing.running !== seen.subject || landing.runs !== seen.run) return;
  // Runs are numbered within a landing; an answer of an earlier one may carry the same number.
  if (seen.subjectCommit !== commitOf(candidate, seen.subject)) return;
  const { id, attempt } = task;
  const { run, result } = seen;
  const told = seen.command === undefined ? {} : { command: seen.command };
  if (result.outcome === 'faulted') return fault(facts, slot, result.reason);
  if (seen.subject === 'trunk') return takeTrunkCheck(facts, slot, candidate, result, told);
  if (seen.subject === 'branch') {
    const excerpt = landing.red?.excerpt ?? '';
    if (result.outcome === 'passed') return collide(facts, task, candidate, excerpt);
    return fail(facts, task, 'gate', excerpt);
  }
  if (result.outcome === 'passed') {
    const { durationMs } = result;
    const flaky = landing.red !== null;
    facts.emit({ type: 'gate.passed', task: id, attempt, run, durationMs, flaky, ...told });
    if (needsReview(facts, task)) {
      facts.emit({ type: 'review.requested', task: id, attempt, risks: task.risks });
    }
    return;
  }
  const { durationMs, excerpt } = result;
  if (landing.red !== null) return judgeTwiceRed(facts, slot, candidate, excerpt);
  facts.emit({ type: 'gate.failed', task: id, attempt, run, durationMs, excerpt, ...told });
  const isKnownGreen = facts.state.trunk.gate === 'green';
  startGate(facts, landing, isKnownGreen ? 'candidate' : 'trunk');
}

/** Red twice on the same tree, and the trunk is green: the attempt did it, or it and another together. */
function judgeTwiceRed(
  facts: Facts,
  { landing, task }: Slot,
  candidate: Candidate,
  excerpt: string,
): void {
  if (mayCollide(candidate)) return startGate(facts, landing, 'branch');
  fail(facts, task, 'gate', excerpt);
}

/** What a gate run about this subject is run on. */
function commitOf(candidate: Candidate, subject: GateSubject): Candidate['commit'] {
  if (subject === 'candidate') return candidate.commit;
  return subject === 'trunk' ? candidate.base : candidate.head;
}

function takeTrunkCheck(
  facts: Facts,
  { landing, task }: Slot,
  candidate: Candidate,
  result: { readonly outcome: 'passed' | 'failed'; readonly excerpt?: string },
  told: { readonly command?: string },
): void {
  const green = result.outcome === 'passed';
  const head = candidate.base;
  facts.emit({ type: 'trunk.checked', head, green, excerpt: result.excerpt ?? null, ...told });
  if (green) return startGate(facts, landing, 'candidate');
  const why = 'the trunk itself is red: nobody is charged, nothing lands until it is mended';
  facts.emit({
    type: 'landing.abandoned',
    task: task.id,
    attempt: task.attempt,
    why,
    requeue: true,
  });
}

function needsReview(facts: Facts, task: Task): boolean {
  const { land } = facts.policy;
  return land === 'review' || (land === 'risky' && task.risks.length > 0);
}

function takeAnswer(facts: Facts, slot: Slot, seen: ObservationOf<'landing.answered'>): void {
  const { id, attempt } = slot.task;
  const { commit, head, answer } = seen;
  if (answer === 'failed') return fault(facts, slot, seen.reason);
  if (answer === 'landed') {
    facts.emit({ type: 'trunk.moved', head: commit, by: 'belfry' });
    // Somebody has committed on top since: that commit has passed no gate.
    if (head !== commit) facts.emit({ type: 'trunk.moved', head, by: 'outside' });
    return facts.emit({ type: 'landing.finished', task: id, attempt, commit });
  }
  if (!slot.landing.isCleared) return;
  facts.emit({ type: 'trunk.moved', head, by: 'outside' });
  if (slot.landing.rebuilds >= rebuildsMax)
    return passToPerson(facts, slot.task, 'the trunk moved again and again while the gate ran');
  facts.emit({ type: 'landing.restarted', task: id, attempt, why: seen.reason });
}

/** Git or the gate could not do their work: that says nothing about the attempt. */
function fault(facts: Facts, { landing, task }: Slot, reason: string): void {
  const { id, attempt } = task;
  // A land command that failed may have moved the trunk. Only git can tell, so it is asked until it does;
  // nothing else could land meanwhile either.
  if (!landing.isCleared && landing.faults + 1 >= gateFaultsMax)
    return passToPerson(facts, task, `the gate cannot run: ${reason}`);
  const retryAt =
    facts.at + gateFaultDelayMs * 2 ** Math.min(landing.faults, gateFaultDoublingsMax);
  facts.emit({ type: 'gate.faulted', task: id, attempt, run: landing.runs, reason, retryAt });
}

/** A landing that waits for a time or for a pause to end. */
export function resumeLanding(facts: Facts): void {
  const { landing, teamPaused } = facts.state;
  if (landing === null || teamPaused) return;
  const { task, attempt } = landing;
  if (landing.retryAt !== null) {
    if (landing.retryAt > facts.at) return;
    // A land command that failed may have moved the trunk: only asking again tells.
    if (landing.isCleared) return facts.emit({ type: 'landing.cleared', task, attempt });
    return facts.emit({ type: 'landing.restarted', task, attempt, why: 'the gate is tried again' });
  }
  const isReviewed = facts.state.tasks[task]?.gateStep !== 'review';
  if (landing.passed && isReviewed && !landing.isCleared)
    facts.emit({ type: 'landing.cleared', task, attempt });
}
