import type { Clock } from '../../ports/clock.ts';
import type { Terminal } from '../../ports/terminals.ts';

const esc = '\x1b';
/**
 * Programs take an escape for the beginning of another key when more follows at once. One that is busy reads late
 * and then both together, so that each further try waits longer; opencode forgets the first after 5 s.
 */
const apartMs = [100, 500, 1_500, 3_000] as const;

/**
 * Types keys each of which begins with an escape one after the other, so that two of them are two. `tries`: how
 * often it was in vain already. What follows is typed only while it is wanted: a question that came meanwhile would
 * take it for its answer.
 */
export function typeApart(
  terminal: Pick<Terminal, 'write' | 'exit'>,
  clock: Clock,
  keys: string,
  tries: number,
  isWanted: () => boolean,
): void {
  const ms = apartMs[Math.min(tries, apartMs.length - 1)] ?? 0;
  const [before = '', ...sequences] = keys.split(esc);
  const parts = [before, ...sequences.map(rest => `${esc}${rest}`)].filter(key => key !== '');
  const type = (at: number): void => {
    const key = parts[at];
    if (key === undefined || terminal.exit !== null) return;
    terminal.write(key);
    if (at + 1 < parts.length) clock.wakeAt(clock.now() + ms, () => isWanted() && type(at + 1));
  };
  type(0);
}
