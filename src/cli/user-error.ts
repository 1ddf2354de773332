import { cleanBlock } from '../lib/clean-text.ts';

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
