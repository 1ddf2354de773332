import { assert } from '../lib/assert.ts';
import type { Agent } from './agent.ts';
import { conflictsMax, exhaustionsMax, managerEscalationsMax, restartsMax } from './limits.ts';
import type { State } from './state.ts';
import type { Task } from './task.ts';

/** What must always hold. Throws `InvariantError`; runs after every turn, in production too. */
export function checkInvariants(state: State): void {
  for (const task of Object.values(state.tasks)) {
    checkTask(state, task);
    checkAttempts(task);
    checkPlaceInLine(state, task);
  }
  for (const agent of Object.values(state.agents)) checkAgent(state, agent);
  checkLanding(state);
  checkMessages(state);
  checkCounters(state);
  assert(state.teamPaused === (state.teamPausedAt !== null), 'a pause of the team has a beginning');
}

function checkTask(state: State, task: Task): void {
  const { id, column, assignee, escalation } = task;
  const isHeld = assignee !== null;
  assert(
    isHeld === (column === 'doing' || column === 'gate'),
    `${id}: held iff doing or at the gate (${column}, ${assignee})`,
  );
  if (isHeld) assert(state.agents[assignee]?.task === id, `${id}: its engineer holds it`);
  assert(escalation === null || column === 'ready', `${id}: escalated is not dispatched`);
  assert(
    (escalation?.deadline == null) === (escalation === null || escalation.to === 'person'),
    `${id}: the team's time is limited, the person's is not`,
  );
  const { overspent } = task.account;
  assert(overspent === null || column === 'doing', `${id}: only work under way is held for money`);
  assert(task.blocked === null || escalation !== null, `${id}: blocked waits for a decision`);
  assert(task.landedAs === null || task.dropped === null, `${id}: landed or dropped`);
  const isSplit = task.splitInto.length > 0;
  assert(!isSplit || (task.landedAs ?? task.dropped) === null, `${id}: split or landed or dropped`);
  const isOver = task.landedAs !== null || task.dropped !== null || isSplit;
  assert(!isOver || column === 'done', `${id}: landed, dropped or split is done`);
}

function checkAttempts(task: Task): void {
  const { id, attempts, attempt } = task;
  assert(attempts.length === attempt, `${id}: every attempt is on record`);
  attempts.forEach(({ number, end }, index) => {
    assert(number === index + 1, `${id}: attempts are numbered in order`);
    const isOpen = number === attempt && task.assignee !== null;
    assert((end === null) === isOpen, `${id}/${number}: under way iff the newest of a held task`);
  });
  assert(task.conflicts <= conflictsMax, `${id}: conflicts are bounded`);
  assert(task.exhaustions <= exhaustionsMax, `${id}: exhaustions are bounded`);
  assert(
    task.escalation?.to !== 'manager' || task.escalations <= managerEscalationsMax,
    `${id}: the manager's escalations are bounded`,
  );
}

function checkPlaceInLine(state: State, { id, column, gateStep }: Task): void {
  const isWaiting = state.landingQueue.includes(id);
  const isInSlot = state.landing?.task === id;
  const isAtGate = column === 'gate';
  assert(isAtGate === (isWaiting || isInSlot), `${id}: at the gate iff queued or in the slot`);
  assert(!(isWaiting && isInSlot), `${id}: once in the line`);
  assert(isAtGate === (gateStep !== null), `${id}: has a step iff at the gate`);
  if (isAtGate) assert(isWaiting === (gateStep === 'queued'), `${id}: its step is its place`);
}

function checkAgent(state: State, agent: Agent): void {
  const { id, task } = agent;
  if (task !== null) {
    assert(state.tasks[task]?.assignee === id, `${id}: holds what is its own`);
    assert(agent.role === 'engineer', `${id}: only engineers hold tasks`);
    assert(
      !agent.stopped || state.tasks[task]?.column === 'gate',
      `${id}: stopped, it holds only what may be landing`,
    );
  }
  assert(agent.paused === (agent.pausedAt !== null), `${id}: a pause has a beginning`);
  assert(!agent.isHeldBack || agent.paused, `${id}: held back is paused`);
  assert(!agent.stopped || agent.status === 'exited', `${id}: stopped is not running`);
  assert(agent.restartAt === null || agent.status === 'exited', `${id}: restarts when it ended`);
  assert(agent.restarts <= restartsMax + 1, `${id}: restarts are bounded`);
}

function checkLanding({ landing, tasks, landingQueue }: State): void {
  const queue = new Set(landingQueue);
  assert(queue.size === landingQueue.length, 'nobody queues twice');
  for (const id of queue) assert(tasks[id] !== undefined, `${id}: a known task queues`);
  if (landing === null) return;
  const { task, attempt, candidate, passed, running, isCleared } = landing;
  assert(tasks[task]?.attempt === attempt, `${task}: the slot is for its newest attempt`);
  assert(!passed || candidate !== null, `${task}: what passed is a candidate`);
  assert(!isCleared || passed, `${task}: only what passed the gate lands`);
  assert(running === null || candidate !== null, `${task}: a gate runs on a candidate`);
  assert(running === null || !passed, `${task}: no gate runs after it passed`);
}

function checkMessages({ agents, messages }: State): void {
  const busy = new Set<string>();
  for (const { id, to, delivery, deadline } of messages) {
    assert((delivery === 'typed') === (deadline !== null), `${id}: has a deadline iff typed`);
    if (delivery !== 'typed') continue;
    assert(agents[to] !== undefined, `${id}: is typed to a member`);
    assert(!busy.has(to), `${to}: reads one message at a time`);
    busy.add(to);
  }
}

function checkCounters({ tasks, counters }: State): void {
  const all = Object.values(tasks);
  const landed = all.filter(task => task.landedAs !== null).length;
  const dropped = all.filter(task => task.dropped !== null).length;
  assert(landed === counters.landed, 'landed tasks are counted once');
  assert(dropped === counters.dropped, 'dropped tasks are counted once');
}
