import type { Clock } from '../../ports/clock.ts';
import type { Concern } from '../../ports/concern.ts';
import type { Host } from '../../ports/host.ts';
import { DiskWatch, type Ground } from './disk-watch.ts';
import { ProgramWatch, type Resident } from './program-watch.ts';

/** Disks fill and programs are replaced in minutes; a look is a few system calls. */
export const lookEveryMs = 15_000;

export type SurroundingsOptions = {
  readonly host: Host;
  readonly clock: Clock;
  readonly residents: readonly Resident[];
  readonly grounds: readonly Ground[];
  readonly say: (text: string) => void;
};

/** Looks after what the agents' programs rest on, and says what only the person can settle. */
export class Surroundings {
  readonly #clock: Clock;
  readonly #programs: ProgramWatch;
  readonly #disks: DiskWatch;
  readonly #say: (text: string) => void;
  readonly #listeners = new Set<() => void>();
  /** Keys that the person has taken note of. */
  readonly #noted = new Set<string>();
  #concerns: readonly Concern[] = [];
  #cancel: (() => void) | null = null;
  #isStopped = false;

  constructor({ host, clock, residents, grounds, say }: SurroundingsOptions) {
    this.#clock = clock;
    this.#programs = new ProgramWatch(host, residents);
    this.#disks = new DiskWatch(host, grounds);
    this.#say = say;
    this.#arm();
  }

  /** The same list until something changed. */
  get concerns(): readonly Concern[] {
    return this.#concerns;
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** To be called when an agent's terminal was replaced. */
  agentStarted(): void {
    this.#programs.noteStarts();
  }

  /** The person knows: it is not told again unless it becomes another matter. */
  note(key: string): void {
    this.#noted.add(key);
    this.#tell(this.#concerns.filter(concern => concern.key !== key));
  }

  /** Resolves when nothing runs that was started for a look. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#cancel?.();
    await this.#programs.stop();
  }

  #arm(): void {
    if (this.#isStopped) return;
    this.#cancel = this.#clock.wakeAt(this.#clock.now() + lookEveryMs, () => void this.#look());
  }

  async #look(): Promise<void> {
    const disks = await this.#disks.look();
    const programs = await this.#programs.look();
    if (this.#isStopped) return;
    const before = new Map(this.#concerns.map(concern => [concern.key, concern]));
    const now = this.#clock.now();
    this.#tell(
      [...disks, ...programs]
        .filter(({ key }) => !this.#noted.has(key))
        .map(one => ({ ...one, since: before.get(one.key)?.since ?? now })),
    );
    this.#arm();
  }

  #tell(next: readonly Concern[]): void {
    if (JSON.stringify(next) === JSON.stringify(this.#concerns)) return;
    const before = new Set(this.#concerns.map(({ key }) => key));
    for (const concern of next)
      if (!before.has(concern.key)) this.#say(`concern: ${JSON.stringify(concern)}`);
    this.#concerns = next;
    for (const listener of this.#listeners) listener();
  }
}
