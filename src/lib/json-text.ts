/** Controls above ASCII, bidi and invisible characters, as `cleanText` takes them out. JSON itself escapes the lower ones. */
const unsafe =
  /\u034f|[\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;

/** JSON for a program, or a terminal: what that would obey is escaped, which a program reads as the same text. */
export const jsonText = (value: unknown): string =>
  `${JSON.stringify(value, null, 2)}\n`.replace(unsafe, escaped);

const escaped = (character: string): string =>
  `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
