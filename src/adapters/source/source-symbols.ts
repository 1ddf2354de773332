export type ExportedSymbol = {
  readonly name: string;
  /** What a user of it sees: parameters and types, without bodies, white space evened out. */
  readonly signature: string;
};

export type SourceSymbols = {
  readonly exported: readonly ExportedSymbol[];
  readonly imported: readonly string[];
};
