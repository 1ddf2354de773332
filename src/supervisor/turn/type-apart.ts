import type { Clock } from '../../ports/clock.ts';
import type { Terminal } from '../../ports/terminals.ts';

const esc = '\x1b';
/** Programs take an escape for the beginning of another key when more follows at once. */
const apartMs = 100;

/** Types keys each of which begins with an escape one after the other, so that two of them are two. */
export function typeApart(
  terminal: Pick<Terminal, 'write' | 'exit'>,
  clock: Clock,
  keys: string,
): void {
  const [before = '', ...sequences] = keys.split(esc);
  const parts = [before, ...sequences.map(rest => `${esc}${rest}`)].filter(key => key !== '');
  const type = (at: number): void => {
    const key = parts[at];
    if (key === undefined || terminal.exit !== null) return;
    terminal.write(key);
    if (at + 1 < parts.length) clock.wakeAt(clock.now() + apartMs, () => type(at + 1));
  };
  type(0);
}
