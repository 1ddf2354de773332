import { type Agent, isParked } from '../agent.ts';
import type { Message } from '../message.ts';
import type { State } from '../state.ts';
import { nextMessage } from './next-message.ts';
import { owedAnswer } from './owed-answer.ts';

/** What a queued message waits for, in words for the person; null for one that is under way or settled. */
export function whyQueued(state: State, message: Message): string | null {
  const agent = state.agents[message.to];
  if (message.delivery !== 'queued' || agent === undefined) return null;
  if (message.pressed && agent.status === 'working')
    return `the turn of ${agent.id} is interrupted for it at a safe point`;
  return keptByAgent(agent, state.teamPaused) ?? keptByOthers(state, agent, message);
}

function keptByAgent(agent: Agent, teamPaused: boolean): string | null {
  const { id, status, paused, stopped, question, restartAt } = agent;
  if (stopped) return `${id} is stopped`;
  if (teamPaused) return 'the team is paused';
  if (paused) return `${id} is paused`;
  if (question !== null) return `${id} asks you something first`;
  if (isParked(status)) return `the provider of ${id} takes nothing at the moment`;
  switch (status) {
    case 'exited':
      return `${id} is ${restartAt === null ? 'not running' : 'restarting'}`;
    case 'starting':
      return `${id} is starting`;
    case 'exhausted':
      return `${id} gets a fresh session first`;
    case 'unknown':
      return `it is not clear whether ${id} is at its prompt`;
    case 'idle':
      return null;
    default:
      return `${id} is at work`;
  }
}

function keptByOthers(state: State, agent: Agent, message: Message): string | null {
  const isTyped = state.messages.some(one => one.to === agent.id && one.delivery === 'typed');
  const next = nextMessage(state, agent);
  if (!isTyped && next?.id === message.id) return null;
  const owed = isTyped ? null : owedAnswer(state, agent);
  if (owed?.kind === 'goal') return `${agent.id} answers an earlier goal first`;
  return owed?.kind === 'escalation' && message.kind === 'escalation'
    ? `${agent.id} answers the page about ${owed.task.id} first`
    : 'others go first';
}
