import { assert } from '../lib/assert.ts';
import { conflictsMax } from './limits.ts';
import type { State } from './state.ts';

/** What must always hold. Throws `InvariantError`; runs after every turn, in production too. */
export function checkInvariants(state: State): void {
  for (const task of Object.values(state.tasks)) {
    const isHeld = task.assignee !== null;
    assert(
      isHeld === (task.column === 'doing' || task.column === 'gate'),
      `${task.id}: held iff doing or at the gate (${task.column}, ${task.assignee})`,
    );
    if (task.assignee !== null)
      assert(state.agents[task.assignee]?.task === task.id, `${task.id}: its engineer holds it`);
    assert(
      task.escalation === null || task.column === 'ready',
      `${task.id}: escalated is not dispatched`,
    );
    assert(task.attempts.length === task.attempt, `${task.id}: every attempt is on record`);
    assert(task.conflicts <= conflictsMax, `${task.id}: conflicts are bounded`);
    assert(
      (task.landedAs !== null && task.dropped !== null) === false,
      `${task.id}: landed or dropped`,
    );
    assert(task.landedAs === null || task.column === 'done', `${task.id}: landed is done`);
    const isWaiting = state.landingQueue.includes(task.id);
    const isInSlot = state.landing?.task === task.id;
    assert(
      (task.column === 'gate') === (isWaiting || isInSlot),
      `${task.id}: at the gate iff queued or in the slot`,
    );
    assert(!(isWaiting && isInSlot), `${task.id}: once in the line`);
  }
  for (const agent of Object.values(state.agents))
    if (agent.task !== null)
      assert(state.tasks[agent.task]?.assignee === agent.id, `${agent.id}: holds what is its own`);
  assert(new Set(state.landingQueue).size === state.landingQueue.length, 'nobody queues twice');
  const landed = Object.values(state.tasks).filter(task => task.landedAs !== null).length;
  assert(landed === state.counters.landed, 'landed tasks are counted once');
}
