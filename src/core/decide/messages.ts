import { type Agent, isParked } from '../agent.ts';
import { nextMessage } from '../mail/next-message.ts';
import type { Message } from '../message.ts';
import type { State } from '../state.ts';
import { agentExited } from './agents.ts';
import type { Facts } from './facts.ts';

/** Types what can be typed, and gives up what nobody needs any more or nobody is there to read. */
export function deliverMessages(facts: Facts): void {
  for (const message of facts.state.messages) {
    if (message.delivery !== 'queued' && message.delivery !== 'typed') continue;
    const { id, to, delivery } = message;
    if (delivery === 'queued' && isStale(facts.state, message))
      facts.emit({ type: 'message.failed', id, why: 'it was about something that is over' });
    else if (facts.state.agents[to] === undefined)
      facts.emit({ type: 'message.failed', id, why: `${to} is not on the team any more` });
  }
  for (const { id } of Object.values(facts.state.agents)) deliver(facts, id);
}

/** One message at a time, and only to an agent that waits for input. */
function deliver(facts: Facts, id: Agent['id']): void {
  const agent = facts.state.agents[id];
  if (agent === undefined || agent.paused || agent.stopped || facts.state.teamPaused) return;
  const isTyped = facts.state.messages.some(one => one.to === id && one.delivery === 'typed');
  if (isTyped) return;
  const next = nextMessage(facts.state, agent);
  if (next === null) {
    // What it is told then can be typed at once: nothing else may happen for a while.
    if (goOn(facts, agent)) deliver(facts, id);
    return;
  }
  if (agent.status === 'starting' || agent.status === 'exited') return;
  const isUsed = agent.messagesInSession > 0;
  if (agent.status === 'exhausted' && !isUsed)
    return agentExited(facts, id, 'its context is full before the first message');
  if (agent.status === 'exhausted' || (next.freshSession && isUsed)) {
    // Whoever is at work finishes first, unless the work is what the fresh session takes over.
    const isAtWork = agent.status === 'working' || agent.status === 'retrying';
    const isBusy = isAtWork && next.task !== agent.task;
    if (!isBusy) facts.launch(id, true);
    return;
  }
  if (next.urgent && !next.pressed && (agent.status === 'working' || agent.status === 'retrying'))
    return facts.emit({ type: 'message.pressed', id: next.id });
  const isTaking = agent.status === 'idle' || isParked(agent.status);
  if (!isTaking || agent.question !== null) return;
  const deadline = facts.at + facts.policy.deliveryTimeoutMs;
  facts.emit({ type: 'message.typed', id: next.id, deadline });
}

/** A resumed session waits at its prompt in the middle of its work. Answers whether it is told to go on. */
function goOn(facts: Facts, agent: Agent): boolean {
  if (!agent.isCut || agent.status !== 'idle') return false;
  const task = agent.task === null ? undefined : facts.state.tasks[agent.task];
  // An engineer whose task was taken away or is at the gate must not go on with it.
  if (agent.role === 'engineer' && task?.column !== 'doing') return false;
  const message = {
    kind: 'nudge',
    to: agent.id,
    text: 'You were interrupted. Go on where you were.',
  } as const;
  facts.send(task === undefined ? message : { ...message, task });
  return true;
}

const isPromptFor = (nudge: Message, { kind, to, task }: Message) =>
  to === nudge.to && task === nudge.task && kind !== 'note' && kind !== 'nudge';

/** Its attempt, escalation or task is over, or a handoff to a fresh session says the same and more. */
export function isStale(state: State, message: Message): boolean {
  if (message.task === null) return false;
  const task = state.tasks[message.task];
  if (task === undefined || task.column === 'done') return true;
  if (message.kind === 'escalation') return task.escalation?.to !== 'manager';
  if (message.kind === 'split') return task.escalation?.to !== 'architect';
  if (message.kind === 'note') return false;
  const isOver =
    task.attempt !== message.attempt || task.assignee !== message.to || task.column !== 'doing';
  const at = state.messages.findIndex(one => one.id === message.id);
  const later = state.messages.slice(at + 1);
  // A nudge on top of a prompt that is typed again would reach a session that knows nothing of the task.
  const isSaidAgain = message.kind === 'nudge' && later.some(one => isPromptFor(message, one));
  return (
    isOver || isSaidAgain || later.some(one => one.kind === 'handoff' && one.to === message.to)
  );
}
