/** More names than this are a list of everything, as `env` prints it. */
const namesMax = 5;
/** Shorter names are words of any output. */
const nameCharsMin = 4;

/**
 * A sentence for the person when a failed command speaks of variables that they have and it was not given;
 * null otherwise. Names only, no values.
 */
export function withheldHint(output: string, withheld: readonly string[]): string | null {
  const words = new Set(output.match(/[A-Za-z_][A-Za-z0-9_]*/g) ?? []);
  const named = withheld.filter(name => name.length >= nameCharsMin && words.has(name));
  if (named.length === 0) return null;
  const shown = named.slice(0, namesMax).join(', ');
  const it = named.length === 1 ? 'it' : 'them';
  return `belfry: the command is not given ${shown}. Where it needs ${it}, the person names ${it} under “env” in .belfry/team.yaml.`;
}
