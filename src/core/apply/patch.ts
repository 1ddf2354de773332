import { type Agent, isParked } from '../agent.ts';
import type { AgentId, TaskId } from '../ids.ts';
import type { Message } from '../message.ts';
import type { State } from '../state.ts';
import type { AttemptEnd, Task } from '../task.ts';
import { setOwnTask } from './own-tasks.ts';

export function withTask(state: State, id: TaskId, patch: Partial<Task>): State {
  const task = state.tasks[id];
  if (task === undefined) return state;
  const next = { ...task, ...patch };
  return setOwnTask(state, next) ?? { ...state, tasks: { ...state.tasks, [id]: next } };
}

export const counted = (
  state: State,
  patch: (counters: State['counters']) => Partial<State['counters']>,
): State => ({ ...state, counters: { ...state.counters, ...patch(state.counters) } });

/** What was typed into a session that is gone is typed again. */
export const requeued = (state: State, agent?: AgentId): readonly Message[] =>
  state.messages.map(one =>
    one.delivery === 'typed' && (agent === undefined || one.to === agent)
      ? {
          ...{ ...one, delivery: 'queued', deadline: null, tries: 0 },
          ...(one.faults !== undefined && { faults: 0 }),
        }
      : one,
  );

/** An agent whose program ended: a turn that was under way is remembered as cut. */
export function cutOff(agent: Agent): Agent {
  const wasBusy =
    ['working', 'retrying', 'permission', 'question'].includes(agent.status) ||
    isParked(agent.status);
  const isCut = agent.isCut || wasBusy;
  return { ...agent, status: 'exited', question: null, deadline: null, restartAt: null, isCut };
}

export function withAgent(state: State, id: AgentId, patch: Partial<Agent>): State {
  const agent = state.agents[id];
  if (agent === undefined) return state;
  return { ...state, agents: { ...state.agents, [id]: { ...agent, ...patch } } };
}

export const later = (deadline: number | null, gapMs: number) =>
  deadline === null ? null : deadline + gapMs;

/** Time that nobody could work in does not count. */
export function shiftedAgent(agent: Agent, gapMs: number): Agent {
  const { question } = agent;
  return {
    ...agent,
    deadline: later(agent.deadline, gapMs),
    restartAt: later(agent.restartAt, gapMs),
    question:
      question === null
        ? null
        : { ...question, answersItselfAt: later(question.answersItselfAt, gapMs) },
  };
}

/** Ends the newest attempt, if it has not ended yet. */
export function ended(task: Task, at: number, end: AttemptEnd): Partial<Task> {
  const last = task.attempts.at(-1);
  if (last === undefined || last.end !== null) return {};
  return { attempts: [...task.attempts.slice(0, -1), { ...last, endedAt: at, end }] };
}

/** Nobody spends on the task at the moment: there is nothing to decide about its budget. */
export function unasked(state: State, id: TaskId): Partial<Task> {
  const account = state.tasks[id]?.account;
  return account === undefined ? {} : { account: { ...account, overspent: null } };
}

/** Takes the task from its engineer, the landing queue and the slot. */
export function released(state: State, id: TaskId): State {
  const assignee = state.tasks[id]?.assignee ?? null;
  const freed =
    assignee === null
      ? state
      : withAgent(state, assignee, { task: null, deadline: null, nudged: false });
  const next = {
    ...freed,
    landingQueue: state.landingQueue.filter(queued => queued !== id),
    landing: state.landing?.task === id ? null : state.landing,
  };
  return withTask(next, id, { assignee: null, gateStep: null, risks: [], ...unasked(state, id) });
}
