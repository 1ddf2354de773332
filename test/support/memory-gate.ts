import type { Oid } from '../../src/core/ids.ts';
import type { GateResult } from '../../src/core/input.ts';
import type { Gate, GateCommand, GateRequest, GateRun } from '../../src/ports/gate.ts';
import type { Files, MemoryRepository } from './memory-repository.ts';

type Verdict =
  | { readonly outcome: 'failed'; readonly excerpt: string }
  | { readonly outcome: 'faulted'; readonly reason: string };

/** A bound from here on is not waited for. */
const hangsFromMs = 1_000;

/**
 * A gate on a repository in memory. It knows the few commands of `test/contract/gate.ts`; a `sleep` that is
 * within its bounds takes no time, and one beyond bounds of a second or more lasts until it is cancelled.
 */
export class MemoryGate implements Gate {
  current: GateRun | null = null;
  readonly #repository: MemoryRepository;
  readonly #listeners = new Set<() => void>();
  #cancel: (() => void) | null = null;

  constructor(repository: MemoryRepository) {
    this.#repository = repository;
  }

  async run({ id, commit, commands }: GateRequest): Promise<GateResult> {
    await null;
    const begun = { startedAt: 0, endedAt: null, tail: [], counts: null };
    this.#show({ id, command: '', logFile: '', ...begun });
    const verdict = await this.#verdictOn(commit, commands);
    this.#cancel = null;
    this.#show({ endedAt: 0 });
    return { durationMs: 0, ...(verdict ?? { outcome: 'passed' }) };
  }

  async cancel(id: string): Promise<void> {
    await null;
    if (this.current?.id === id) this.#cancel?.();
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async #verdictOn(commit: Oid, commands: readonly GateCommand[]): Promise<Verdict | null> {
    let files: Files;
    try {
      files = this.#repository.commit(commit).files;
    } catch (error) {
      return { outcome: 'faulted', reason: String(error) };
    }
    for (const one of commands) {
      this.#show({ command: one.command });
      const verdict = await this.#runOne(one, files);
      if (verdict !== null) return verdict;
    }
    return null;
  }

  async #runOne(given: GateCommand, files: Files): Promise<Verdict | null> {
    const said: string[] = [];
    const failed = (how: string): Verdict => ({
      ...{ outcome: 'failed', excerpt: `${given.name}: ${how}\n${said.join('\n')}` },
    });
    for (const line of given.command.split(' && ')) {
      const [word = '', ...rest] = line.split(' ');
      const ms = Number(rest[0]) * 1_000;
      if (word === 'echo') {
        said.push(rest.join(' '));
        this.#show({ tail: [...(this.current?.tail ?? []), rest.join(' ')] });
      } else if (word === 'sleep' && ms > Math.min(given.timeoutMs, given.silenceMs)) {
        if (given.silenceMs < hangsFromMs) return failed('it printed nothing');
        if (given.timeoutMs < hangsFromMs) return failed('its time was over');
        return this.#hang();
      } else if (word === 'false') return failed('exited with code 1');
      else if (word === 'test' && !files.has(rest[1] ?? '')) return failed('exited with code 1');
    }
    return null;
  }

  #hang(): Promise<Verdict> {
    return new Promise(resolve => {
      this.#cancel = () => resolve({ outcome: 'faulted', reason: 'was cancelled' });
    });
  }

  #show(change: Partial<GateRun>): void {
    this.current = { ...(this.current as GateRun), ...change };
    for (const listener of this.#listeners) listener();
  }
}
