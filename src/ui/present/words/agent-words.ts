import type { EventType } from '../../../core/event.ts';
import { type Sentences, whoOf, words } from './sentence.ts';

type AgentType = Extract<EventType, `agent.${string}` | `question.${string}` | `goal.${string}`>;

/** What agents do and ask. */
export const agentWords: Sentences<AgentType> = {
  'agent.joined': ({ agent, role, cli }) =>
    words(`${agent} joined as ${role} with ${cli}`, 'quiet'),
  'agent.left': ({ agent }) => words(`${agent} left the team`),
  'agent.launched': ({ agent, resumed }) =>
    words(`${agent} ${resumed ? 'resumed its session' : 'started a session'}`, 'quiet'),
  'agent.sessionLost': ({ agent }) =>
    words(`${agent}: its session is gone; a fresh one takes its work over`, 'warn'),
  'agent.looked': ({ agent, status, reason }) => words(`${agent} ${status}: ${reason}`, 'quiet'),
  'agent.measured': ({ agent, contextUsed }) => {
    const share = contextUsed === null ? 'not known' : `${Math.round(contextUsed * 100)} % used`;
    return words(`${agent} told its usage; context ${share}`, 'quiet');
  },
  'agent.exited': ({ agent, reason }) => words(`${agent} exited: ${reason}`, 'warn'),
  'agent.nudged': ({ agent }) => words(`${agent} reminded of what it owes an answer`, 'quiet'),
  'agent.paused': ({ agent }) => words(`${agent} paused: its processes stand still`),
  'agent.interrupted': ({ agent }) => words(`${agent}: its turn was interrupted`),
  'agent.resumed': ({ agent }) => words(`${agent} resumed`),
  'agent.stopped': ({ agent, why }) =>
    why === undefined ? words(`${agent} stopped`) : words(`${agent} given up: ${why}`, 'warn'),
  'question.asked': ({ agent, question }) => words(`${agent} asks: ${question.text}`, 'warn'),
  'question.answered': ({ agent, by, answer }) =>
    words(`${whoOf(by)} answered ${agent}: ${answer}`),
  'question.gone': ({ agent }) =>
    words(`${agent} asks no more: it was answered in its terminal, or thought better of it`),
  'goal.unanswered': ({ agent, why }) => words(`${agent} has no plan for the goal: ${why}`, 'warn'),
};
