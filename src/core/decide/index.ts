import type { Event } from '../event.ts';
import type { Input } from '../input.ts';
import type { Policy } from '../policy.ts';
import type { State } from '../state.ts';
import { takeAgentObservation } from './agents.ts';
import { takeBoard } from './board.ts';
import { takeCommand } from './commands.ts';
import { Facts } from './facts.ts';
import { takeLandingObservation } from './landings.ts';
import { settleOverdue } from './overdue.ts';
import { takePlan } from './plan.ts';
import { takeRunObservation } from './run.ts';
import { schedule } from './schedule.ts';

/**
 * What happened? Overdue deadlines are settled first, whoever woke us; then the input; then whatever
 * has become possible is begun. Stale and doubled inputs decide nothing.
 */
export function decide(state: State, input: Input, policy: Policy): Event[] {
  const facts = new Facts(state, input.at, policy);
  // After its end a run only tidies up: what is heard then, such as a cancelled gate, is no fact of it.
  if (state.endedCleanly && input.type !== 'run.began') return [];
  if (input.type === 'run.end') {
    facts.emit({ type: 'run.ended' });
    return facts.events;
  }
  const isSleep = input.type === 'clock.jumped';
  // After a sleep everything looks overdue: the deadlines are moved before they are judged.
  if (!isSleep && input.type !== 'run.began') settleOverdue(facts);
  take(facts, input);
  schedule(facts);
  return facts.events;
}

/** Every input has one home; what no case names would have to be a command. */
function take(facts: Facts, input: Exclude<Input, { type: 'run.end' }>): void {
  switch (input.type) {
    case 'time.passed':
      return;
    case 'run.began':
    case 'clock.jumped':
    case 'person.acted':
    case 'trunk.seen':
    case 'checkout.seen':
      return takeRunObservation(facts, input);
    case 'board.read':
      return takeBoard(facts, input);
    case 'plan.linted':
    case 'batch.failed':
    case 'signatures.changed':
      return takePlan(facts, input);
    case 'agent.looked':
    case 'agent.measured':
    case 'agent.exited':
    case 'agent.sessionLost':
    case 'agent.interrupted':
    case 'agent.progressed':
    case 'agent.claimedDone':
    case 'agent.claimedBlocked':
    case 'work.inspected':
    case 'worktree.failed':
    case 'message.entered':
    case 'message.confirmed':
    case 'message.failed':
      return takeAgentObservation(facts, input);
    case 'candidate.built':
    case 'candidate.conflicted':
    case 'candidate.empty':
    case 'candidate.failed':
    case 'gate.finished':
    case 'landing.answered':
      return takeLandingObservation(facts, input);
    default:
      return takeCommand(facts, input);
  }
}
