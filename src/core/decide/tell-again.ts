import type { Agent } from '../agent.ts';
import { isStale } from '../mail/is-stale.ts';
import type { Message } from '../message.ts';
import { openGoal } from '../plan/goals.ts';
import type { State } from '../state.ts';
import { passToPerson } from './escalations.ts';
import type { Facts } from './facts.ts';

/** An empty session runs where the old one should, or will when it is started again. */
export function sessionLost(facts: Facts, agent: Agent): void {
  facts.emit({ type: 'agent.sessionLost', agent: agent.id });
  tellAgain(facts, agent);
}

/**
 * A fresh session of an agent takes the place of one that knew more: it is told what that did, or what it still
 * owes. `before`: the agent as it was.
 */
export function tellAgain(
  facts: Facts,
  before: Agent,
  { freshSession } = { freshSession: true },
): void {
  if (before.role === 'engineer') return tellWork(facts, before, freshSession);
  for (const message of owedOrCut(facts.state, before)) sendAgain(facts, message);
}

/** Unless it is about to be told more. */
function tellWork(facts: Facts, { id, task: held }: Agent, freshSession: boolean): void {
  const task = held === null ? undefined : facts.state.tasks[held];
  const isTold = facts.state.messages.some(
    one => one.to === id && one.task === task?.id && one.delivery === 'queued',
  );
  if (task?.column === 'doing' && !isTold)
    facts.send({ kind: 'handoff', to: id, task, freshSession });
}

/**
 * A session of an architect or manager that works must end: its context is full, or it takes no message. What it
 * owes goes to a fresh one, once: the second time, `why` is told to the person.
 */
export function handOverOwed(facts: Facts, agent: Agent, why: string): void {
  for (const message of owedOrCut(facts.state, agent)) {
    if (message.again === undefined) sendAgain(facts, message);
    else giveUp(facts, agent, message, why);
  }
}

function sendAgain(facts: Facts, { id: again, kind, from, to, text, ...message }: Message): void {
  const task = message.task === null ? undefined : facts.state.tasks[message.task];
  const { freshSession } = message;
  facts.send({ kind, from, to, text, freshSession, again, ...(task && { task }) });
}

function giveUp(
  facts: Facts,
  { id, role }: Agent,
  { kind, task: about }: Message,
  why: string,
): void {
  if (kind === 'goal' && openGoal(facts.state.plan.goals, id) !== null)
    facts.emit({ type: 'goal.unanswered', agent: id, why });
  const task = about === null ? undefined : facts.state.tasks[about];
  if (task?.escalation?.to === role) passToPerson(facts, task, `the ${role} ${why}`);
}

/**
 * What it has read and not answered, and what the turn was about that was cut: of a plan of which the first task
 * is added, nobody knows whether it is whole.
 */
function owedOrCut(state: State, agent: Agent): readonly Message[] {
  const { id, role, messagesInSession } = agent;
  const read = state.messages.filter(one => one.to === id && one.delivery === 'delivered');
  const newest = read.findLast(one => one.kind !== 'nudge');
  const isCut = agent.isCut || agent.status === 'working';
  const goal = openGoal(state.plan.goals, id)?.message;
  return read.filter(one => {
    if (one === newest && isCut && messagesInSession > 0) return !isStale(state, one);
    if (one.kind === 'goal') return one.id === goal;
    const isPage = one.kind === 'escalation' || one.kind === 'split';
    const escalation = one.task === null ? null : state.tasks[one.task]?.escalation;
    return isPage && escalation?.to === role && isNewestPage(state, one);
  });
}

/** An older page was of an escalation that is over, or is told again already. */
const isNewestPage = ({ messages }: State, { id, kind, task, to }: Message): boolean =>
  messages.findLast(one => one.kind === kind && one.task === task && one.to === to)?.id === id;
