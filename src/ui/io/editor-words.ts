/**
 * The person's editor and its own arguments, as `$VISUAL` and `$EDITOR` have them (environ(7)): words
 * separated by spaces, without quoting.
 */
export function editorWords(env: Readonly<Record<string, string | undefined>>): string[] {
  const words = (env['VISUAL'] || env['EDITOR'] || 'vi').split(' ').filter(word => word !== '');
  return words.length > 0 ? words : ['vi'];
}

/** The person's shell. */
export const shellOf = (env: Readonly<Record<string, string | undefined>>): string =>
  env['SHELL'] || '/bin/sh';
