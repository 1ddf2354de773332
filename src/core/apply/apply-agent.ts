import { type Agent, isParked, restartsInARow } from '../agent.ts';
import type { Event, EventOf } from '../event.ts';
import type { State } from '../state.ts';
import { bytesMore } from '../usage/outcome.ts';
import { noUsage } from '../usage/usage.ts';
import { measured } from './apply-usage.ts';
import { cutOff, later, requeued, shiftedAgent, withAgent } from './patch.ts';

/** What a fact about an agent makes true; null when it is about something else. */
export function applyToAgent(state: State, event: Event): State | null {
  switch (event.type) {
    case 'agent.joined':
      return { ...state, agents: { ...state.agents, [event.agent]: newAgent(event, event.at) } };
    case 'agent.left': {
      const { [event.agent]: _left, ...agents } = state.agents;
      return { ...state, agents };
    }
    case 'agent.launched':
      return applyLaunch(state, event);
    case 'agent.sessionLost': {
      const agent = state.agents[event.agent];
      if (agent === undefined) return state;
      const { sessionCount, ...fresh } = freshSession(agent);
      // One that ended over it is started in a fresh session, which counts then.
      return withAgent(
        state,
        agent.id,
        agent.status === 'exited' ? fresh : { ...fresh, sessionCount },
      );
    }
    case 'agent.looked': {
      const { status, reason, deadline } = event;
      const before = state.agents[event.agent];
      const since = before?.status === status ? before.since : event.at;
      const outages = outagesAfter(before, status);
      return withAgent(state, event.agent, {
        ...{ status, statusReason: reason, since, deadline, outages },
        ...(event.bytes !== undefined && { bytes: bytesAfter(before, event.bytes) }),
        workedInSession: before?.workedInSession === true || status === 'working',
      });
    }
    case 'agent.exited': {
      const agent = state.agents[event.agent];
      if (agent === undefined) return state;
      const { reason, restartAt } = event;
      const exited = { ...cutOff(agent), statusReason: reason, since: event.at, restartAt };
      const messages = requeued(state, event.agent);
      return withAgent({ ...state, messages }, event.agent, {
        ...exited,
        restarts: restartsInARow(agent, event.at) + 1,
      });
    }
    case 'agent.nudged':
      return withAgent(state, event.agent, { nudged: true, deadline: null });
    case 'agent.paused':
      return withAgent(state, event.agent, { paused: true, pausedAt: event.at });
    case 'agent.resumed': {
      const agent = state.agents[event.agent];
      if (agent === undefined) return state;
      // Of a pause of the whole team, the end of that one will count.
      const until = state.teamPausedAt ?? event.at;
      const gapMs = Math.max(0, until - (agent.pausedAt ?? until));
      const messages = state.messages.map(one =>
        one.to === agent.id ? { ...one, deadline: later(one.deadline, gapMs) } : one,
      );
      return withAgent({ ...state, messages }, event.agent, {
        ...shiftedAgent(agent, gapMs),
        paused: false,
        pausedAt: null,
        isHeldBack: false,
      });
    }
    case 'agent.interrupted':
      return withAgent(state, event.agent, { isCut: true });
    case 'agent.stopped': {
      const agent = state.agents[event.agent];
      if (agent === undefined) return state;
      const { why } = event;
      return withAgent({ ...state, messages: requeued(state, agent.id) }, agent.id, {
        ...{ ...cutOff(agent), statusReason: why ?? 'stopped', stopped: true, since: event.at },
        ...(why !== undefined && { givenUp: why }),
      });
    }
    case 'agent.measured':
      return measured(state, event);
    case 'question.asked':
      return withAgent(state, event.agent, { question: event.question, deadline: null });
    case 'question.answered':
    case 'question.gone':
      return withAgent(state, event.agent, { question: null });
    default:
      return null;
  }
}

const bytesAfter = (before: Agent | undefined, told: number): NonNullable<Agent['bytes']> => ({
  total: (before?.bytes?.total ?? 0) + bytesMore(before ?? {}, told),
  meter: told,
});

/** A turn that ends well ends the row. */
function outagesAfter(before: Agent | undefined, status: Agent['status']): number {
  if (before === undefined || status === 'idle') return 0;
  const isOutage = isParked(status) && !isParked(before.status);
  return before.outages + (isOutage ? 1 : 0);
}

function applyLaunch(state: State, event: EventOf<'agent.launched'> & { at: number }): State {
  const agent = state.agents[event.agent];
  if (agent === undefined) return state;
  const { session, resumed, deadline } = event;
  const messages = requeued(state, event.agent);
  return withAgent({ ...state, messages }, event.agent, {
    ...{ session, deadline, status: 'starting', statusReason: 'starting', since: event.at },
    ...{ stopped: false, question: null, restartAt: null },
    // Whoever starts a stopped agent gives it all its chances again.
    restarts: agent.stopped ? 0 : agent.restarts,
    ...(agent.givenUp != null && { givenUp: null }),
    ...(resumed ? {} : freshSession(agent)),
  });
}

const freshSession = (agent: Agent) => ({
  sessionCount: agent.sessionCount + 1,
  messagesInSession: 0,
  workedInSession: false,
  contextUsed: null,
  meter: noUsage,
  model: null,
  isCut: false,
});

const newAgent = (event: EventOf<'agent.joined'>, at: number): Agent => ({
  id: event.agent,
  role: event.role,
  cli: event.cli,
  status: 'exited',
  statusReason: 'not started yet',
  since: at,
  session: null,
  sessionCount: 0,
  task: null,
  paused: false,
  stopped: false,
  question: null,
  contextUsed: null,
  costUsd: null,
  tokens: null,
  restarts: 0,
  restartAt: null,
  outages: 0,
  deadline: null,
  nudged: false,
  messagesInSession: 0,
  workedInSession: false,
  isCut: false,
  pausedAt: null,
  isHeldBack: false,
});
