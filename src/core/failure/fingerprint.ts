import { failingCountOf, failingTestsOf } from './failing-tests.ts';
import { normaliseLine } from './normalise.ts';

export type Fingerprint = {
  /** Equal for two failures that are the same to whoever reads them. Null: the output says too little. */
  readonly key: string | null;
  readonly failing: ReadonlySet<string>;
  /** How many failed; null when neither the runner says so nor the output is whole. */
  readonly count: number | null;
};

/** Lines that say what went wrong, beside the names of tests. */
const telling =
  /error|expected|received|actual|assert|panic|exception|cannot|undefined|not found|missing/i;
/** Where in the code it happened moves with every edit. */
const stackFrame = /^\s*(?:at |File "|\d+ *\||[❯>] )/;
/** Shorter output without any known form does not tell one failure from another. */
const keyCharsMin = 40;
/** The gate's excerpt has this line where it left something out. */
const cut = /^…$/m;

export function fingerprintOf(excerpt: string): Fingerprint {
  const failing = failingTestsOf(excerpt);
  const isCut = cut.test(excerpt);
  const count = failingCountOf(excerpt) ?? (isCut || failing.size === 0 ? null : failing.size);
  const lines = excerpt.split('\n').filter(line => !stackFrame.test(line));
  const said = lines.filter(line => telling.test(line));
  const chosen = failing.size > 0 || said.length > 0 ? said : lines;
  const words = [...new Set(chosen.map(normaliseLine))].filter(line => line !== '').sort();
  const key = [...[...failing].sort(), '', ...words, `count ${count}`].join('\n');
  const isTelling = failing.size > 0 || words.join('').length >= keyCharsMin;
  return { key: isTelling ? key : null, failing, count };
}
