import type { Sign } from '../../../ports/agent-cli.ts';
import { asking, busy, over, sign } from '../signs.ts';

/**
 * Codex's title as Belfry asks for it: `Working | project | Context 12% used | 01a20a…`. It stays at Working
 * while an approval is waited for, and is Ready after an error. A person's own setting may give a spinner
 * before the project instead, which tells only of work.
 */
export function titleSign(title: string): Sign | null {
  const [, state = ''] = /^(\w+)( \||$)/.exec(title) ?? [];
  switch (state) {
    case 'Ready':
      return sign(null, [...over, 'starting', 'question'], 'Ready');
    case 'Working':
    case 'Thinking':
      return sign('working', [...busy, ...asking], state);
    case 'Starting':
      return sign(null, ['starting', 'idle', ...busy, ...asking], state);
    default:
      return /^[\u2800-\u28ff] /.test(title)
        ? sign('working', [...busy, ...asking], 'working')
        : null;
  }
}
