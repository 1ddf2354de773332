import type { AgentStatus } from '../../../core/agent.ts';
import type { Sign } from '../../../ports/agent-cli.ts';
import { asking, busy, over, sign } from '../signs.ts';

/**
 * Claude Code sets the title to a glyph and the name of its session. A leading ✳ means that no turn runs or
 * that it waits for an answer; half moons (2.1.330) or braille (2.1.197) mean that it is at work. It follows the
 * screen by up to a second: where a spinner turns, ✳ means nothing.
 */
export function titleSign(title: string, screen: Sign | null): Sign | null {
  const [, glyph = ''] = /^(\S) ?/u.exec(title) ?? [];
  const isSpinning = screen?.allows.every(isBusy) === true;
  if (glyph === '✳' && isSpinning) return null;
  if (glyph === '✳') return sign(null, [...over, ...asking, 'starting'], 'not working');
  return /^[◐◑◒◓\u2800-\u28ff]$/u.test(glyph) ? sign('working', busy, 'working') : null;
}

const isBusy = (status: AgentStatus): boolean => busy.some(one => one === status);
