import { pageBodyCharsMax, pageFilesMax } from '../limits.ts';
import { fenced } from './fenced.ts';

/** File names for one line of a page. A formatter's commit touches thousands: git has the rest. */
export function fileWords(files: readonly string[]): string {
  const more = files.length - pageFilesMax;
  const first = files.slice(0, pageFilesMax).join(', ');
  return more > 0 ? `${first} and ${more} more` : first;
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
