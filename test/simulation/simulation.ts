import { deepStrictEqual, ok } from 'node:assert/strict';
import { apply } from '../../src/core/apply/apply.ts';
import { nextDeadline } from '../../src/core/deadline.ts';
import type { Effect } from '../../src/core/effect.ts';
import type { Event } from '../../src/core/event.ts';
import type { AgentId, TaskId } from '../../src/core/ids.ts';
import type { Command, Observation } from '../../src/core/input.ts';
import { checkInvariants } from '../../src/core/invariants.ts';
import type { Policy } from '../../src/core/policy.ts';
import { recover } from '../../src/core/recover.ts';
import { emptyState, type State } from '../../src/core/state.ts';
import { step } from '../../src/core/step.ts';
import { printEvent } from '../support/print-event.ts';
import { Random } from '../support/random.ts';
import { AgentWorld } from './agent-world.ts';
import { Audit } from './audit.ts';
import { BoardWorld } from './board-world.ts';
import { type ChooseVerb, chooseCommand, chooseVerb } from './choose-verb.ts';
import { dueTimes } from './due-times.ts';
import { chooseFaults, choosePolicy, type Faults, noFaults } from './faults.ts';
import { GitWorld, type Outside } from './git-world.ts';
import { ReceiptBook } from './receipt-book.ts';
import { Timeline } from './timeline.ts';

const linesKept = 60;
const tasksMax = 20;
/** More turns without any progress of time than a sound core can need. */
const turnsPerInstantMax = 200;

/** A world that is not left to chance: its own faults and rules, and a plan of so many tasks. */
export type Setting = {
  readonly faults: Faults;
  readonly policy: Policy;
  readonly engineers: number;
  readonly tasks: number;
  readonly decide: ChooseVerb;
};

/** One team in one simulated world. The same seed gives the same run. */
const aGoal: Command = {
  ...{ type: 'message.send', from: 'person', to: 'architect' as AgentId },
  ...{ text: 'Make it fast', isGoal: true },
};

export class Simulation {
  readonly random: Random;
  readonly timeline = new Timeline();
  readonly policy: Policy;
  readonly git: GitWorld;
  readonly board: BoardWorld;
  readonly journal: Event[] = [];
  state: State = emptyState;
  faults: Faults;
  turns = 0;
  readonly #notes: (() => string)[] = [];
  readonly #agents: AgentWorld;
  readonly #audit: Audit;
  readonly #receipts = new ReceiptBook();
  readonly #waiting: (Command | Observation)[] = [];
  readonly #engineers: number;
  readonly #setting: Setting | null;
  #checked = { count: 0, state: emptyState };
  #turnsAtInstant = 0;
  #instant = 0;

  constructor(seed: number, setting: Setting | null = null) {
    this.random = new Random(seed);
    this.#setting = setting;
    this.faults = setting?.faults ?? chooseFaults(this.random, seed);
    this.policy = setting?.policy ?? choosePolicy(this.random);
    const outside: Outside = {
      timeline: this.timeline,
      random: this.random,
      faults: () => this.faults,
      observe: input => void this.#waiting.push(input),
    };
    this.git = new GitWorld(outside);
    this.board = new BoardWorld(this.random);
    const addPart = (whole: TaskId) => {
      if (this.state.tasks[whole]?.escalation?.to !== 'architect') return;
      this.board.addTask(whole);
      outside.observe(this.board.read());
    };
    const decide = setting?.decide ?? chooseVerb;
    const parts = { git: this.git, state: () => this.state, addPart, decide };
    this.#agents = new AgentWorld(outside, parts);
    this.#audit = new Audit(this.git, this.policy);
    this.#engineers = setting?.engineers ?? this.random.between(1, 5);
    const count = setting?.tasks ?? this.random.between(1, 10);
    for (let task = 0; task < count; task += 1)
      if (setting === null) this.board.addTask();
      else this.board.addPlannedTask();
  }

  /** Starts the program: at first, and after every death from the journal alone. */
  begin(): void {
    const effects = recover(this.state);
    const isFixed = this.#setting !== null;
    const team = ['architect', 'manager'].filter(() => isFixed || this.random.chance(0.9));
    // Now and then the person has changed the team while it was not running.
    const isSame = isFixed || this.random.chance(0.8);
    const size = isSame ? this.#engineers : this.random.between(1, 5);
    for (let number = 1; number <= size; number += 1) team.push(`eng-${number}`);
    this.#turn({
      ...{ type: 'run.began', trunk: 'main', head: this.git.head.commit },
      team: team.map(id => ({
        agent: id as AgentId,
        role: id === 'architect' || id === 'manager' ? id : ('engineer' as const),
        cli: 'scripted',
      })),
    });
    for (const effect of effects) this.#perform(effect);
    this.#turn(this.board.read());
  }

  /** Lets the next thing happen. False when nothing is left that could. */
  advance(): boolean {
    if (this.#takeWaiting()) return true;
    const { nextAt, now } = this.timeline;
    const due = nextDeadline(this.state, now);
    if (nextAt === null && due === null) return false;
    if (nextAt === null || (due !== null && due < nextAt)) {
      this.timeline.now = Math.max(now, due as number);
      this.#turn({ type: 'time.passed' });
    } else {
      this.timeline.runNext();
      this.#takeWaiting();
    }
    return true;
  }

  /** When all is done the person thinks of something else, up to a point. */
  addWork(): boolean {
    if (Object.keys(this.state.tasks).length >= tasksMax) return false;
    this.board.addTask();
    this.#turn(this.board.read());
    return true;
  }

  command(command: Command): void {
    this.#turn(command);
  }

  observe(observation: Observation): void {
    this.#turn(observation);
  }

  /** One more fault of the world or act of the person, as the seed has it. */
  meddle(): void {
    const { random, faults } = this;
    if (random.chance(faults.meddling)) this.#turn(chooseCommand(random, this.state));
    if (random.chance(faults.fidgeting)) this.#fidget();
    if (faults.goal > 0 && random.chance(faults.goal)) this.#turn(aGoal);
    if (random.chance(faults.trunkMoved)) this.git.moveTrunk(random.chance(faults.redTrunk));
    if (random.chance(faults.boardEdit)) {
      this.board.edit();
      this.#turn(this.board.read());
    }
    if (random.chance(faults.clockJump)) {
      const gapMs = random.between(1_000, 10_000_000);
      this.timeline.sleep(gapMs);
      this.#turn({ type: 'clock.jumped', gapMs });
    }
    if (random.chance(faults.quit)) this.#turn({ type: 'run.end' });
    if (this.journal.at(-1)?.type === 'run.ended' || random.chance(faults.death)) this.restart();
  }

  /** The person pauses what is in the landing slot, commits something, and resumes it. */
  #fidget(): void {
    const task = this.state.landing?.task;
    if (task === undefined) return;
    this.#turn({ type: 'task.pause', task });
    if (this.random.chance(0.5)) this.git.moveTrunk(false);
    this.timeline.plan(this.random.between(1, 20_000), () =>
      this.#waiting.push({ type: 'task.resume', task }),
    );
  }

  /** Everything is lost but the journal. */
  restart(): void {
    if (this.state.endedCleanly && this.state.landing !== null) {
      // A clean end cancels the gate, and hears its answer.
      const { task, attempt } = this.state.landing;
      this.git.cancelGate(task, attempt);
      while (this.#takeWaiting());
      ok(this.state.endedCleanly, 'something was recorded after the end of the run');
    }
    this.timeline.clear();
    this.#waiting.length = 0;
    this.git.die();
    this.#agents.die();
    this.checkJournal();
    this.#note(() => 'the program ends; everything but the journal is lost');
    this.begin();
  }

  /** The journal alone, read back from text, gives the very state that was lived. */
  checkJournal(): void {
    const fresh = this.journal.slice(this.#checked.count);
    const events = fresh.map(event => JSON.parse(JSON.stringify(event)) as Event);
    const state = events.reduce(apply, this.#checked.state);
    deepStrictEqual(state, this.state);
    this.#checked = { count: this.journal.length, state };
  }

  #takeWaiting(): boolean {
    const input = this.#waiting.shift();
    if (input === undefined) return false;
    this.#turn(input);
    return true;
  }

  #turn(input: Command | Observation): void {
    const { now } = this.timeline;
    this.turns += 1;
    this.#turnsAtInstant = this.#instant === now ? this.#turnsAtInstant + 1 : 0;
    this.#instant = now;
    ok(this.#turnsAtInstant < turnsPerInstantMax, 'the core turns without time passing');
    this.#note(() => `${now % 1e9} ${describe(input)}`);
    const turn = step(this.state, { ...input, at: now }, this.policy);
    let state = this.state;
    for (const event of turn.events) {
      this.#note(() => `    ${printEvent(event)}`);
      const next = apply(state, event);
      this.#audit.take(state, event, next, input);
      this.#receipts.take(state, event, next);
      state = next;
    }
    this.state = turn.state;
    this.journal.push(...turn.events);
    checkInvariants(this.state);
    this.#checkDeadlines();
    for (const effect of turn.effects) this.#perform(effect);
  }

  /** No deadline passes unsettled, and the one alarm is set for the first of those to come. */
  #checkDeadlines(): void {
    if (this.state.endedCleanly) return;
    const { now } = this.timeline;
    const due = dueTimes(this.state, now);
    for (const [name, at] of due) ok(at > now, `${name} was due ${now - at} ms ago`);
    const first = due.length === 0 ? null : Math.min(...due.map(([, at]) => at));
    ok(nextDeadline(this.state, now) === first, `the alarm is not set for ${first}`);
  }

  #perform(effect: Effect): void {
    switch (effect.type) {
      case 'buildCandidate':
      case 'runGate':
      case 'landCandidate':
      case 'followCheckout':
        return this.git.perform(effect);
      case 'cancelGate':
        return this.git.cancelGate(effect.task, effect.attempt);
      case 'writeBatch':
        return this.#writeBatch(effect.tasks);
      case 'findChanges':
      case 'writeBoard':
        return;
      default:
        return this.#agents.perform(effect);
    }
  }

  /** After a while, or not at all; asked again it writes nothing twice. */
  #writeBatch(tasks: readonly TaskId[]): void {
    const isFailing = this.random.chance(this.faults.landFault);
    this.timeline.plan(this.random.between(1, 500), () => {
      if (isFailing) return this.#waiting.push({ type: 'batch.failed', why: 'the disk is full' });
      this.board.addBatch(tasks);
      return this.#waiting.push(this.board.read());
    });
  }

  /** The last turns, for whoever reads a failure. */
  get lines(): readonly string[] {
    return this.#notes.slice(-linesKept).map(print => print());
  }

  #note(print: () => string): void {
    this.#notes.push(print);
    if (this.#notes.length > 2 * linesKept) this.#notes.splice(0, linesKept);
  }
}

export const quiet: Faults = noFaults;

const describe = ({ type, ...rest }: Command | Observation) =>
  `${type} ${JSON.stringify(rest)}`.slice(0, 160);
