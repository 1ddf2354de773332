export type ProgramEnd =
  | { readonly kind: 'ended'; readonly code: number | null }
  | { readonly kind: 'failed'; readonly why: string };

/**
 * Runs a program of the person's, their editor or shell, that has the terminal to itself until it ends: keys
 * that interrupt are its own. Never rejects.
 */
export type RunProgram = (
  file: string,
  args: readonly string[],
  folder?: string,
) => Promise<ProgramEnd>;
