import type { Need } from '../present/facts/need.ts';
import { canBeNoted } from '../present/needs.ts';

/** Who was called for what so far. Null before the person has seen the team for the first time. */
export type Called = ReadonlySet<string> | null;

const canWait: ReadonlySet<Need['kind']> = new Set(['behind', 'teamFile', ...canBeNoted]);

/**
 * What to call the person for: needs that came up since the last look, as one sentence; null when none did.
 * Nothing is called twice. What is there when the page opens is on the screen before anybody looks away.
 */
export function callFor(
  called: Called,
  needs: readonly Need[],
): { readonly called: Called; readonly text: string | null } {
  const all = needs.filter(need => !canWait.has(need.kind)).map(need => ({ need, id: idOf(need) }));
  const present = new Set(all.map(({ id }) => id));
  if (called === null) return { called: present, text: null };
  const news = all.filter(({ id }) => !called.has(id)).map(({ need }) => need);
  const next = new Set([...called, ...present]);
  // A trunk that is red once more is another matter than the first time.
  if (!present.has('trunk')) next.delete('trunk');
  return { called: next, text: news.length === 0 ? null : sentence(news) };
}

/** The same subject can need the person again: its beginning tells the two apart. */
const idOf = ({ kind, key, since }: Need): string => (kind === 'trunk' ? key : `${key} ${since}`);

function sentence([first, ...others]: readonly Need[]): string {
  if (first === undefined) return '';
  const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
  return `${first.subject}: ${first.text}${more}`;
}
