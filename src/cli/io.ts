export type Io = {
  stdout(text: string): void;
  stderr(text: string): void;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
};

/** Resolves with the exit code. Throws `UserError` for what the person can mend. */
export type CommandRun = (args: readonly string[], io: Io) => Promise<number>;
