import type { Signal } from '../../../ports/agent-cli.ts';
import { parseObject, textOf } from '../json-object.ts';
import { asking, busy, over, sign, signal, surely } from '../signs.ts';

/**
 * Claude Code keeps `sessions/<pid>.json` in its configuration folder while it runs: `status` is idle, busy or
 * waiting, `waitingFor` says for what. Undocumented; seen in 2.1.197 and 2.1.330.
 */
export function parseSessionFile(text: string, pid: number): readonly Signal[] {
  const file = parseObject(text);
  if (file === null || file['pid'] !== pid) return [];
  switch (file['status']) {
    case 'idle':
      return [signal(sign('idle', over, 'idle'))];
    case 'busy':
      return [signal(sign('working', busy, 'busy'))];
    case 'waiting': {
      const what = textOf(file['waitingFor']) ?? '';
      const says = `waiting: ${what}`;
      if (what === 'permission prompt') return [signal(surely('permission', says))];
      if (what === 'input needed') return [signal(sign('question', asking, says))];
      // It opens one by itself when a turn has met a limit.
      return [signal(sign(null, [...asking, 'limited', 'failed'], says))];
    }
    default:
      return [];
  }
}
