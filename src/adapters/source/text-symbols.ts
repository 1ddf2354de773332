import type { SourceSymbols } from './source-symbols.ts';

const namesMax = 2_000;
/** A definition at the beginning of a line, as most languages write it. */
const definition =
  /^(?:(?:pub(?:\([a-z]+\))?|public|internal|export|static|final|abstract|async|open)[ \t]+)*(?:def|func|fn|fun|function|class|struct|enum|trait|interface|type|module|record|object|const)\s+(?:\([^)]*\)\s*)?([A-Za-z_$][\w$]*)[^\n]*/gm;

/**
 * The fallback for languages without a parser here: definitions that begin a line are taken for exported,
 * every name that occurs for used. Errs towards finding more.
 */
export function readTextSymbols(text: string): SourceSymbols {
  const exported = [...text.matchAll(definition)].slice(0, namesMax).map(match => ({
    name: match[1] as string,
    signature: match[0]
      .trim()
      .replace(/\s+/g, ' ')
      .replace(/\s*[{:]$/, ''),
  }));
  const own = new Set(exported.map(({ name }) => name));
  const names = new Set(text.match(/[A-Za-z_$][\w$]{2,}/g) ?? []);
  return { exported, imported: [...names].filter(name => !own.has(name)).slice(0, namesMax) };
}
