import type { Effect } from './effect.ts';
import type { Event } from './event.ts';
import type { AgentId, TaskId } from './ids.ts';
import type { State } from './state.ts';

/** What the world must now do about a fact. `before` is the state without it. */
export function react(before: State, state: State, event: Event): Effect[] {
  return [
    ...onAgents(before, state, event),
    ...onLanding(state, event),
    ...onBoard(before, state, event),
  ];
}

function onAgents(before: State, state: State, event: Event): Effect[] {
  switch (event.type) {
    case 'agent.launched': {
      const { agent, session, resumed: resume } = event;
      return [
        ...saved(before, agent, 'a new session'),
        { type: 'launchAgent', agent, session, resume },
      ];
    }
    case 'agent.exited':
    case 'agent.stopped':
    case 'agent.left':
      return [
        ...saved(before, event.agent, 'its agent ended'),
        { type: 'stopAgent', agent: event.agent },
      ];
    case 'agent.paused':
      return [{ type: 'holdAgent', agent: event.agent }];
    case 'agent.resumed':
      return state.teamPaused ? [] : [{ type: 'releaseAgent', agent: event.agent }];
    case 'team.paused':
    case 'team.resumed': {
      const type = event.type === 'team.paused' ? 'holdAgent' : 'releaseAgent';
      const running = Object.values(state.agents).filter(one => !one.paused && !one.stopped);
      return running.map(({ id: agent }) => ({ type, agent }));
    }
    case 'question.answered': {
      const { agent, question, answer } = event;
      return [{ type: 'answerQuestion', agent, question, answer }];
    }
    case 'task.assigned':
      return [
        { type: 'prepareWorktree', agent: event.agent, task: event.task, attempt: event.attempt },
      ];
    case 'attempt.started': {
      const agent = state.tasks[event.task]?.assignee ?? null;
      const { task, attempt } = event;
      return agent === null ? [] : [{ type: 'prepareWorktree', agent, task, attempt }];
    }
    case 'attempt.doubted': {
      const { agent, task, attempt } = event;
      return [{ type: 'inspectWork', agent, task, attempt }];
    }
    case 'message.pressed': {
      const message = state.messages.find(one => one.id === event.id);
      if (message === undefined) return [];
      return [{ type: 'interruptAgent', agent: message.to, message: message.id }];
    }
    case 'message.typed': {
      const message = state.messages.find(one => one.id === event.id);
      if (message === undefined) return [];
      const type = message.tries > 1 ? 'submitAgain' : 'deliverMessage';
      return [{ type, agent: message.to, message: message.id }];
    }
    default:
      return [];
  }
}

/** Nothing that an agent typed is lost when its session ends. */
function saved(before: State, id: AgentId, why: string): Effect[] {
  const task = before.agents[id]?.task ?? null;
  return task === null ? [] : [{ type: 'saveWork', agent: id, task, why }];
}

function onLanding(state: State, event: Event): Effect[] {
  switch (event.type) {
    case 'landing.started':
    case 'landing.restarted':
      return [{ type: 'buildCandidate', task: event.task, attempt: event.attempt }];
    case 'gate.started':
    case 'landing.cleared':
      return landingEffect(state);
    case 'landing.finished':
      return changesEffect(state, event.task);
    case 'trunk.moved':
      return event.by === 'belfry' ? [{ type: 'followCheckout' }] : [];
    default:
      return [];
  }
}

/** Of a task that has landed as the merge result that is on record. */
export function changesEffect({ tasks }: State, task: TaskId): Effect[] {
  const { base, commit } = tasks[task]?.attempts.at(-1)?.record?.candidate ?? {};
  if (base === undefined || commit === undefined || tasks[task]?.landedAs !== commit) return [];
  return [{ type: 'findChanges', task, candidate: { base, commit } }];
}

/** What the landing slot waits for, asked (again). */
export function landingEffect(state: State): Effect[] {
  const { landing } = state;
  if (landing === null || landing.retryAt !== null) return [];
  const { task, attempt, candidate, runs: run } = landing;
  if (candidate === null) return [{ type: 'buildCandidate', task, attempt }];
  if (landing.isCleared) return [{ type: 'landCandidate', task, attempt, candidate }];
  if (landing.running === null) return [];
  const subject = landing.running;
  const { base, head, commit, tree } = candidate;
  const gate = { type: 'runGate', task, attempt, run, subject } as const;
  if (subject === 'candidate') return [{ ...gate, commit, tree }];
  return [{ ...gate, commit: subject === 'trunk' ? base : head, tree: null }];
}

function onBoard(before: State, state: State, event: Event): Effect[] {
  const effects: Effect[] = [];
  if (event.type === 'batch.formed') effects.push({ type: 'writeBatch', tasks: event.tasks });
  if ('task' in event && event.task !== null) {
    const { task } = event;
    const column = state.tasks[task]?.column;
    const isRefused = event.type === 'task.refused';
    if (column !== undefined && (column !== before.tasks[task]?.column || isRefused))
      effects.push({ type: 'writeBoard', task });
    const slot = before.landing;
    if (slot?.task === task && slot.running !== null && state.landing?.task !== task)
      if (event.type !== 'attempt.failed')
        effects.push({ type: 'cancelGate', task, attempt: slot.attempt });
    const holder = before.tasks[task]?.assignee ?? null;
    if (holder !== null && state.tasks[task]?.assignee === null && column !== 'done')
      effects.push({ type: 'saveWork', agent: holder, task, why: event.type });
    if (holder !== null && state.tasks[task]?.assignee !== holder)
      effects.push({ type: 'endAssignment', agent: holder });
    const worker = holder ?? state.tasks[task]?.attempts.at(-1)?.agent ?? null;
    if (event.type === 'task.escalated' && event.to === 'architect' && worker !== null)
      effects.push({ type: 'keepWork', agent: worker, task });
  }
  return effects;
}
