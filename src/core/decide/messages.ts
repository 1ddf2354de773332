import { type Agent, isParked } from '../agent.ts';
import { preparationMaxMs } from '../limits.ts';
import { isStale } from '../mail/is-stale.ts';
import { nextMessage } from '../mail/next-message.ts';
import { agentExited } from './agents.ts';
import type { Facts } from './facts.ts';
import { handOverOwed } from './tell-again.ts';

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
    if (isBusy) return;
    // What it has read and not answered is said again there, before what the fresh session is for.
    if (agent.role !== 'engineer') handOverOwed(facts, agent, 'took no message twice');
    return facts.launch(id, true);
  }
  if (next.urgent && !next.pressed && (agent.status === 'working' || agent.status === 'retrying'))
    return facts.emit({ type: 'message.pressed', id: next.id });
  const isTaking = agent.status === 'idle' || isParked(agent.status);
  if (!isTaking || agent.question !== null) return;
  typeMessage(facts, next.id);
}

/** Whoever types it tells when it stands in the terminal; only then the agent CLI's time to confirm it begins. */
export function typeMessage(facts: Facts, id: string): void {
  facts.emit({ type: 'message.typed', id, deadline: facts.at + preparationMaxMs });
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
