import { cleanBlock } from '../lib/clean-text.ts';

/** `sysexits.h` has 64; everybody else, the shell included, has 2 for a command that was written wrongly. */
export const exitUsage = 2;

/**
 * Something the person can mend: the message says what, where and how. Printed without a stack, and cleaned here
 * because it quotes: a folder's name, a key of a team file that came with somebody's repository.
 */
export class UserError extends Error {
  override readonly name = 'UserError';
  readonly exitCode: number;

  constructor(message: string, exitCode = 1) {
    super(cleanBlock(message));
    this.exitCode = exitCode;
  }
}
