import { isLandingNow } from '../board.ts';
import { wordsFor } from '../briefing/role-words.ts';
import type { AgentId, TaskId } from '../ids.ts';
import type { Command } from '../input.ts';
import { splitPartsMin, waitingNotesMax } from '../limits.ts';
import { isDraft } from '../plan/draft.ts';
import { partsOf, splitBound } from '../plan/split.ts';
import type { State } from '../state.ts';
import type { Task } from '../task.ts';
import { moveRefusal } from './board.ts';
import { atWork } from './escalations.ts';

/** Why a command cannot be obeyed now, in words for whoever asked; null when it can. */
export function refusal(state: State, command: Command): string | null {
  if (command.type === 'budget.answer') return budgetRefusal(state, command);
  if ('task' in command) {
    const task = state.tasks[command.task];
    if (task === undefined) return `there is no task ${command.task}`;
    // The trunk may have moved already: whatever is decided about the task comes too late.
    if (takesAway(command) && isLandingNow(state, task.id))
      return `${task.id} is landing at this moment`;
    return taskRefusal(state, task, command);
  }
  if ('agent' in command) return agentRefusal(state, command);
  switch (command.type) {
    case 'team.pause':
      return state.teamPaused ? 'the team is paused already' : null;
    case 'team.resume':
      return state.teamPaused ? null : 'the team is not paused';
    case 'message.send':
      return messageRefusal(state, command);
    case 'plan.accept':
    case 'plan.sendBack':
      return draftRefusal(state, command.tasks);
    case 'trunk.recheck':
      return state.trunk.gate === 'red' ? null : 'the trunk is not red';
    case 'run.end':
      return null;
  }
}

function draftRefusal(state: State, tasks: readonly TaskId[]): string | null {
  if (tasks.length === 0) return 'no task of the plan is chosen';
  const other = tasks.find(id => {
    const task = state.tasks[id];
    return task === undefined || !isDraft(task);
  });
  return other === undefined ? null : `${other} is not in the draft any more`;
}

function budgetRefusal(
  state: State,
  { task: id }: Extract<Command, { type: 'budget.answer' }>,
): string | null {
  const task = id === null ? null : state.tasks[id];
  if (task === undefined) return `there is no task ${id}`;
  const { overspent } = (task ?? state).account;
  return overspent === null ? 'no used-up budget waits for an answer here' : null;
}

type Sending = Extract<Command, { type: 'message.send' }>;

/** A crash between the fact and the answer to the mail: it lies there still, and is no second message. */
export const wasSent = (state: State, { from, to, text, mail }: Sending): boolean =>
  mail !== undefined &&
  state.messages.some(
    one => one.mail === mail && one.from === from && one.to === to && one.text === text,
  );

function messageRefusal(state: State, sending: Sending): string | null {
  const { from, to } = sending;
  if (state.agents[to] === undefined)
    return `there is no member ${to}; there are ${Object.keys(state.agents).join(', ')}`;
  if (from === 'person' || wasSent(state, sending)) return null;
  const waiting = state.messages.filter(
    one => one.from === from && one.to === to && one.delivery === 'queued',
  ).length;
  if (waiting < waitingNotesMax) return null;
  return `${to} has not read ${waiting} messages of yours yet: wait until it has`;
}

type AgentCommand = Extract<Command, { agent: AgentId }>;

function agentRefusal(state: State, command: AgentCommand): string | null {
  const agent = state.agents[command.agent];
  if (agent === undefined) return `there is no member ${command.agent}`;
  switch (command.type) {
    case 'agent.pause':
      return agent.paused ? `${agent.id} is paused already` : null;
    case 'agent.resume':
      return agent.paused ? null : `${agent.id} is not paused`;
    case 'agent.stop':
      return agent.stopped ? `${agent.id} is stopped already` : null;
    case 'agent.start':
      return agent.stopped || agent.status === 'exited' ? null : `${agent.id} is running`;
    case 'agent.answer':
      if (agent.question?.id !== command.question) return 'that question is gone';
      // A program that stands still would read the key later, and take it for the answer to another question.
      if (state.teamPaused) return 'the team is paused: resume it first';
      return agent.paused ? `${agent.id} is paused: resume it first` : null;
  }
}

const takesAway = (command: Command) =>
  [
    'task.escalate',
    'task.reassign',
    'task.drop',
    'task.pause',
    'task.sendBack',
    'task.split',
  ].includes(command.type);

type TaskCommand = Extract<Command, { task: Task['id'] }>;

function taskRefusal(state: State, task: Task, command: TaskCommand): string | null {
  const isDone = task.column === 'done';
  switch (command.type) {
    case 'task.move':
      return moveRefusal(task, command.column);
    case 'task.pause':
      return isDone ? `${task.id} is done` : task.paused ? `${task.id} is paused already` : null;
    case 'task.resume':
      return task.paused ? null : `${task.id} is not paused`;
    case 'task.approve':
      return task.gateStep === 'review' ? null : `${task.id} does not wait for a review`;
    case 'task.sendBack':
      return task.column === 'gate' ? null : `${task.id} is not at the gate`;
    case 'task.retry':
      return task.escalation !== null ? null : `${task.id} is not escalated`;
    case 'task.escalate':
      if (isDone) return `${task.id} is done`;
      return task.escalation === null ? null : `${task.id} is escalated already`;
    case 'task.guide':
    case 'task.ask':
      if (task.escalation === null) return `${task.id} is not escalated`;
      return rightOf(state, task, command.by);
    case 'task.reassign': {
      if (isDone) return `${task.id} is done`;
      const { to } = command;
      if (to !== null && state.agents[to]?.role !== 'engineer') return `${to} is no engineer`;
      return rightOf(state, task, command.by);
    }
    case 'task.drop':
      return isDone ? `${task.id} is done` : rightOf(state, task, command.by);
    case 'task.split':
      return isDone ? `${task.id} is done` : splitRefusal(state, task, command.by);
    case 'task.endSplit':
      return endSplitRefusal(state, task, command.by);
  }
}

/** The person may always; the manager only what was escalated to them; nobody else. */
function rightOf(state: State, task: Task, by: AgentId | 'person'): string | null {
  if (by === 'person') return null;
  const role = state.agents[by]?.role;
  if (role !== 'manager') return `only the manager or the person decides that. ${wordsFor(role)}`;
  return task.escalation?.to === 'manager' ? null : `${task.id} is not escalated to the manager`;
}

/** The person may ask for it as often as they like, the team within its bound. */
function splitRefusal(state: State, task: Task, by: AgentId | 'person'): string | null {
  const refused = rightOf(state, task, by);
  if (refused !== null) return refused;
  if (task.escalation?.to === 'architect') return `the architect is splitting ${task.id} already`;
  const others = by === 'person' ? 'reassign or drop it' : 'guide, reassign, drop or ask';
  if (atWork(state, 'architect') === undefined)
    return `there is no architect at work who could split it: ${others}`;
  const bound = by === 'person' ? null : splitBound(state, task);
  return bound === null ? null : `${bound}: ${others}`;
}

function endSplitRefusal(state: State, task: Task, by: AgentId | 'person'): string | null {
  const role = by === 'person' ? undefined : state.agents[by]?.role;
  if (by !== 'person' && role !== 'architect')
    return `only the architect says that a split is complete. ${wordsFor(role)}`;
  if (task.escalation === null || task.splitRequests === 0) {
    const open = Object.values(state.tasks).filter(one => one.escalation?.to === 'architect');
    const instead =
      open.length === 0 ? 'no task does' : `name ${open.map(({ id }) => id).join(' or ')}`;
    return `${task.id} does not wait to be split: ${instead}`;
  }
  const parts = partsOf(state, task.id).map(({ id }) => id);
  if (parts.length >= splitPartsMin) return null;
  const known = parts.length === 0 ? 'no part' : `only ${parts.join(', ')}`;
  return (
    `${task.id} has ${known}, and a split has at least ${splitPartsMin}: add each with ` +
    `“belfry task add --splits ${task.id} --title …”, then say this again`
  );
}
