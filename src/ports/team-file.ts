/** How a team file differs from the one that the running team was started from. */
export type TeamFileChange = {
  /** Absolute path of the file. */
  readonly path: string;
  /** When it was first seen, milliseconds since the Unix epoch. */
  readonly at: number;
  /** The lines that differ, with `- ` or `+ ` before each, in the order of the file. From outside: not clean. */
  readonly diff: readonly string[];
  /** Why the file cannot count as it is: each mistake with its place. Null when it can. */
  readonly problem: string | null;
};

/** team.yaml while its team runs. Nothing of a change counts before the person says so. */
export interface TeamFile {
  /** Null while the file says what it said at the start. */
  change(): TeamFileChange | null;
  subscribe(listener: () => void): () => void;
  /** Saves everything, ends the agents, and starts the team that the file says, with the sessions that there are. */
  apply(): void;
}
