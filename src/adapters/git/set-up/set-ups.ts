import { existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { GitError } from '../../../ports/worktrees.ts';

/** Makes a fresh worktree usable. Ends early when the signal is aborted. */
export type SetUp = (worktree: string, signal: AbortSignal) => Promise<void>;

/** What is being made usable, so that it can be ended. What was cut short, by a kill as well, is known by a mark. */
export class SetUps {
  readonly #setUp: SetUp;
  readonly #ending = new AbortController();
  readonly #running = new Set<Promise<void>>();

  constructor(setUp: SetUp) {
    this.#setUp = setUp;
  }

  /** `admin`: git's side of the worktree, which an agent does not look into. */
  isUnready = (admin: string): boolean => existsSync(markIn(admin));

  /** Before anything is put into the worktree. Rejects with `GitError` once all was ended. */
  async begin(admin: string): Promise<void> {
    await writeFile(markIn(admin), '');
    this.#check();
  }

  /** Rejects as the set-up does, which leaves no mark, and with `GitError` when it was ended, which does. */
  async run(worktree: string, admin: string): Promise<void> {
    this.#check();
    const running = this.#setUp(worktree, this.#ending.signal);
    this.#running.add(running);
    try {
      await running;
    } finally {
      this.#running.delete(running);
      if (!this.#ending.signal.aborted) await rm(markIn(admin), { force: true });
    }
    this.#check();
  }

  /** Resolves when nothing of any set-up runs. None begins afterwards. */
  async end(): Promise<void> {
    this.#ending.abort();
    await Promise.allSettled(this.#running);
  }

  #check(): void {
    if (this.#ending.signal.aborted)
      throw new GitError('Belfry is ending; the worktree is set up at the next start');
  }
}

const markIn = (admin: string) => join(admin, 'belfry-unready');
