import { assert } from '../../lib/assert.ts';
import type { Agent } from '../agent.ts';
import { apply } from '../apply/apply.ts';
import type { Event, EventBody } from '../event.ts';
import type { AgentId, Instant, TaskId } from '../ids.ts';
import type { MessageKind } from '../message.ts';
import type { Policy } from '../policy.ts';
import type { State } from '../state.ts';
import type { Task } from '../task.ts';

/** The facts of one turn as they are decided: each is applied at once, so the next one sees it. */
export class Facts {
  readonly events: Event[] = [];
  readonly at: Instant;
  readonly policy: Policy;
  #state: State;

  constructor(state: State, at: Instant, policy: Policy) {
    this.#state = state;
    this.at = at;
    this.policy = policy;
  }

  get state(): State {
    return this.#state;
  }

  emit(body: EventBody): void {
    const event: Event = { ...body, at: this.at };
    this.#state = apply(this.#state, event);
    this.events.push(event);
  }

  /** One that was found in this turn: tasks do not vanish. */
  task(id: TaskId): Task {
    const task = this.#state.tasks[id];
    assert(task !== undefined, `${id} is a known task`);
    return task;
  }

  /** One that was found in this turn. */
  agent(id: AgentId): Agent {
    const agent = this.#state.agents[id];
    assert(agent !== undefined, `${id} is a member`);
    return agent;
  }

  /** The task when it is in this column and this is its newest attempt; otherwise the answer is stale. */
  attempt(id: TaskId, attempt: number, column: Task['column']): Task | null {
    const task = this.#state.tasks[id];
    return task?.column === column && task.attempt === attempt ? task : null;
  }

  send(message: {
    readonly kind: MessageKind;
    readonly to: AgentId;
    readonly from?: AgentId | 'person' | 'belfry';
    readonly task?: Task;
    readonly text?: string;
    readonly freshSession?: boolean;
    readonly urgent?: boolean;
    readonly again?: string;
    readonly mail?: string | undefined;
  }): void {
    this.emit({
      type: 'message.sent',
      id: `M-${this.#state.messageCount + 1}`,
      kind: message.kind,
      from: message.from ?? 'belfry',
      to: message.to,
      task: message.task?.id ?? null,
      attempt: message.task?.attempt ?? null,
      text: message.text ?? '',
      freshSession: message.freshSession ?? false,
      ...(message.urgent === true && { urgent: true }),
      ...(message.again !== undefined && { again: message.again }),
      ...(message.mail !== undefined && { mail: message.mail }),
    });
  }

  /** A fresh session, or the agent's own resumed. */
  launch(id: AgentId, isFresh: boolean): void {
    const agent = this.#state.agents[id];
    if (agent === undefined) return;
    // A session without a turn holds nothing, and agent CLIs refuse to resume such a one.
    const holdsTurn = agent.messagesInSession > 0 || agent.workedInSession;
    const resumed = !isFresh && agent.session !== null && holdsTurn;
    // The instant makes it differ from those of an agent of this name that left the team.
    const fresh = `${id}-${agent.sessionCount + 1}-${this.at.toString(36)}`;
    this.emit({
      type: 'agent.launched',
      agent: id,
      session: resumed ? (agent.session as string) : fresh,
      resumed,
      deadline: this.at + this.policy.startTimeoutMs,
    });
  }
}
