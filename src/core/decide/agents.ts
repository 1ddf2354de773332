import { assertNever } from '../../lib/assert.ts';
import { type Agent, type AgentStatus, isParked, restartsInARow } from '../agent.ts';
import type { Observation, ObservationOf } from '../input.ts';
import {
  modelCharsMax,
  outageDelaysMs,
  outputStepBytes,
  restartDelaysMs,
  restartsMax,
} from '../limits.ts';
import { nextMessage } from '../mail/next-message.ts';
import { owedAnswer } from '../mail/owed-answer.ts';
import type { Task } from '../task.ts';
import { bytesMore, fruitless } from '../usage/outcome.ts';
import { isSameUsage, meterAfter, noUsage } from '../usage/usage.ts';
import { handOver, judgeWork, submit } from './attempts.ts';
import { escalate } from './escalations.ts';
import type { Facts } from './facts.ts';
import { withdrawFrom } from './run.ts';
import { handOverOwed, sessionLost, tellAgain } from './tell-again.ts';

type AgentObservation = Extract<
  Observation,
  { type: `${'agent' | 'message' | 'work' | 'worktree'}.${string}` }
>;

/** What agents were seen to do and what they claim. Reports of an old session decide nothing. */
export function takeAgentObservation(facts: Facts, input: AgentObservation): void {
  switch (input.type) {
    case 'agent.looked':
      return looked(facts, input);
    case 'agent.measured':
      return measured(facts, input);
    case 'agent.exited':
      if (isCurrent(facts, input)) agentExited(facts, input.agent, input.reason);
      return;
    case 'agent.sessionLost':
      if (isCurrent(facts, input)) sessionLost(facts, facts.agent(input.agent));
      return;
    case 'agent.interrupted':
      if (isCurrent(facts, input)) interrupted(facts, input);
      return;
    case 'agent.progressed':
      return progressed(facts, input.agent);
    case 'agent.claimedDone': {
      const task = facts.attempt(input.task, input.attempt, 'doing');
      if (task?.assignee === input.agent) submit(facts, task, input.head, input.summary, true);
      return;
    }
    case 'agent.claimedBlocked': {
      const task = facts.attempt(input.task, input.attempt, 'doing');
      if (task?.assignee !== input.agent) return;
      facts.emit({ type: 'task.blocked', task: task.id, attempt: task.attempt, why: input.why });
      return escalate(facts, task, `blocked: ${input.why}`);
    }
    case 'work.inspected':
      return judgeWork(facts, input);
    case 'message.entered': {
      const message = facts.state.messages.find(one => one.id === input.id);
      const deadline = facts.at + facts.policy.deliveryTimeoutMs;
      if (message?.delivery === 'typed')
        facts.emit({ type: 'message.entered', id: input.id, deadline });
      return;
    }
    case 'message.confirmed': {
      const message = facts.state.messages.find(one => one.id === input.id);
      if (message?.delivery === 'typed') facts.emit({ type: 'message.delivered', id: input.id });
      return;
    }
    case 'worktree.failed':
      return worktreeFailed(facts, input);
    case 'message.failed': {
      const message = facts.state.messages.find(one => one.id === input.id);
      // It may have been a passing fault.
      const deadline = facts.at + facts.policy.deliveryTimeoutMs;
      if (message?.delivery === 'typed')
        facts.emit({ type: 'message.untyped', id: input.id, why: input.why, deadline });
      return;
    }
    default:
      return assertNever(input);
  }
}

const isCurrent = (facts: Facts, seen: { agent: Agent['id']; session: string }) => {
  const agent = facts.state.agents[seen.agent];
  return agent !== undefined && !agent.stopped && agent.session === seen.session;
};

function looked(facts: Facts, seen: ObservationOf<'agent.looked'>): void {
  if (!isCurrent(facts, seen)) return;
  const { agent: id, status, reason, question } = seen;
  const agent = facts.agent(id);
  // Last words on a screen come before the end of the program, which alone is an exit and is told of itself.
  if (agent.status === 'exited' || status === 'exited') return;
  if (agent.status !== status || agent.statusReason !== reason) {
    // Another reason for the same status is no progress: what waits for time goes on waiting.
    const isSame = agent.status === status;
    const deadline = isParked(status)
      ? parkedUntil(facts, agent, status, seen.until)
      : isSame
        ? agent.deadline
        : deadlineOf(facts, agent, status, question !== null);
    const { bytes } = seen;
    const printed = bytes === undefined ? {} : { bytes };
    facts.emit({ type: 'agent.looked', agent: id, status, reason, deadline, ...printed });
  } else if (seen.bytes !== undefined && bytesMore(agent, seen.bytes) >= outputStepBytes) {
    // Output alone is no progress either: what waits for time goes on waiting.
    const { deadline } = agent;
    facts.emit({ type: 'agent.looked', agent: id, status, reason, deadline, bytes: seen.bytes });
  }
  if (agent.question !== null && agent.question.id !== question?.id)
    facts.emit({ type: 'question.gone', agent: id, question: agent.question.id });
  if (question !== null && agent.question?.id !== question.id) {
    const afterMs = facts.policy.answerPermissionsAfterMs;
    const answersItselfAt =
      question.kind === 'permission' && afterMs !== null ? facts.at + afterMs : null;
    const asked = { ...question, since: facts.at, answersItselfAt };
    facts.emit({ type: 'question.asked', agent: id, question: asked });
  }
  const task = heldBy(facts, agent);
  if (task?.column === 'doing' && seen.bytes !== undefined && isFruitless(facts, id, task)) return;
  if (status !== 'exhausted') return;
  if (task?.column === 'doing') handOver(facts, task, 'its context is full');
  if (agent.role !== 'engineer' && agent.status !== status)
    handOverOwed(facts, agent, 'filled two context windows with it');
}

/** When a parked agent is told to go on; null leaves it to the person. */
function parkedUntil(
  facts: Facts,
  agent: Agent,
  status: AgentStatus,
  until: number | null | undefined,
): number | null {
  if (until === null) return null;
  // More is told of the same outage bit by bit: an error first, then that it is a limit, then its end.
  const earlier = Math.max(0, agent.outages - (isParked(agent.status) ? 1 : 0));
  const delayMs = outageDelaysMs[earlier];
  // A provider that sends it away again after its own time is left alone for longer each time, too.
  if (until !== undefined)
    return until > facts.at && earlier === 0
      ? until
      : delayMs === undefined && until <= facts.at
        ? null
        : Math.max(until, facts.at + (delayMs ?? 0));
  if (agent.status === status) return agent.deadline;
  return delayMs === undefined ? null : facts.at + delayMs;
}

/** What a session has forgotten is told again in it. */
function interrupted(
  facts: Facts,
  { agent: id, isForgotten }: ObservationOf<'agent.interrupted'>,
): void {
  facts.emit({ type: 'agent.interrupted', agent: id });
  if (isForgotten) tellAgain(facts, facts.agent(id), { freshSession: false });
}

const heldBy = (facts: Facts, agent: Agent): Task | undefined =>
  agent.task === null ? undefined : facts.state.tasks[agent.task];

/**
 * Starting agents must show a prompt, working ones progress, idle ones with a task a claim, those that owe an
 * answer that answer, and an answered question must go away. Only an architect that owes nothing may think
 * for as long as it likes, and an engineer at the gate: it is judged by what it submitted.
 */
function deadlineOf(
  facts: Facts,
  agent: Agent,
  status: AgentStatus,
  isAsking: boolean,
): number | null {
  const { at, policy } = facts;
  if (status === 'starting') return at + policy.startTimeoutMs;
  const column = heldBy(facts, agent)?.column;
  const owed = owedAnswer(facts.state, agent);
  if (status === 'idle' && owed !== null) return at + policy.nudgeAfterMs;
  if (owed?.kind === 'goal' && isThinking(status)) return at + policy.architectTimeoutMs;
  if (column === 'gate' || agent.role === 'architect') return null;
  if (status === 'working' || status === 'unknown') return at + policy.stallTimeoutMs;
  if (status === 'permission' || status === 'question')
    return isAsking ? null : at + policy.stallTimeoutMs;
  return status === 'idle' && column === 'doing' ? at + policy.nudgeAfterMs : null;
}

const isThinking = (status: AgentStatus) => status === 'working' || status === 'unknown';

/** Gives a deadline to whoever came into a state that needs one otherwise than by being looked at. */
export function watchAgents(facts: Facts): void {
  for (const agent of Object.values(facts.state.agents)) {
    if (agent.deadline !== null || agent.paused) continue;
    const { id, status, statusReason: reason, question } = agent;
    const deadline = deadlineOf(facts, agent, status, question !== null);
    // An idle agent that is about to get its message is not late.
    const isOpen =
      nextMessage(facts.state, agent) !== null ||
      facts.state.messages.some(one => one.to === id && one.delivery === 'typed');
    if (deadline === null || (status === 'idle' && isOpen)) continue;
    facts.emit({ type: 'agent.looked', agent: id, status, reason, deadline });
  }
}

function measured(facts: Facts, seen: ObservationOf<'agent.measured'>): void {
  if (!isCurrent(facts, seen)) return;
  const { agent: id, contextUsed, costUsd, tokens = null } = seen;
  const agent = facts.agent(id);
  const meter = agent.meter ?? noUsage;
  const isSame = isSameUsage(meterAfter(meter, { costUsd, tokens }), meter);
  const model = seen.model?.slice(0, modelCharsMax) ?? agent.model ?? null;
  const isSameModel = model === (agent.model ?? null);
  const { contextWindow } = seen;
  const isSameWindow = contextWindow === undefined || contextWindow === agent.contextWindow;
  if (agent.contextUsed === contextUsed && isSame && isSameModel && isSameWindow) return;
  const told = {
    ...(model === null ? {} : { model }),
    ...(isSameWindow ? {} : { contextWindow }),
  };
  facts.emit({ type: 'agent.measured', agent: id, contextUsed, costUsd, tokens, ...told });
  const task = heldBy(facts, agent);
  if (task?.column !== 'doing') return;
  if (isFruitless(facts, id, task)) return;
  if (contextUsed !== null && contextUsed >= facts.policy.contextHandoff)
    handOver(facts, task, `${Math.round(contextUsed * 100)} % of its context is used`);
}

/** Output is no outcome: over the bound the manager is asked. */
function isFruitless(facts: Facts, id: Agent['id'], task: Task): boolean {
  const why = fruitless(facts.agent(id), facts.policy);
  if (why !== null) escalate(facts, task, why);
  return why !== null;
}

function progressed(facts: Facts, id: Agent['id']): void {
  const agent = facts.state.agents[id];
  if (agent === undefined || agent.deadline === null) return;
  const { status, statusReason: reason } = agent;
  if (status !== 'working' && status !== 'unknown') return;
  const deadline = deadlineOf(facts, agent, status, agent.question !== null);
  facts.emit({ type: 'agent.looked', agent: id, status, reason, deadline });
}

/**
 * Charged to nobody: whoever has a sound worktree takes the task. The agent begins afresh, with growing waits and
 * not without end, so that one with a broken worktree does not try the whole board.
 */
function worktreeFailed(facts: Facts, { agent, ...seen }: ObservationOf<'worktree.failed'>): void {
  const task = facts.attempt(seen.task, seen.attempt, 'doing');
  if (task?.assignee !== agent) return;
  const why = `the worktree of ${agent} fails: ${seen.why}`;
  withdrawFrom(facts, task.id, why);
  agentExited(facts, agent, why);
}

/** An agent CLI that ended by itself: restarted with growing waits, then left to the person. Never charged. */
export function agentExited(facts: Facts, id: Agent['id'], reason: string): void {
  const agent = facts.state.agents[id];
  if (agent === undefined || agent.status === 'exited') return;
  const restarts = restartsInARow(agent, facts.at);
  const delayMs = restartDelaysMs[Math.min(restarts, restartDelaysMs.length - 1)] ?? 0;
  const restartAt = restarts < restartsMax ? facts.at + delayMs : null;
  facts.emit({ type: 'agent.exited', agent: id, reason, restartAt });
  if (restartAt !== null) return;
  withdrawFrom(facts, agent.task, `${id} kept ending: ${reason}`);
  facts.emit({ type: 'agent.stopped', agent: id, why: reason });
}
