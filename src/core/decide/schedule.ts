import { type Agent, isParked } from '../agent.ts';
import { isFree, keptBy, tasksIn, unmetDependencies } from '../board.ts';
import type { Message } from '../message.ts';
import { overlapOf } from '../overlap.ts';
import type { State } from '../state.ts';
import type { Task } from '../task.ts';
import type { Facts } from './facts.ts';
import { resumeLanding } from './landings.ts';

/** Begins whatever has become possible; runs after every input, so no loop ever polls. */
export function schedule(facts: Facts): void {
  readyTasks(facts);
  assignTasks(facts);
  startLanding(facts);
  resumeLanding(facts);
  for (const agent of Object.values(facts.state.agents)) deliver(facts, agent);
}

function readyTasks(facts: Facts): void {
  for (const task of tasksIn(facts.state, 'backlog')) {
    if (!task.planned || unmetDependencies(facts.state, task).length > 0) continue;
    facts.emit({ type: 'task.readied', task: task.id, why: 'what it depends on has landed' });
  }
}

function assignTasks(facts: Facts): void {
  if (facts.state.teamPaused) return;
  for (const task of tasksIn(facts.state, 'ready')) {
    const free = Object.values(facts.state.agents).filter(isFree);
    if (free.length === 0) return;
    if (keptBy(facts.state, task) !== null) continue;
    const choice = chooseEngineer(facts.state, task, free);
    if (choice === null) continue;
    const attempt = task.attempt + 1;
    facts.emit({
      type: 'task.assigned',
      task: task.id,
      agent: choice.agent.id,
      attempt,
      why: choice.why,
    });
    const { contextUsed } = choice.agent;
    const freshSession = contextUsed !== null && contextUsed >= facts.policy.contextNoNewTask;
    const now = facts.state.tasks[task.id] as Task;
    facts.send({ kind: 'task', to: choice.agent.id, task: now, freshSession });
  }
}

/** Who knows these files; never who failed it while another may still be had. */
function chooseEngineer(
  state: State,
  task: Task,
  free: readonly Agent[],
): { readonly agent: Agent; readonly why: string } | null {
  if (task.reservedFor !== null) {
    const agent = free.find(one => one.id === task.reservedFor);
    if (agent !== undefined) return { agent, why: `kept for ${agent.id}` };
    const isGone = state.agents[task.reservedFor]?.stopped ?? true;
    if (!isGone) return null;
  }
  const untried = free.filter(one => !task.failedBy.includes(one.id));
  const others = Object.values(state.agents).filter(
    one => one.role === 'engineer' && !one.stopped && !task.failedBy.includes(one.id),
  );
  if (untried.length === 0 && task.reassignments > 0 && others.length > 0) return null;
  const candidates = untried.length > 0 ? untried : free;
  const scored = candidates.map(agent => ({ agent, score: familiarity(state, agent, task) }));
  scored.sort((a, b) => b.score - a.score || a.agent.id.localeCompare(b.agent.id));
  const best = scored[0];
  if (best === undefined) return null;
  const why = best.score > 0 ? `${best.agent.id} knows these files` : `${best.agent.id} was free`;
  return { agent: best.agent, why };
}

/** Landed tasks of this engineer in the same files or with the same tags. */
function familiarity(state: State, agent: Agent, task: Task): number {
  return Object.values(state.tasks).filter(
    one =>
      one.landedAs !== null &&
      one.attempts.at(-1)?.agent === agent.id &&
      (overlapOf(one.files, task.files) !== null || one.tags.some(tag => task.tags.includes(tag))),
  ).length;
}

/** One landing at a time, first come first served; none on a red trunk. */
function startLanding(facts: Facts): void {
  const { landing, landingQueue, teamPaused, trunk } = facts.state;
  if (landing !== null || teamPaused || trunk.gate === 'red') return;
  const next = landingQueue.map(id => facts.state.tasks[id]).find(task => task && !task.paused);
  if (next) facts.emit({ type: 'landing.started', task: next.id, attempt: next.attempt });
}

/** One message at a time, and only to an agent that waits for input. */
function deliver(facts: Facts, { id }: Agent): void {
  for (const message of facts.state.messages) {
    if (message.to !== id || message.delivery !== 'queued' || !isStale(facts.state, message))
      continue;
    facts.emit({
      type: 'message.failed',
      id: message.id,
      why: 'it was about something that is over',
    });
  }
  const agent = facts.state.agents[id];
  if (agent === undefined || agent.paused || agent.stopped || facts.state.teamPaused) return;
  const mine = facts.state.messages.filter(one => one.to === id);
  if (mine.some(one => one.delivery === 'typed')) return;
  const next = mine.find(one => one.delivery === 'queued');
  if (next === undefined) {
    if (agent.isCut && agent.status === 'idle') goOn(facts, agent);
    return;
  }
  if (agent.status === 'starting' || agent.status === 'exited') return;
  if (next.freshSession && agent.messagesInSession > 0) {
    // Whoever is at work finishes first, unless the work is what the fresh session takes over.
    const isBusy =
      (agent.status === 'working' || agent.status === 'retrying') && next.task !== agent.task;
    if (!isBusy) facts.launch(id, true);
    return;
  }
  const isPushed = isParked(agent.status) && next.kind === 'nudge';
  if ((agent.status !== 'idle' && !isPushed) || agent.question !== null) return;
  const deadline = facts.at + facts.policy.deliveryTimeoutMs;
  facts.emit({ type: 'message.typed', id: next.id, deadline });
}

/** A resumed session waits at its prompt in the middle of its work. */
function goOn(facts: Facts, agent: Agent): void {
  const task = agent.task === null ? undefined : facts.state.tasks[agent.task];
  const message = {
    kind: 'nudge',
    to: agent.id,
    text: 'You were interrupted. Go on where you were.',
  } as const;
  facts.send(task === undefined ? message : { ...message, task });
}

/** Its attempt, escalation or task is over. */
function isStale(state: State, message: Message): boolean {
  if (message.task === null) return false;
  const task = state.tasks[message.task];
  if (task === undefined || task.column === 'done') return true;
  if (message.kind === 'escalation') return task.escalation?.to !== 'manager';
  if (message.kind === 'note') return false;
  return (
    task.attempt !== message.attempt || task.assignee !== message.to || task.column !== 'doing'
  );
}
