import type { Role } from '../../src/core/agent.ts';
import type { Effect } from '../../src/core/effect.ts';
import type { Event } from '../../src/core/event.ts';
import type { AgentId, Oid, TaskId } from '../../src/core/ids.ts';
import type { Command, GateResult, Observation } from '../../src/core/input.ts';
import { checkInvariants } from '../../src/core/invariants.ts';
import { defaultPolicy, type Policy } from '../../src/core/policy.ts';
import type { Candidate } from '../../src/core/record/candidate.ts';
import { emptyState, type State } from '../../src/core/state.ts';
import { step } from '../../src/core/step.ts';
import type { Task, TaskContent } from '../../src/core/task.ts';

const oid = (digit: string) => digit.repeat(40) as Oid;
/** Half past nine on some day: the core only ever adds to it. */
const morning = 1_900_000_000_000;

/** The pure core with a world that answers at once: agents show their prompt, prompts are confirmed. */
export class TeamDriver {
  state: State = emptyState;
  readonly events: Event[] = [];
  readonly effects: Effect[] = [];
  readonly policy: Policy;
  now = morning;

  constructor(engineers = 2, policy: Partial<Policy> = {}) {
    this.policy = { ...defaultPolicy, ...policy };
    const member = (agent: string, role: Role) => ({
      agent: agent as AgentId,
      role,
      cli: 'scripted',
    });
    this.input({
      type: 'run.began',
      trunk: 'main',
      head: oid('a'),
      team: [
        ...[member('architect', 'architect'), member('manager', 'manager')],
        ...Array.from({ length: engineers }, (_, index) => member(`eng-${index + 1}`, 'engineer')),
      ],
    });
    this.input({ type: 'trunk.seen', head: oid('a') });
  }

  /** One turn, then whatever agents do by themselves: reach their prompt, confirm what was typed. */
  input(input: Command | Observation): void {
    this.#turn(input);
    for (let tries = 0; tries < 50 && this.#answerOne(); tries += 1);
  }

  #turn(input: Command | Observation): void {
    const turn = step(this.state, { ...input, at: this.now }, this.policy);
    checkInvariants(turn.state);
    this.state = turn.state;
    this.events.push(...turn.events);
    this.effects.push(...turn.effects);
  }

  #answerOne(): boolean {
    const starting = Object.values(this.state.agents).find(one => one.status === 'starting');
    if (starting !== undefined) {
      this.look(starting.id, 'idle');
      return true;
    }
    const typed = this.state.messages.find(one => one.delivery === 'typed');
    if (typed === undefined) return false;
    this.#turn({ type: 'message.confirmed', id: typed.id });
    this.look(typed.to, this.state.agents[typed.to]?.role === 'engineer' ? 'working' : 'idle');
    return true;
  }

  /** What the agent is seen to do. */
  look(agent: AgentId, status: 'idle' | 'working'): void {
    const session = this.state.agents[agent]?.session ?? '';
    this.#turn({ type: 'agent.looked', agent, session, status, reason: 'test', question: null });
  }

  pass(ms: number): void {
    this.now += ms;
    this.input({ type: 'time.passed' });
  }

  addTasks(contents: Readonly<Record<string, TaskContent>>): void {
    const seen = Object.entries(contents).map(([id, content]) => ({
      ...{ task: id as TaskId, content, by: 'person' as const, wish: null },
    }));
    const known = Object.values(this.state.tasks).map(task => ({
      ...{ task: task.id, content: task, by: task.addedBy, wish: null },
    }));
    this.input({ type: 'board.read', tasks: [...known, ...seen], broken: [] });
  }

  task(id: string): Task {
    const task = this.state.tasks[id as TaskId];
    if (task === undefined) throw new Error(`there is no ${id}`);
    return task;
  }

  /** The engineer that holds it claims to be done; it finishes its turn. */
  claim(id: string): void {
    const { assignee, attempt, id: task } = this.task(id);
    if (assignee === null) throw new Error(`nobody holds ${id}`);
    const claim = { agent: assignee, task, attempt, head: oid('b'), summary: 'done' };
    this.input({ type: 'agent.claimedDone', ...claim });
    this.look(assignee, 'idle');
  }

  build(id: string, more: Partial<Candidate> = {}): void {
    const { attempt, id: task } = this.task(id);
    const base = this.state.trunk.head ?? oid('a');
    const built = { base, head: oid('b'), commit: oid('c'), tree: oid('d') };
    const lines = { files: ['src/a.ts'], linesAdded: 1, linesRemoved: 0 };
    const candidate = { ...built, ...lines, ...more };
    this.input({ type: 'candidate.built', task, attempt, candidate, risks: [] });
  }

  /** Answers the gate run that is under way, whatever it is about. */
  gate(result: 'passed' | { readonly red: string }): void {
    const { landing } = this.state;
    if (landing?.running == null) throw new Error('no gate is running');
    const { task, attempt, runs: run, running: subject } = landing;
    const answer: GateResult =
      result === 'passed'
        ? { outcome: 'passed', durationMs: 1_000 }
        : { outcome: 'failed', durationMs: 1_000, excerpt: result.red };
    const { base, head, commit } = landing.candidate ?? {
      base: oid('a'),
      head: oid('b'),
      commit: oid('c'),
    };
    const subjectCommit = { candidate: commit, trunk: base, branch: head }[subject];
    this.input({
      type: 'gate.finished',
      task,
      attempt,
      run,
      subject,
      subjectCommit,
      result: answer,
    });
  }

  /** Red on the merge result until somebody has decided about it; the trunk itself is green. */
  gateRed(red: string): void {
    for (let runs = 0; runs < 10 && this.state.landing?.running != null; runs += 1)
      this.gate(this.state.landing.running === 'trunk' ? 'passed' : { red });
    if (this.state.landing?.running != null) throw new Error('the gate runs without end');
  }

  land(id: string): void {
    const { attempt, id: task } = this.task(id);
    const answer = { commit: oid('c'), answer: 'landed', head: oid('c'), reason: '' } as const;
    this.input({ type: 'landing.answered', task, attempt, ...answer });
  }

  eventsOf<Type extends Event['type']>(type: Type): readonly Extract<Event, { type: Type }>[] {
    return this.events.filter(
      (event): event is Extract<Event, { type: Type }> => event.type === type,
    );
  }
}
