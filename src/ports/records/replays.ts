import type { AgentId } from '../../core/ids.ts';
import type { Terminal } from '../terminals.ts';

/** A moment worth finding again. `at` in seconds from the beginning, waits shortened. */
export type ReplayMark = { readonly at: number; readonly label: string };

/** What an agent's terminal showed, from the oldest that is kept to the moment in which it was opened. */
export interface Replay {
  /** The cells at the place that was last asked for. */
  readonly view: Pick<Terminal, 'screen' | 'onChange'>;
  /** Its length. Waits of more than two seconds count as two. */
  readonly seconds: number;
  /** In order of time. */
  readonly marks: readonly ReplayMark[];
  /** When that was, in milliseconds since the Unix epoch. */
  timeAt(at: number): number;
  /** Resolves when the cells are those of that moment, or a later call has taken over. Never rejects. */
  seek(at: number): Promise<void>;
  close(): void;
}

export interface Replays {
  /** False when the person wants nothing recorded: what is there already is all that there will be. */
  readonly isRecording: boolean;
  /** Null when nothing is recorded of the agent. */
  replayOf(agent: AgentId): Promise<Replay | null>;
}
