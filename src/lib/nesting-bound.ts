/** More than anybody nests by hand; a recursive parser takes this and many times more. */
const openersMax = 512;
/** `- - - -` and `? ? ? ?` open one level with every mark. */
const compactRun = /(?:[-?:][ \t]+){32}/;

/**
 * Whether YAML text could make a recursive parser overflow its stack. It counts every opening bracket,
 * also those in quotes, because a count that understood quotes could be led astray by them. Nesting by
 * indentation needs quadratic space and is bounded by the size of the text.
 */
export function mayNestDeeply(yaml: string): boolean {
  return compactRun.test(yaml) || (yaml.match(/[[{]/g)?.length ?? 0) > openersMax;
}
