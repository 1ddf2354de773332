import type { Event } from '../../core/event.ts';
import type { AgentId, TaskId } from '../../core/ids.ts';
import type { State } from '../../core/state.ts';
import type { TeamStore } from '../../ports/team-store.ts';
import type { RecordedAttempt } from './part-files.ts';

/** What is told of the team's work. */
export type Listener = {
  workOn(agent: AgentId, work: RecordedAttempt | null): void;
  mark(agent: AgentId, label: string): void;
};

/** Tells a recording which attempts its terminals show, and the moments worth finding again. Returns what ends it. */
export function followTeam(store: TeamStore, listener: Listener): () => void {
  const holders = new Map<TaskId, AgentId>();
  let last: Event | null = null;
  const look = (): void => {
    const state = store.getState();
    const events = store.recentEvents();
    const news = last === null ? [] : events.slice(events.lastIndexOf(last) + 1);
    last = events.at(-1) ?? last;
    for (const event of news) {
      const agent = agentOf(event, state, holders);
      const label = markOf(event);
      if (agent !== null && label !== null) listener.mark(agent, label);
    }
    for (const { id, task } of Object.values(state.agents)) {
      if (task !== null) holders.set(task, id);
      listener.workOn(
        id,
        task === null ? null : { task, attempt: state.tasks[task]?.attempt ?? 1 },
      );
    }
  };
  look();
  return store.subscribe(look);
}

/** The task may have been taken from the agent in the same turn. */
function agentOf(
  event: Event,
  state: State,
  holders: ReadonlyMap<TaskId, AgentId>,
): AgentId | null {
  if ('agent' in event) return event.agent;
  if (!('task' in event) || event.task === null) return null;
  return holders.get(event.task) ?? state.tasks[event.task]?.assignee ?? null;
}

/** In few words; null for what nobody looks for. */
function markOf(event: Event): string | null {
  switch (event.type) {
    case 'attempt.submitted':
      return `${event.task}/${event.attempt} ${event.claimed ? 'claims to be done' : 'stopped without a claim'}`;
    case 'gate.passed':
      return `${event.task}/${event.attempt} gate green`;
    case 'gate.failed':
      return `${event.task}/${event.attempt} gate red`;
    case 'attempt.failed':
      return `${event.task}/${event.attempt} goes back: ${event.reason}`;
    case 'attempt.conflicted':
      return `${event.task}/${event.attempt} conflicts`;
    case 'attempt.collided':
      return `${event.task}/${event.attempt} red with others’ work`;
    case 'attempt.handedOver':
      return `${event.task}/${event.attempt} handed over`;
    case 'attempt.withdrawn':
      return `${event.task}/${event.attempt} withdrawn`;
    case 'task.escalated':
      return `${event.task} escalated`;
    case 'landing.finished':
      return `${event.task} landed`;
    case 'question.asked':
      return event.question.kind === 'permission' ? 'asks permission' : 'asks';
    case 'question.answered':
      return `answered ${event.answer}`;
    default:
      return null;
  }
}
