import type { Instant } from '../../core/ids.ts';
import type { Concern } from '../../ports/concern.ts';
import type { LeftOut } from '../../ports/worktrees.ts';
import type { World } from '../world.ts';

/** Remembers what of the agents' work is too large to be saved, for as long as it is, or until the person knows. */
export class UnsavedWork {
  readonly #now: () => Instant;
  readonly #log: (text: string) => void;
  readonly #listeners = new Set<() => void>();
  /** What the person has taken note of, as it was. */
  readonly #noted = new Map<string, string>();
  #concerns: readonly Concern[] = [];

  constructor(given: { readonly now: () => Instant; readonly log: (text: string) => void }) {
    this.#now = given.now;
    this.#log = given.log;
  }

  /** The same list until something changed. */
  get concerns(): readonly Concern[] {
    return this.#concerns;
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  take({ agent, folder, files }: LeftOut): void {
    const key = `unsaved ${folder}`;
    const before = this.#concerns.find(one => one.key === key);
    const others = this.#concerns.filter(one => one !== before);
    const what = files.map(({ path }) => path).join('\0');
    if (files.length === 0 || this.#noted.get(key) === what) {
      if (before !== undefined) this.#tell(others);
      return;
    }
    const since = before?.since ?? this.#now();
    const concern = { kind: 'unsaved', key, since, agents: [agent], folder, files } as const;
    if (JSON.stringify(concern) === JSON.stringify(before)) return;
    this.#log(`${agent}: too large to be saved: ${JSON.stringify({ folder, files })}`);
    this.#tell([...others, concern]);
  }

  /** The person knows: it is not told again unless other files are too large. */
  note(key: string): void {
    const known = this.#concerns.find(one => one.key === key);
    if (known?.kind !== 'unsaved') return;
    this.#noted.set(key, known.files.map(({ path }) => path).join('\0'));
    this.#tell(this.#concerns.filter(one => one !== known));
  }

  #tell(concerns: readonly Concern[]): void {
    this.#concerns = concerns;
    for (const listener of this.#listeners) listener();
  }
}

/** Listens for as long as the worktrees are used: work is saved at the very end of a run, too. */
export function openUnsavedWork({ worktrees, clock, log }: World): UnsavedWork {
  const unsaved = new UnsavedWork({ now: () => clock.now(), log: text => log.write(text) });
  worktrees.onLeftOut(left => unsaved.take(left));
  return unsaved;
}
