import type { Agent } from '../agent.ts';
import { isFree, whyWaiting } from '../board.ts';
import { familiarity } from '../decide/familiarity.ts';
import type { State } from '../state.ts';
import type { Attempt, Task } from '../task.ts';
import { fileWords } from './page-words.ts';

/** Everything that explains where a task is and why, one fact to a line. The words of agents are not cleaned. */
export function explainTask(state: State, task: Task): readonly string[] {
  const waits = task.column === 'ready' || task.column === 'backlog';
  const where = task.assignee === null ? task.column : `${task.column}, with ${task.assignee}`;
  return [
    `${task.id}  ${task.title}`,
    `is in ${where}: ${whyWaiting(state, task)}`,
    ...(waits ? engineerLines(state, task) : []),
    ...(task.reservedFor === null ? [] : [`kept for ${task.reservedFor}`]),
    ...(task.splits === undefined ? [] : [`is a part of ${task.splits}`]),
    ...task.splitInto.map(id => `has become ${id}: ${state.tasks[id]?.title ?? 'gone'}`),
    ...(task.attempts.length === 0 ? [] : [countLine(task), ...task.attempts.map(attemptLine)]),
    ...(state.plan.findings[task.id] ?? []).map(
      ({ severity, rule, reason }) => `plan lint, ${severity} ${rule}: ${reason}`,
    ),
  ];
}

const countLine = ({ attempts, retries, escalations, reassignments }: Task) =>
  `${counted(attempts.length, 'attempt')}, ${counted(retries, 'retry', 'retries')} since it was last given to ` +
  `somebody, ${counted(escalations, 'escalation')}, ${counted(reassignments, 'reassignment')}`;

const counted = (count: number, one: string, many = `${one}s`) =>
  `${count} ${count === 1 ? one : many}`;

function engineerLines(state: State, task: Task): readonly string[] {
  return Object.values(state.agents)
    .filter(agent => agent.role === 'engineer')
    .map(agent => `${agent.id}: ${standingOf(state, agent, task)}`);
}

function standingOf(state: State, agent: Agent, task: Task): string {
  const score = familiarity(state, agent, task);
  const known = [
    ...(score > 0 ? [`knows these files from ${score} landed tasks`] : []),
    ...(task.failedBy.includes(agent.id) ? ['has failed it: only when no other is free'] : []),
  ];
  return [...[isFree(agent) ? 'free' : busyWith(agent)], ...known].join(', ');
}

function busyWith(agent: Agent): string {
  if (agent.stopped) return 'stopped';
  if (agent.paused) return 'paused';
  return agent.task === null ? `not free: ${agent.statusReason}` : `has ${agent.task}`;
}

function attemptLine({ number, agent, end, sessions }: Attempt): string {
  const more = sessions > 1 ? ` in ${sessions} sessions` : '';
  return `attempt ${number} by ${agent}${more}: ${endWords(end)}`;
}

function endWords(end: Attempt['end']): string {
  switch (end?.kind) {
    case undefined:
      return 'under way';
    case 'landed':
      return `landed as ${end.commit.slice(0, 10)}`;
    case 'conflicted':
      return `conflict in ${fileWords(end.files, end.filesOmitted)}, not charged`;
    case 'collided':
      return `green alone, red with ${end.others.join(', ') || 'what landed beside it'}, not charged`;
    case 'sentBack':
      return `sent back by you, not charged: ${end.text}`;
    case 'withdrawn':
      return `withdrawn: ${end.why}`;
    case 'failed':
      return end.reason === 'gate' ? 'caught by the gate' : end.reason;
  }
}
