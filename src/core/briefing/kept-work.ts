/** What git knows about the branch of the task. */
export type WorkFacts = {
  readonly commits: number;
  readonly files: readonly string[];
  readonly linesAdded: number;
  readonly linesRemoved: number;
};

/** The work that a task left behind when it was split. */
export type KeptWork = WorkFacts & { readonly ref: string };
