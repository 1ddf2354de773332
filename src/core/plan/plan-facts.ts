/** What the repository itself says, as far as the lint asks. Collected elsewhere, judged here. */
export type PlanFacts = {
  /** Every file of the trunk, sorted by path. Empty when nobody could look. */
  readonly files: readonly TrunkFile[];
  /** For a path: files that history changed in the same commits, the strongest first. */
  readonly companions: ReadonlyMap<string, readonly Companion[]>;
  /** For a path: the part of the commits looked at that changed it, 0 to 1. */
  readonly changeShares: ReadonlyMap<string, number>;
  /** For a path that some task declares: what it exports and what it takes from other files. */
  readonly symbols: ReadonlyMap<string, FileSymbols>;
};

/** `tokens` is an estimate from the size; binary files count as none. */
export type TrunkFile = { readonly path: string; readonly tokens: number };

export type Companion = {
  readonly path: string;
  /** Commits that changed both. */
  readonly together: number;
  /** Of the commits that changed the first, the part that changed this one too. */
  readonly share: number;
};

export type FileSymbols = {
  readonly exported: readonly string[];
  readonly imported: readonly string[];
};

export const noFacts: PlanFacts = {
  files: [],
  companions: new Map(),
  changeShares: new Map(),
  symbols: new Map(),
};
