import type { Agent } from '../agent.ts';
import type { Event, EventOf } from '../event.ts';
import type { AgentId } from '../ids.ts';
import { goalsMax } from '../limits.ts';
import type { State } from '../state.ts';
import type { Goal } from './goal.ts';

/** The goal that this agent is at; there is one at a time. */
export const openGoal = (goals: readonly Goal[], agent: AgentId): Goal | null =>
  goals.find(goal => goal.agent === agent && goal.unanswered === null) ?? null;

/** The goals after a fact, oldest first; the very same list where nothing changed. */
export function goalsAfter({ agents, plan, messages }: State, event: Event): readonly Goal[] {
  const { goals } = plan;
  const without = (isOver: (goal: Goal) => boolean) =>
    goals.some(isOver) ? goals.filter(goal => !isOver(goal)) : goals;
  switch (event.type) {
    case 'message.sent':
      // Told again, it waits to be read as any other does.
      return event.again === undefined ? goals : without(one => one.message === event.again);
    case 'message.delivered': {
      const message = messages.find(one => one.id === event.id);
      if (message === undefined || agents[message.to]?.role !== 'architect') return goals;
      const { id, to, kind, from } = message;
      if (kind === 'goal') {
        const goal: Goal = { agent: to, message: id, since: event.at, unanswered: null, heard: 0 };
        return [...without(one => one.message === id), goal].slice(-goalsMax);
      }
      // Whoever writes to it has read what it said.
      const isAnswer = kind === 'note' && from === 'person';
      return isAnswer ? without(one => one.agent === to && one.unanswered !== null) : goals;
    }
    case 'goal.unanswered': {
      const open = openGoal(goals, event.agent);
      const heard = agents[event.agent]?.messagesInSession ?? 0;
      const since = event.at;
      return goals.map(one =>
        one === open ? { ...one, unanswered: event.why, heard, since } : one,
      );
    }
    case 'task.added': {
      // Where it is at none, a late task belongs to the newest.
      const answered =
        event.by === 'person'
          ? null
          : (openGoal(goals, event.by) ?? goals.findLast(one => one.agent === event.by));
      return without(one => one === answered);
    }
    case 'agent.left':
      return without(one => one.agent === event.agent);
    case 'agent.looked':
      return without(one => isRoused(agents[one.agent], event) && isRead(one, agents[one.agent]));
    default:
      return goals;
  }
}

function isRoused(agent: Agent | undefined, event: EventOf<'agent.looked'>): boolean {
  if (agent?.id !== event.agent || event.status !== 'working') return false;
  return agent.status !== 'working' && agent.status !== 'unknown';
}

/** It works again and was told nothing: the person typed into its terminal, and has read what it said. */
const isRead = ({ unanswered, heard }: Goal, agent: Agent | undefined): boolean =>
  unanswered !== null && agent?.messagesInSession === heard;
