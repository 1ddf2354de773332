import { inFlight } from '../core/board.ts';
import type { TaskId } from '../core/ids.ts';
import type { Observation } from '../core/input.ts';
import type { BranchPair } from '../core/radar.ts';
import type { Candidate } from '../core/record/candidate.ts';
import type { State } from '../core/state.ts';
import type { Lanes } from './lanes.ts';
import type { World } from './world.ts';

type Given = {
  readonly world: Pick<World, 'radar' | 'log'>;
  readonly lanes: Lanes;
  state(): State;
  observe(observation: Observation): void;
};

/** Looks again after every commit and landing, in a lane of its own: no decision and no frame waits for it. */
export class Radar {
  pairs: readonly BranchPair[] = [];
  readonly #given: Given;
  readonly #listeners = new Set<() => void>();
  #isAsked = false;

  constructor(given: Given) {
    this.#given = given;
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Many commits at once are one look. */
  refresh(): void {
    if (this.#isAsked) return;
    this.#isAsked = true;
    this.#run(async () => {
      this.#isAsked = false;
      const tasks = inFlight(this.#given.state()).map(({ id }) => id);
      this.pairs = await this.#given.world.radar.look(tasks);
      for (const listener of this.#listeners) listener();
    });
  }

  /** Tells the engineers whose branches use what a landing changed. */
  landed(by: TaskId, { base, commit }: Pick<Candidate, 'base' | 'commit'>): void {
    this.refresh();
    this.#run(async () => {
      for (const { id: task } of inFlight(this.#given.state())) {
        if (task === by) continue;
        const changes = await this.#given.world.radar.changesFor(task, { base, commit });
        if (changes.length > 0)
          this.#given.observe({ type: 'signatures.changed', task, by, changes });
      }
    });
  }

  /** What the radar cannot see is no fault of the run: the gate decides without it. */
  #run(look: () => Promise<void>): void {
    this.#given.lanes.run('radar', () =>
      look().catch((error: unknown) => this.#given.world.log.write(`radar: ${String(error)}`)),
    );
  }
}
