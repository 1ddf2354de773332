import type { Command } from '../../core/input.ts';
import type { State } from '../../core/state.ts';

/** Seam until the core tells why a command would be refused. */
export const refusal = (_state: State, _command: Command): string | null => null;
