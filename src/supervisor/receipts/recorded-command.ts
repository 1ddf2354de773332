import { createHash } from 'node:crypto';
import { recordedCommandCharsMax } from '../../core/limits.ts';
import type { GateCommand } from '../../ports/gate.ts';

/** The commands of a gate run in one line; of a long one the beginning and the hash of the whole, so that it names no other. */
export function recordedCommand(commands: readonly GateCommand[]): string {
  const whole = commands.map(({ command }) => command).join(' ; ');
  if (whole.length <= recordedCommandCharsMax) return whole;
  const hash = ` … sha256:${createHash('sha256').update(whole).digest('hex')}`;
  return `${whole.slice(0, recordedCommandCharsMax - hash.length)}${hash}`;
}
