import { readScriptSymbols } from './script-symbols.ts';
import type { SourceSymbols } from './source-symbols.ts';
import { readTextSymbols } from './text-symbols.ts';

const scripts = /\.[cm]?[jt]sx?$/;
const others = /\.(py|go|rs|rb|java|kt|swift|c|h|cc|cpp|hpp|cs|php|ex|exs|scala|sh)$/;

export const hasSymbols = (path: string): boolean => scripts.test(path) || others.test(path);

/** Never throws: what cannot be parsed is read as text. */
export function readSymbols(path: string, text: string): SourceSymbols {
  return (scripts.test(path) ? readScriptSymbols(path, text) : null) ?? readTextSymbols(text);
}
