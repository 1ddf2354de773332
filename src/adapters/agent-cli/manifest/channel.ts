import type { Abilities, LaunchRequest, SignalSource } from '../../../ports/agent-cli.ts';

/** What a program tells beside its screen when it is asked to in a way that no manifest could write down. */
export type Channel = {
  /** Names of its sources, the strongest first: stronger than title and screen. */
  readonly signals: Abilities['signals'];
  readonly usage: Abilities['usage'];
  /** Whether it carries the role's instructions. */
  readonly takesInstructions: boolean;
  /** See `Abilities`; left out: it does not. */
  readonly forgetsCutTurn?: boolean;
  /** Writes what the program needs into the agent's home, and nowhere else. */
  open(request: LaunchRequest): OpenedChannel;
};

export type OpenedChannel = {
  /** The id by which the program knows the session; null: it has none that could be resumed. */
  readonly ownSession: string | null;
  readonly env: Readonly<Record<string, string>>;
  /** Further arguments of the program. */
  readonly args?: readonly string[];
  readonly sources: readonly SignalSource[];
};
