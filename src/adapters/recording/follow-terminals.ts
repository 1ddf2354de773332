import { join } from 'node:path';
import type { AgentId } from '../../core/ids.ts';
import type { Terminal } from '../../ports/terminals.ts';
import { tailSignals } from '../following/signal-tail.ts';
import { watchText } from '../following/watch-text.ts';
import { isPartName } from './part-files.ts';
import { RecordedTerminal } from './recorded-terminal.ts';

export type FollowedTerminals = {
  /** What the agent's terminal shows, half a second later; null until something of it is recorded. */
  terminalOf(agent: AgentId): Terminal | null;
  /** Calls back when a terminal that was asked for has appeared. */
  onAppeared(listener: () => void): () => void;
  stop(): void;
};

/** The agents' terminals as another process records them in this folder. An agent is followed from the first look at it on. */
export function followTerminals(folder: string): FollowedTerminals {
  const listeners = new Set<() => void>();
  const followed = new Map<AgentId, FollowedTerminal>();
  const appeared = () => {
    for (const listener of listeners) listener();
  };
  return {
    terminalOf(agent) {
      const known = followed.get(agent) ?? new FollowedTerminal(folder, agent, appeared);
      followed.set(agent, known);
      return known.terminal;
    },
    onAppeared(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stop() {
      for (const one of followed.values()) one.stop();
    },
  };
}

/** Goes on with the newest part: the one before it is over. */
class FollowedTerminal {
  terminal: RecordedTerminal | null = null;
  #part = '';
  #stopPart = () => {};
  readonly #stopFolder: () => void;

  constructor(folder: string, agent: AgentId, onAppeared: () => void) {
    const own = join(folder, agent);
    this.#stopFolder = watchText(own, names => {
      const newest = names.split('\n').findLast(isPartName);
      if (newest === undefined || newest === this.#part) return;
      this.#part = newest;
      this.#stopPart();
      this.#stopPart = this.#follow(join(own, newest), agent, onAppeared);
    });
  }

  #follow(path: string, agent: AgentId, onAppeared: () => void): () => void {
    let isFirst = true;
    return tailSignals(path, line => {
      const isNew = this.terminal === null;
      this.terminal ??= new RecordedTerminal(agent);
      if (isFirst) this.terminal.begin(line);
      else this.terminal.goOn(line);
      isFirst = false;
      if (isNew) onAppeared();
    });
  }

  stop(): void {
    this.#stopPart();
    this.#stopFolder();
  }
}
