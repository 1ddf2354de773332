// The simulation's own book-keeping: recounts from events what the core claims, without its help.
import { ok } from 'node:assert/strict';
import type { Event } from '../../src/core/event.ts';
import type { AgentId, TaskId } from '../../src/core/ids.ts';
import type { Command, Observation } from '../../src/core/input.ts';
import type { Policy } from '../../src/core/policy.ts';
import type { Counters, State } from '../../src/core/state.ts';
import type { GitWorld } from './git-world.ts';

const zero: Counters = {
  ...{ landed: 0, dropped: 0, gateCatches: 0, conflicts: 0, exhaustions: 0, escalations: 0 },
  ...{ reassigned: 0, flaky: 0, linesAdded: 0, linesRemoved: 0 },
};

export class Audit {
  readonly #git: GitWorld;
  readonly #policy: Policy;
  readonly #counters: { -readonly [Name in keyof Counters]: number } = { ...zero };
  readonly #retries = new Map<TaskId, number>();
  readonly #managerAsked = new Map<TaskId, number>();
  readonly #architectAsked = new Set<TaskId>();
  readonly #attempts = new Map<TaskId, number>();
  /** The bounds that the person has decided about, by task or `run` and kind. */
  readonly #decided = new Map<string, number>();
  /** In which session of its agent a message was read. */
  readonly #readIn = new Map<string, number>();
  #slot: TaskId | null = null;
  #isApproved = false;
  #risks: readonly string[] = [];

  constructor(git: GitWorld, policy: Policy) {
    this.#git = git;
    this.#policy = policy;
  }

  /** `before` is the state without the event, `input` what led to it. */
  take(before: State, event: Event, after: State, input: Command | Observation): void {
    checkCause(before, event, input);
    this.#takeBounds(before, event);
    this.#takeSplit(before, event, input);
    this.#takeSlot(event);
    this.#takeBudget(before, event, after);
    this.#takeVerdict(before, event);
    this.#takeMemory(before, event);
    if (event.type === 'message.typed') this.#checkDelivery(before, event.id);
    if (event.type === 'task.assigned') this.#checkDispatch(before, event.task, event.agent);
    const counted = this.#counters;
    if (event.type === 'attempt.failed' && event.reason === 'gate') counted.gateCatches += 1;
    if (event.type === 'attempt.collided') counted.gateCatches += 1;
    if (event.type === 'attempt.conflicted') counted.conflicts += 1;
    if (event.type === 'attempt.handedOver') counted.exhaustions += 1;
    if (event.type === 'task.escalated' && before.tasks[event.task]?.escalation === null)
      counted.escalations += 1;
    if (event.type === 'task.reassigned') counted.reassigned += 1;
    if (event.type === 'task.dropped') counted.dropped += 1;
    if (event.type === 'task.returned') counted.dropped -= 1;
    if (event.type === 'gate.passed' && event.flaky) counted.flaky += 1;
    if (event.type === 'landing.finished') {
      counted.landed += 1;
      ok(this.#git.passed.has(event.commit), `${event.commit} landed without a passed gate`);
      const isThere = this.#git.trunk.some(one => one.commit === event.commit);
      ok(isThere, `${event.commit} is said to have landed but is not on the trunk`);
      ok(before.tasks[event.task]?.landedAs === null, `${event.task} landed twice`);
    }
    const { linesAdded: _added, linesRemoved: _removed, ...own } = counted;
    for (const [name, value] of Object.entries(own))
      ok(after.counters[name as keyof Counters] === value, `${name} is ${value} by recount`);
  }

  #takeBounds(before: State, event: Event): void {
    if (event.type === 'task.assigned' || event.type === 'attempt.started') {
      const next = (this.#attempts.get(event.task) ?? 0) + 1;
      ok(event.attempt === next, `${event.task}: attempt ${event.attempt} follows ${next - 1}`);
      this.#attempts.set(event.task, next);
    }
    if (event.type === 'attempt.started' && event.isRetry) {
      const retries = (this.#retries.get(event.task) ?? 0) + 1;
      const most = this.#policy.retriesMax;
      ok(retries <= most, `${event.task}: retry ${retries} of at most ${most}`);
      this.#retries.set(event.task, retries);
    }
    const isDecision = ['task.guided', 'task.reassigned', 'task.shelved'].includes(event.type);
    if (isDecision && 'task' in event && event.task !== null) this.#retries.delete(event.task);
    if (event.type === 'task.escalated' && event.to === 'manager') {
      const asked = (this.#managerAsked.get(event.task) ?? 0) + 1;
      ok(asked === 1, `${event.task}: the manager is asked ${asked} times`);
      this.#managerAsked.set(event.task, asked);
      ok(before.tasks[event.task]?.escalation === null, `${event.task} is escalated already`);
    }
  }

  /** The team asks once for each task; parts are not begun before their whole is split, nor what waits for it before they are done. */
  #takeSplit(before: State, event: Event, input: Command | Observation): void {
    if (event.type === 'task.escalated' && event.to === 'architect') {
      const isPersons = input.type === 'task.split' && input.by === 'person';
      ok(isPersons || !this.#architectAsked.has(event.task), `${event.task}: asked to split again`);
      this.#architectAsked.add(event.task);
    }
    if (event.type === 'task.split') {
      ok(event.into.length > 1, `${event.task} is split into ${event.into.length}`);
      ok(before.tasks[event.task]?.escalation !== null, `${event.task} did not wait to be split`);
    }
    if (event.type !== 'task.assigned') return;
    const task = before.tasks[event.task];
    const whole = task?.splits === undefined ? undefined : before.tasks[task.splits];
    ok(
      whole?.escalation?.to !== 'architect',
      `${event.task} is begun before ${whole?.id} is split`,
    );
    for (const id of task?.dependsOn ?? [])
      for (const part of before.tasks[id]?.splitInto ?? [])
        ok(before.tasks[part]?.column === 'done', `${event.task} is begun before ${part}`);
  }

  /** A bound that was decided about is never asked about again, and nobody spends on while it is asked. */
  #takeBudget(before: State, event: Event, after: State): void {
    if (event.type === 'budget.crossed') {
      const { kind, limit, spent } = event.overspent;
      const key = `${event.task ?? 'run'} ${kind}`;
      ok(spent >= limit, `${key}: ${spent} of ${limit} is not too much`);
      ok(limit > (this.#decided.get(key) ?? 0), `${key}: asked twice about ${limit}`);
    }
    if (event.type === 'budget.settled') {
      const open = (event.task === null ? before : before.tasks[event.task])?.account.overspent;
      ok(open, `${event.task ?? 'run'}: decided, and nobody had asked`);
      this.#decided.set(`${event.task ?? 'run'} ${open.kind}`, open.limit);
    }
    if (event.type === 'agent.resumed') {
      const held = after.agents[event.agent]?.task;
      const { overspent = null } = (held && after.tasks[held]?.account) || {};
      ok(overspent === null, `${event.agent} goes on over the budget of ${held}`);
    }
  }

  /** One landing at a time, from its start to its end. */
  #takeSlot(event: Event): void {
    if (event.type === 'landing.started') {
      ok(this.#slot === null, `${event.task} starts to land while ${this.#slot} does`);
      this.#slot = event.task;
    }
    if (event.type === 'landing.finished')
      ok(this.#slot === event.task, `${event.task} landed without the slot`);
    const ends = [
      ...['landing.finished', 'landing.abandoned', 'attempt.failed', 'attempt.conflicted'],
      ...['attempt.collided', 'attempt.sentBack'],
      ...['attempt.withdrawn', 'task.dropped', 'task.escalated', 'task.reassigned', 'task.shelved'],
      'task.split',
    ];
    if ('task' in event && event.task === this.#slot && ends.includes(event.type))
      this.#slot = null;
  }

  /** Nobody is charged before the second red run beside a green trunk; nothing lands unseen that asks for a look. */
  #takeVerdict(before: State, event: Event): void {
    const { landing, trunk } = before;
    if (event.type === 'landing.started')
      ok(trunk.gate !== 'red' && !before.teamPaused, `${event.task} lands on red or in a pause`);
    if (event.type === 'candidate.built') this.#isApproved = false;
    if (event.type === 'review.approved') this.#isApproved = true;
    if (event.type === 'landing.cleared') {
      const isRisky = this.#policy.land === 'risky' && this.#risks.length > 0;
      const isReviewed = this.#policy.land === 'review' || isRisky;
      ok(!isReviewed || this.#isApproved, `${event.task} lands without the person's look`);
      ok(!before.teamPaused, `${event.task} lands in a pause`);
    }
    if (event.type === 'candidate.built') this.#risks = event.risks;
    if (event.type !== 'attempt.failed' || event.reason !== 'gate') return;
    ok(landing?.red, `${event.task} is charged for a single red run`);
    const isTheSameTrunk = trunk.head === landing.candidate?.base;
    ok(!isTheSameTrunk || trunk.gate === 'green', `${event.task} is charged on an unknown trunk`);
  }

  /** Nobody is reminded of a goal that its session has not read. */
  #takeMemory({ messages, agents, plan }: State, event: Event): void {
    if (event.type === 'message.delivered') {
      const to = messages.find(one => one.id === event.id)?.to;
      if (to !== undefined) this.#readIn.set(event.id, agents[to]?.sessionCount ?? 0);
    }
    if (event.type !== 'agent.nudged') return;
    const agent = agents[event.agent];
    const goal = plan.goals.find(one => one.agent === event.agent && one.unanswered === null);
    if (agent?.role !== 'architect' || goal === undefined) return;
    const session = this.#readIn.get(goal.message);
    ok(
      session === agent.sessionCount,
      `${agent.id} is reminded of ${goal.message}, read by another`,
    );
  }

  #checkDelivery(before: State, id: string): void {
    const message = before.messages.find(one => one.id === id);
    ok(message !== undefined, `${id} was never sent`);
    const agent = before.agents[message.to];
    ok(agent !== undefined, `${id} is typed to nobody`);
    ok(!before.teamPaused && !agent.paused && !agent.stopped, `${id} is typed during a pause`);
    if (message.tries > 0) return;
    ok(agent.status === 'idle', `${id} is typed while ${agent.id} is ${agent.status}`);
    ok(agent.question === null, `${id} is typed into a question`);
    const isFresh = agent.messagesInSession === 0;
    ok(!message.freshSession || isFresh, `${id} wants a fresh session`);
    const typed = before.messages.filter(one => one.to === agent.id && one.delivery === 'typed');
    ok(typed.length === 0, `${id} is typed over ${typed[0]?.id}`);
    const isWanted = before.plan.goals.every(one => one.agent !== agent.id || one.unanswered);
    ok(message.kind !== 'goal' || isWanted, `${id} is a goal, and another one is open`);
    const urgent = before.messages.find(
      one => one.to === agent.id && one.urgent && one.delivery === 'queued',
    );
    ok(message.urgent || message.kind === 'nudge' || !urgent, `${id} goes before ${urgent?.id}`);
  }

  #checkDispatch(before: State, id: TaskId, to: AgentId): void {
    const task = before.tasks[id];
    const agent = before.agents[to];
    ok(task !== undefined && agent !== undefined, `${id} is given to ${to}`);
    ok(agent.role === 'engineer' && agent.task === null, `${to} is no free engineer`);
    ok(!before.teamPaused && !agent.paused && !agent.stopped, `${id} is given out in a pause`);
    ok(!task.paused && task.escalation === null, `${id} is paused or escalated`);
    for (const other of task.dependsOn) {
      ok(before.tasks[other]?.column === 'done', `${id} is begun before ${other}`);
      const isDropped = before.tasks[other].dropped !== null;
      const isDecided = task.goesWithout?.includes(other);
      ok(!isDropped || isDecided, `${id} is begun, and ${other} was dropped`);
    }
    for (const other of Object.values(before.tasks))
      if (other.assignee !== null)
        ok(!other.files.some(path => task.files.includes(path)), `${id} overlaps ${other.id}`);
  }
}

const takesAway = [
  ...['attempt.withdrawn', 'task.dropped', 'task.escalated', 'task.reassigned', 'task.shelved'],
  'landing.abandoned',
];

/** No old claim is believed, no answer about another commit, and nothing stops a landing but its own answer. */
function checkCause(before: State, event: Event, input: Command | Observation): void {
  if (event.type === 'attempt.submitted' && input.type === 'agent.claimedDone')
    ok(event.attempt === input.attempt, `${event.task}: an old claim is believed`);
  const { landing } = before;
  if (landing === null || !('task' in event) || event.task !== landing.task) return;
  if (input.type === 'gate.finished' && event.type.startsWith('gate.')) {
    const { candidate } = landing;
    const { base, head, commit } = candidate ?? {};
    const tested = { trunk: base, branch: head, candidate: commit }[input.subject];
    ok(input.subjectCommit === tested, `${event.task}: judged by a run on ${input.subjectCommit}`);
  }
  if (landing.isCleared && input.type !== 'landing.answered')
    ok(!takesAway.includes(event.type), `${event.task}: ${event.type} while it is landing`);
}
