import type { Sign } from '../../../ports/agent-cli.ts';
import { shortened } from '../screen-lines.ts';
import { asking, busy, over, sign } from '../signs.ts';
import { textId } from '../weigh-signs.ts';

/**
 * Codex notifies the terminal of an approval that it waits for, and of the last words of a turn. The model may
 * begin its last words in the same way, and nothing is notified of the answer: so this rules nothing out, and
 * decides only where nothing else tells.
 */
export function notificationSign(text: string): Sign | null {
  const [, command] = /^Approval requested: (.+)$/s.exec(text) ?? [];
  if (command === undefined) return null;
  const asked = shortened(command);
  const question = { id: textId(asked), kind: 'permission', text: asked } as const;
  const allowed = ['starting', ...asking, ...busy, ...over] as const;
  return sign('permission', allowed, `approval requested: ${asked}`, { question });
}
