import type { Agent } from '../agent.ts';
import type { Event, EventBody } from '../event.ts';
import { noticesMax } from '../limits.ts';
import type { Message } from '../message.ts';
import { recordAttempt } from '../record/record-attempt.ts';
import type { State, Trunk } from '../state.ts';
import { applyToAgent } from './apply-agent.ts';
import { applyToLanding } from './apply-landing.ts';
import { applyToPlan } from './apply-plan.ts';
import { applyToTask } from './apply-task.ts';
import { applyToBudget } from './apply-usage.ts';
import { attend } from './attend.ts';
import { cutOff, later, requeued, shiftedAgent, withAgent } from './patch.ts';
import { supervise } from './supervise.ts';
import { timeEffort } from './time-effort.ts';

/** Bookkeeping only, no policy: folding the journal must give the same state whatever the rules say today. */
export function apply(state: State, event: Event): State {
  const moved = {
    ...state,
    at: event.at,
    endedCleanly: event.type === 'run.ended',
    supervised: supervise(state, event),
    attention: attend(state, event),
  };
  const next = applyToPlan(recordAttempt(moved, event), event);
  return timeEffort(applyToParts(next, event), event);
}

function applyToParts(next: State, event: Event): State {
  return (
    applyToRun(next, event) ??
    applyToMessages(next, event) ??
    applyToBudget(next, event) ??
    applyToAgent(next, event) ??
    applyToTask(next, event) ??
    applyToLanding(next, event) ??
    next
  );
}

function applyToRun(state: State, event: EventBody & { at: number }): State | null {
  switch (event.type) {
    case 'run.started': {
      const { trunk, head } = event;
      const gate = state.trunk.head === head ? state.trunk.gate : 'unknown';
      const agents = mapAgents(state, agent => ({ ...cutOff(agent), restarts: 0 }));
      return {
        ...state,
        agents,
        trunk: { ...state.trunk, name: trunk, head, gate },
        messages: requeued(state),
      };
    }
    case 'team.paused':
      return { ...state, teamPaused: true, teamPausedAt: event.at };
    case 'team.resumed': {
      const since = state.teamPausedAt ?? event.at;
      // An agent that is paused itself goes on with its own pause: no moment is counted twice.
      const gapOf = ({ pausedAt }: Agent) => Math.max(0, (pausedAt ?? event.at) - since);
      const next = shifted(state, event.at - since, gapOf);
      return { ...next, teamPaused: false, teamPausedAt: null };
    }
    case 'clock.jumped': {
      const { gapMs } = event;
      const next = shifted(state, gapMs, () => gapMs);
      const agents = mapAgents(next, one => ({ ...one, pausedAt: later(one.pausedAt, gapMs) }));
      const { gateSince, behindSince } = state.trunk;
      const since = { gateSince: gateSince + gapMs, behindSince: behindSince + gapMs };
      const trunk = { ...state.trunk, ...since };
      return { ...next, agents, trunk, teamPausedAt: later(state.teamPausedAt, gapMs) };
    }
    case 'files.broken':
      return { ...state, brokenFiles: event.files };
    case 'trunk.checked':
      if (state.landing !== null)
        state = { ...state, landing: { ...state.landing, running: null } };
      if (event.head !== state.trunk.head) return state;
      return {
        ...state,
        trunk: judged(state.trunk, event.green ? 'green' : 'red', event.excerpt, event.at),
      };
    case 'trunk.moved': {
      const gate = event.by === 'belfry' ? 'green' : 'unknown';
      const trunk = judged(state.trunk, gate, null, event.at);
      return { ...state, trunk: { ...trunk, head: event.head } };
    }
    case 'checkout.followed': {
      const behindSince = state.trunk.behind === 0 ? event.at : state.trunk.behindSince;
      const { behind, why: behindWhy } = event;
      return { ...state, trunk: { ...state.trunk, behind, behindWhy, behindSince } };
    }
    default:
      return null;
  }
}

function applyToMessages(state: State, event: EventBody & { at: number }): State | null {
  switch (event.type) {
    case 'message.sent': {
      const { type: _type, ...body } = event;
      const sent: Message = {
        ...body,
        sentAt: event.at,
        delivery: 'queued',
        tries: 0,
        deadline: null,
      };
      const kept = state.messages.filter(isOpen);
      const settled = state.messages.filter(one => !isOpen(one)).slice(-noticesMax);
      const messages = [...settled, ...kept, sent];
      const sentTo = withAgent(state, event.to, { isCut: false });
      return { ...sentTo, messages, messageCount: state.messageCount + 1 };
    }
    case 'message.pressed':
      return withMessage(state, event.id, one => ({ ...one, pressed: true }));
    case 'message.typed':
      return withMessage(state, event.id, one => ({
        ...one,
        delivery: 'typed',
        tries: one.tries + 1,
        deadline: event.deadline,
      }));
    case 'message.entered':
      return withMessage(state, event.id, one => ({ ...one, deadline: event.deadline }));
    case 'message.untyped':
      return withMessage(state, event.id, one => ({
        ...one,
        deadline: event.deadline ?? one.deadline,
        tries: 0,
        faults: (one.faults ?? 0) + 1,
      }));
    case 'message.delivered': {
      const message = state.messages.find(one => one.id === event.id);
      const agent = message === undefined ? undefined : state.agents[message.to];
      const isOwing = message !== undefined && answeredByCommand.includes(message.kind);
      const told =
        agent === undefined
          ? state
          : withAgent(state, agent.id, {
              messagesInSession: agent.messagesInSession + 1,
              restarts: 0,
              isCut: false,
              ...(isOwing && { nudged: false }),
            });
      return withMessage(told, event.id, one => ({
        ...one,
        delivery: 'delivered',
        deadline: null,
      }));
    }
    case 'message.failed':
      return withMessage(state, event.id, one => ({
        ...one,
        delivery: 'undelivered',
        deadline: null,
      }));
    default:
      return null;
  }
}

/** What a manager or architect answers by a command. */
const answeredByCommand: readonly Message['kind'][] = ['escalation', 'split', 'goal'];

const isOpen = (message: Message) => message.delivery === 'queued' || message.delivery === 'typed';

function withMessage(state: State, id: string, change: (one: Message) => Message): State {
  return { ...state, messages: state.messages.map(one => (one.id === id ? change(one) : one)) };
}

function mapAgents(state: State, change: (agent: Agent) => Agent): State['agents'] {
  const changed = Object.values(state.agents).map(agent => [agent.id, change(agent)] as const);
  return Object.fromEntries(changed) as State['agents'];
}

function shifted(state: State, gapMs: number, gapOf: (agent: Agent) => number): State {
  const { landing } = state;
  const tasks = Object.values(state.tasks).map(task => {
    const { escalation } = task;
    if (escalation === null) return [task.id, task] as const;
    const deadline = later(escalation.deadline, gapMs);
    return [task.id, { ...task, escalation: { ...escalation, deadline } }] as const;
  });
  return {
    ...state,
    agents: mapAgents(state, agent => shiftedAgent(agent, gapOf(agent))),
    tasks: Object.fromEntries(tasks) as State['tasks'],
    messages: state.messages.map(one => {
      const to = state.agents[one.to];
      return { ...one, deadline: later(one.deadline, to === undefined ? gapMs : gapOf(to)) };
    }),
    landing: landing === null ? null : { ...landing, retryAt: later(landing.retryAt, gapMs) },
  };
}

const judged = (
  trunk: Trunk,
  gate: Trunk['gate'],
  redExcerpt: string | null,
  at: number,
): Trunk => ({
  ...trunk,
  ...{ gate, redExcerpt, gateSince: gate === trunk.gate ? trunk.gateSince : at },
});
