import type { Instant } from '../ids.ts';
import type { Observation } from '../input.ts';
import type { State } from '../state.ts';
import type { Task } from '../task.ts';

/** What an engineer says of its attempt: it is done, or it cannot go on. */
export type Claim = Extract<Observation, { type: `agent.claimed${string}` }>;

export type ClaimVerdict = {
  /** It becomes a fact. What was said before, or comes too late, changes nothing. */
  readonly counts: boolean;
  readonly isAccepted: boolean;
  /** For the engineer. */
  readonly text: string;
};

const refused = (text: string): ClaimVerdict => ({ counts: false, isAccepted: false, text });
/** A command that is given twice is no mistake, as long as whoever gave it learns that it is the second time. */
const saidBefore = (text: string): ClaimVerdict => ({ counts: false, isAccepted: true, text });

/** `timeOf` writes an instant as the engineer reads it. */
export function judgeClaim(
  state: State,
  claim: Claim,
  timeOf: (at: Instant) => string,
): ClaimVerdict {
  const { type, agent, task: id, attempt } = claim;
  const task = state.tasks[id];
  if (task === undefined) return refused(`there is no task ${id}`);
  const name = `${id}/${attempt}`;
  if (task.assignee !== agent) return judgeReleased(task, claim, timeOf);
  if (task.attempt !== attempt)
    return refused(
      `${name} is over, and you are at attempt ${task.attempt}: read its prompt first`,
    );
  if (task.column === 'gate') return judgeSubmitted(state, task, claim, timeOf);
  const becomes = type === 'agent.claimedDone' ? 'goes to the gate' : 'is passed on as blocked';
  return { counts: true, isAccepted: true, text: `recorded: ${name} ${becomes}` };
}

/** It gave the task away by saying that it cannot go on, or somebody took it. */
function judgeReleased(
  task: Task,
  { type, agent, attempt }: Claim,
  timeOf: (at: Instant) => string,
): ClaimVerdict {
  const last = task.attempts.at(-1);
  const isOwn = last?.agent === agent && last.number === attempt && last.endedAt !== null;
  const { blocked, escalation } = task;
  if (!isOwn || blocked === null || escalation === null)
    return refused(`${task.id} is not yours any more: ${task.why}`);
  const when = timeOf(last.endedAt);
  const said = `${task.id}/${attempt} was passed on as blocked at ${when} already, and waits for the ${escalation.to}`;
  return type === 'agent.claimedBlocked'
    ? saidBefore(said)
    : refused(`${said}: it is not yours any more, and what you committed is kept`);
}

function judgeSubmitted(
  state: State,
  task: Task,
  claim: Claim,
  timeOf: (at: Instant) => string,
): ClaimVerdict {
  const name = `${task.id}/${task.attempt}`;
  const said = `${name} was submitted at ${timeOf(task.since)} already and ${placeOf(state, task)}`;
  if (claim.type === 'agent.claimedBlocked') return refused(`${said}: wait for its verdict`);
  const tested = state.landing?.task === task.id ? state.landing.candidate : null;
  if (tested !== null && tested.head !== claim.head)
    return refused(
      `${said}, as of commit ${tested.head.slice(0, 10)}: what you committed after it is not in it. Wait for its verdict`,
    );
  return saidBefore(`${said}; nothing is submitted again`);
}

function placeOf({ landing, landingQueue }: State, { id, gateStep }: Task): string {
  if (gateStep === 'review') return 'passed the gate: it waits for the review of the person';
  if (gateStep === 'landing') return 'is landing at this moment';
  const before = landingQueue.indexOf(id) + (landing === null ? 0 : 1);
  if (landing?.task === id) return 'stands first at the gate';
  return `stands at the gate as number ${before + 1}`;
}
