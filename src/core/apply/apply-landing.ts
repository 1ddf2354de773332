import type { Event, EventOf } from '../event.ts';
import { withLanded } from '../plan/plan-record.ts';
import type { Landing, State } from '../state.ts';
import type { GateStep } from '../task.ts';
import { countedAfresh } from '../usage/outcome.ts';
import { counted, ended, withAgent, withTask } from './patch.ts';

/** What a fact about the landing slot makes true; null when it is about something else. */
export function applyToLanding(state: State, event: Event): State | null {
  if (event.type === 'landing.started') {
    const { task, attempt } = event;
    const landing = newLanding(task, attempt, event.at);
    const landingQueue = state.landingQueue.filter(queued => queued !== task);
    return step({ ...state, landingQueue, landing }, event.task, 'building');
  }
  const { landing } = state;
  if (landing === null || !('task' in event) || landing.task !== event.task) return null;
  switch (event.type) {
    case 'candidate.built': {
      const { candidate, risks } = event;
      const built = {
        ...landing,
        candidate,
        red: null,
        passed: false,
        flaky: false,
        retryAt: null,
      };
      return withTask({ ...state, landing: built }, event.task, { risks });
    }
    case 'gate.started': {
      const running = { ...landing, runs: event.run, running: event.subject, retryAt: null };
      const { subject } = event;
      const onCandidate = landing.red ? 'rerunning' : 'testing';
      const name = subject === 'candidate' ? onCandidate : (`checking-${subject}` as const);
      return step({ ...state, landing: running }, event.task, name);
    }
    case 'gate.failed': {
      const red = { excerpt: event.excerpt };
      return { ...state, landing: { ...landing, running: null, red } };
    }
    case 'gate.faulted': {
      const { retryAt } = event;
      return {
        ...state,
        landing: { ...landing, running: null, faults: landing.faults + 1, retryAt },
      };
    }
    case 'gate.passed': {
      const passed = { ...landing, running: null, passed: true, flaky: event.flaky };
      const next = { ...state, landing: passed };
      return event.flaky ? counted(next, counters => ({ flaky: counters.flaky + 1 })) : next;
    }
    case 'review.requested':
      return step(withTask(state, event.task, { risks: event.risks }), event.task, 'review');
    case 'review.approved':
      return step(withTask(state, event.task, { risks: [] }), event.task, 'landing');
    case 'landing.cleared':
      return step(
        { ...state, landing: { ...landing, isCleared: true, retryAt: null } },
        event.task,
        'landing',
      );
    case 'landing.restarted': {
      const again = { ...newLanding(event.task, event.attempt, event.at), runs: landing.runs };
      const { faults } = landing;
      const rebuilds = landing.rebuilds + 1;
      return step({ ...state, landing: { ...again, rebuilds, faults } }, event.task, 'building');
    }
    case 'landing.abandoned': {
      const landingQueue = event.requeue ? [event.task, ...state.landingQueue] : state.landingQueue;
      return step(
        { ...state, landing: null, landingQueue },
        event.task,
        event.requeue ? 'queued' : null,
      );
    }
    case 'landing.finished':
      return finished(state, landing, event);
    default:
      return null;
  }
}

function finished(
  state: State,
  landing: Landing,
  event: EventOf<'landing.finished'> & { at: number },
): State {
  const task = state.tasks[event.task];
  if (task === undefined) return state;
  const freed =
    task.assignee === null
      ? state
      : withAgent(state, task.assignee, {
          ...{ task: null, deadline: null, nudged: false, restarts: 0 },
          ...countedAfresh(state.agents[task.assignee]),
        });
  const { commit } = event;
  const plan = withLanded(state.plan, task, landing.candidate?.files ?? []);
  const done = withTask({ ...freed, plan, landing: null }, task.id, {
    ...ended(task, event.at, { kind: 'landed', commit }),
    ...{ column: 'done', assignee: null, gateStep: null, landedAs: commit, since: event.at },
    ...{ escalation: null, blocked: null, risks: [], why: 'landed' },
  });
  const { linesAdded = 0, linesRemoved = 0 } = landing.candidate ?? {};
  return counted(done, counters => ({
    landed: counters.landed + 1,
    linesAdded: counters.linesAdded + linesAdded,
    linesRemoved: counters.linesRemoved + linesRemoved,
  }));
}

const step = (state: State, task: Landing['task'], gateStep: GateStep | null) =>
  withTask(state, task, { gateStep });

const newLanding = (task: Landing['task'], attempt: number, at: number): Landing => ({
  ...{ task, attempt, startedAt: at, candidate: null, runs: 0, rebuilds: 0, faults: 0, red: null },
  ...{ passed: false, running: null, isCleared: false, flaky: false, retryAt: null },
});
