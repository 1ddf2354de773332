import { apply } from '../core/apply/apply.ts';
import { nextDeadline } from '../core/deadline.ts';
import { refusal } from '../core/decide/refusals.ts';
import type { Effect } from '../core/effect.ts';
import type { Event } from '../core/event.ts';
import type { Command, Input, Observation } from '../core/input.ts';
import { checkInvariants } from '../core/invariants.ts';
import { recover } from '../core/recover.ts';
import { emptyState, type State } from '../core/state.ts';
import { step } from '../core/step.ts';
import { Alarm } from './alarm.ts';
import { Store } from './store.ts';
import type { Team, World } from './world.ts';

type Waiting = {
  readonly input: Command | Observation;
  /** Told why a command was refused, or null once its facts are durable and visible. */
  readonly answer: (refused: string | null) => void;
  readonly isCommand: boolean;
};

/**
 * The turn, always in this order: decide, make durable, make visible, act. It never awaits an effect,
 * so nothing that an agent, a gate or git does can hold up the next decision.
 */
export class Supervisor {
  readonly store = new Store();
  readonly #world: World;
  readonly #team: Team;
  readonly #perform: (effect: Effect, state: State) => void;
  readonly #fail: (error: unknown) => void;
  readonly #alarm: Alarm;
  #waiting: Waiting[] = [];
  #isTurning = false;
  #isDead = false;
  /** The journal's last word is spoken: what agents still report is seen afresh at the next start. */
  #isEnded = false;

  constructor(
    world: World,
    team: Team,
    options: {
      /** Starts one effect; must neither throw nor wait. */
      readonly perform: (effect: Effect, state: State) => void;
      /** The run cannot go on: the journal cannot be written, or the program found itself wrong. */
      readonly fail: (error: unknown) => void;
    },
  ) {
    this.#world = world;
    this.#team = team;
    this.#perform = options.perform;
    this.#fail = options.fail;
    this.#alarm = new Alarm(world.clock, () => this.observe({ type: 'time.passed' }));
  }

  /** Folds the journal, then asks again for everything that was under way. Call once. */
  resume(began: Extract<Observation, { type: 'run.began' }>): Promise<void> {
    const state = this.#world.journal.recovered.reduce(apply, emptyState);
    checkInvariants(state);
    this.store.publish(state, this.#world.journal.recovered.slice(-200));
    const effects = recover(state);
    return new Promise(resolve => {
      this.#waiting.push({
        input: began,
        isCommand: false,
        answer: () => {
          for (const effect of effects) this.#perform(effect, this.store.state);
          resolve();
        },
      });
      void this.#turn();
    });
  }

  observe(observation: Observation): void {
    if (this.#isEnded) return;
    this.#waiting.push({ input: observation, isCommand: false, answer: () => {} });
    void this.#turn();
  }

  /** Resolves with null when the command was obeyed, or with the reason why it was not. */
  command(command: Command): Promise<string | null> {
    if (this.#isDead) return Promise.resolve('the run has stopped: the journal cannot be written');
    if (this.#isEnded) return Promise.resolve('the run has ended');
    return new Promise(resolve => {
      this.#waiting.push({ input: command, isCommand: true, answer: resolve });
      void this.#turn();
    });
  }

  async #turn(): Promise<void> {
    if (this.#isTurning || this.#isDead) return;
    this.#isTurning = true;
    try {
      while (this.#waiting.length > 0) await this.#takeTurn();
    } catch (error) {
      this.#isDead = true;
      this.#alarm.arm(null);
      for (const { answer } of this.#waiting) answer('the run has stopped');
      this.#waiting = [];
      this.#fail(error);
    } finally {
      this.#isTurning = false;
    }
  }

  /** All inputs that wait share one turn, so that they share one sync of the journal. */
  async #takeTurn(): Promise<void> {
    const taken = this.#waiting;
    this.#waiting = [];
    const events: Event[] = [];
    const effects: Effect[] = [];
    const answers: (() => void)[] = [];
    let state = this.store.state;
    for (const { input, isCommand, answer } of taken) {
      if (this.#isEnded) {
        answers.push(() => answer('the run has ended'));
        continue;
      }
      const refused = isCommand ? refusal(state, input as Command) : null;
      answers.push(() => answer(refused));
      if (refused !== null) continue;
      const stamped: Input = { ...input, at: this.#world.clock.now() };
      const turn = step(state, stamped, this.#team.policy);
      checkInvariants(turn.state);
      state = turn.state;
      events.push(...turn.events);
      effects.push(...turn.effects);
      this.#isEnded = input.type === 'run.end';
    }
    if (events.length > 0) {
      await this.#world.journal.append(events);
      this.store.publish(state, events);
    }
    for (const effect of effects) this.#perform(effect, state);
    for (const tell of answers) tell();
    this.#alarm.arm(this.#isEnded ? null : nextDeadline(state, this.#world.clock.now()));
  }

  /** True when no input waits and no turn is under way. */
  get isIdle(): boolean {
    return !this.#isTurning && this.#waiting.length === 0;
  }
}
