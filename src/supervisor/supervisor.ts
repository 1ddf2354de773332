import { foldFacts } from '../core/apply/fold.ts';
import { nextDeadline } from '../core/deadline.ts';
import { refusal } from '../core/decide/refusals.ts';
import type { Effect } from '../core/effect.ts';
import type { Event } from '../core/event.ts';
import type { Command, Input, Observation } from '../core/input.ts';
import { checkInvariants } from '../core/invariants.ts';
import { tooLargeDelayMs } from '../core/limits.ts';
import { type Claim, type ClaimVerdict, judgeClaim } from '../core/mail/judge-claim.ts';
import type { Policy } from '../core/policy.ts';
import { recover } from '../core/recover.ts';
import type { State } from '../core/state.ts';
import { step } from '../core/step.ts';
import { RecordTooLargeError } from '../ports/records/journal.ts';
import { Alarm } from './alarm.ts';
import { Store } from './store.ts';
import { insteadOf } from './too-large.ts';
import type { World } from './world.ts';

type Waiting = {
  readonly input: Command | Observation;
  /** Told why a command was refused, or null once its facts are durable and visible. */
  readonly answer: (refused: string | null) => void;
  /** Asked in the turn itself, so that nothing can come between the judgement and the facts. */
  readonly judge: (state: State) => string | null;
};

const unjudged = () => null;
const haste = ({ input }: Waiting) => (input.type === 'clock.jumped' ? 0 : 1);
const runIsOver = 'the run is over';
/** Hours and minutes in the time zone of this machine, where the agents are, too. */
const localTime = (at: number) => new Date(at).toTimeString().slice(0, 5);

/**
 * The turn, always in this order: decide, make durable, make visible, act. It never awaits an effect,
 * so nothing that an agent, a gate or git does can hold up the next decision.
 */
export class Supervisor {
  readonly store = new Store();
  readonly #world: Pick<World, 'clock' | 'journal'>;
  readonly #policy: Policy;
  readonly #perform: (effect: Effect, state: State) => void;
  readonly #fail: (error: unknown) => void;
  readonly #onFacts: (before: State, events: readonly Event[]) => void;
  readonly #alarm: Alarm;
  #waiting: Waiting[] = [];
  /** Inputs of the turn under way. */
  #taken: Waiting[] = [];
  /** The alarm does not ring before this instant. */
  #alarmFrom = 0;
  #isTurning = false;
  #isOver = false;

  constructor(
    world: Pick<World, 'clock' | 'journal'>,
    policy: Policy,
    options: {
      /** Starts one effect; must neither throw nor wait. */
      readonly perform: (effect: Effect, state: State) => void;
      /** The run cannot go on: the journal cannot be written, or the program found itself wrong. */
      readonly fail: (error: unknown) => void;
      /** Told of facts once they are durable and visible; must neither throw nor wait. */
      readonly onFacts?: (before: State, events: readonly Event[]) => void;
    },
  ) {
    this.#world = world;
    this.#policy = policy;
    this.#perform = options.perform;
    this.#fail = options.fail;
    this.#onFacts = options.onFacts ?? (() => {});
    this.#alarm = new Alarm(world.clock, () => void this.observe({ type: 'time.passed' }));
  }

  /** Asks again for everything that was under way. `folded`: what the journal's facts make true. Call once. */
  resume(
    began: Extract<Observation, { type: 'run.began' }>,
    folded: State = foldFacts(this.#world.journal.recovered),
  ): Promise<void> {
    checkInvariants(folded);
    this.store.publish(folded, this.#world.journal.recovered);
    this.#world.journal.forgetRecovered();
    const effects = recover(folded);
    return new Promise(resolve => {
      this.#waiting.push({
        input: began,
        judge: unjudged,
        answer: () => {
          for (const effect of effects) this.#perform(effect, this.store.state);
          resolve();
        },
      });
      void this.#turn();
    });
  }

  /** Resolves with true once what was seen is durable; with false when the run is over and it was not taken. */
  observe(observation: Observation): Promise<boolean> {
    if (this.#isOver) return Promise.resolve(false);
    return new Promise(resolve => {
      const answer = (refused: string | null) => resolve(refused === null);
      this.#waiting.push({ input: observation, judge: unjudged, answer });
      void this.#turn();
    });
  }

  /** Resolves once what an agent claims is durable, or is known to change nothing. Rejects when the run is over and it was not taken. */
  claim(claim: Claim): Promise<ClaimVerdict> {
    if (this.#isOver) return Promise.reject(new Error(runIsOver));
    return new Promise((resolve, reject) => {
      let verdict: ClaimVerdict;
      const judge = (state: State) => {
        verdict = judgeClaim(state, claim, localTime);
        return verdict.counts ? null : verdict.text;
      };
      const answer = (refused: string | null) => {
        if (refused === runIsOver) reject(new Error(runIsOver));
        else if (refused === null || !verdict.counts) resolve(verdict);
        else resolve({ counts: false, isAccepted: false, text: refused });
      };
      this.#waiting.push({ input: claim, judge, answer });
      void this.#turn();
    });
  }

  /** Resolves with null when the command was obeyed, or with the reason why it was not. */
  command(command: Command): Promise<string | null> {
    if (this.#isOver) return Promise.resolve(runIsOver);
    return new Promise(resolve => {
      const judge = (state: State) => refusal(state, command);
      this.#waiting.push({ input: command, judge, answer: resolve });
      void this.#turn();
    });
  }

  /** The last fact of an orderly run. After it nothing is decided and nothing wakes. */
  async end(): Promise<void> {
    if (this.#isOver) return;
    this.#isOver = true;
    await new Promise<void>(resolve => {
      const answer = () => resolve();
      this.#waiting.push({ input: { type: 'run.end' }, judge: unjudged, answer });
      void this.#turn();
    });
    this.#alarm.arm(null);
  }

  async #turn(): Promise<void> {
    if (this.#isTurning) return;
    this.#isTurning = true;
    try {
      while (this.#waiting.length > 0) await this.#takeTurn();
    } catch (error) {
      this.#isOver = true;
      this.#alarm.arm(null);
      for (const { answer } of [...this.#taken, ...this.#waiting]) answer(runIsOver);
      this.#waiting = [];
      this.#fail(error);
    } finally {
      this.#isTurning = false;
    }
  }

  /** All inputs that wait share one turn, so that they share one sync of the journal. */
  async #takeTurn(): Promise<void> {
    // A clock that jumped says so when it is read, and is heard before anything is judged by its new time.
    this.#world.clock.now();
    const taken = this.#waiting.toSorted((one, other) => haste(one) - haste(other));
    this.#taken = taken;
    this.#waiting = [];
    try {
      await this.#decide(taken);
    } catch (error) {
      if (!(error instanceof RecordTooLargeError)) throw error;
      // Nothing of it was recorded. Each alone, so that only what is too large is left out.
      if (taken.length === 1 && taken[0] !== undefined) this.#leaveOut(taken[0], error);
      else for (const one of taken) await this.#decideAlone(one);
    }
    this.#taken = [];
  }

  #armAlarm(): void {
    const next = nextDeadline(this.store.state, this.#world.clock.now());
    this.#alarm.arm(next === null ? null : Math.max(next, this.#alarmFrom));
  }

  async #decideAlone(one: Waiting): Promise<void> {
    try {
      await this.#decide([one]);
    } catch (error) {
      if (!(error instanceof RecordTooLargeError)) throw error;
      this.#leaveOut(one, error);
    }
  }

  /** A fact that fits nowhere must not end the run: what would have been decided is not. */
  #leaveOut({ input, answer }: Waiting, error: RecordTooLargeError): void {
    const notice = `${input.type} is left out: ${error.message}`;
    if (!this.store.notices.includes(notice)) this.store.addNotice(notice);
    // The same deadline would be overdue again at once.
    this.#alarmFrom = this.#world.clock.now() + tooLargeDelayMs;
    const instead = insteadOf(input, error.message);
    if (instead !== null) void this.observe(instead);
    answer(error.message);
    this.#armAlarm();
  }

  async #decide(taken: readonly Waiting[]): Promise<void> {
    const events: Event[] = [];
    const effects: Effect[] = [];
    const answers: (() => void)[] = [];
    let state = this.store.state;
    for (const { input, judge, answer } of taken) {
      const refused = judge(state);
      answers.push(() => answer(refused));
      if (refused !== null) continue;
      const stamped: Input = { ...input, at: this.#world.clock.now() };
      const turn = step(state, stamped, this.#policy);
      checkInvariants(turn.state);
      state = turn.state;
      events.push(...turn.events);
      effects.push(...turn.effects);
    }
    if (events.length > 0) {
      const before = this.store.state;
      await this.#world.journal.append(events);
      this.store.publish(state, events);
      this.#onFacts(before, events);
    }
    for (const effect of effects) this.#perform(effect, state);
    for (const tell of answers) tell();
    this.#armAlarm();
  }

  /** True when no input waits and no turn is under way. */
  get isIdle(): boolean {
    return !this.#isTurning && this.#waiting.length === 0;
  }
}
