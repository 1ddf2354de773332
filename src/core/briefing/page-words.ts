import { pageBodyCharsMax, pageFilesMax } from '../limits.ts';
import { fenced } from './fenced.ts';

/** File names for one line of a page. A formatter's commit touches thousands: git has the rest. `omitted`: more that are not in the list. */
export function fileWords(files: readonly string[], omitted = 0): string {
  const first = files.slice(0, pageFilesMax);
  const more = files.length - first.length + omitted;
  return more > 0 ? `${first.join(', ')} and ${more} more` : first.join(', ');
}

/** The same, each on a line of its own. */
export function fileRows(files: readonly string[], omitted = 0): readonly string[] {
  const first = files.slice(0, pageFilesMax);
  const more = files.length - first.length + omitted;
  return [...first, ...(more > 0 ? [`and ${more} more`] : [])].map(row => `  ${row}`);
}

/** The beginning of a task's text, quoted; nothing where it has none. */
export function bodyWords(body: string): readonly string[] {
  // By code points: half a surrogate pair is no text that a terminal could take.
  const characters = Array.from(body.trim());
  if (characters.length === 0) return [];
  const more = characters.length - pageBodyCharsMax;
  if (more <= 0) return fenced(characters.join(''));
  return [
    ...fenced(characters.slice(0, pageBodyCharsMax).join('')),
    `That is its beginning; ${more} more characters are left out.`,
  ];
}
