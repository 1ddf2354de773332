import { normaliseLine } from './normalise.ts';

/** How the test runners and compilers in use name what failed, each with the name as its first group. */
const signs: readonly RegExp[] = [
  /^\s*not ok \d+\s*-?\s*(.+)$/, // TAP
  /^\s*[✖✗✘×]\s+(.+?)\s*(?:\(?\d[\d.]*\s?m?s\)?)?$/, // node:test, vitest, mocha
  /^\s*(?:FAIL|FAILED)\s+(.+)$/, // vitest, jest, pytest's summary
  /^\s*●\s+(.+)$/, // jest
  /^\s*--- FAIL: (\S+)/, // go test
  /^\s*test (\S+) \.\.\. FAILED/, // cargo test
  /^\s*(?:ERROR|FAIL): (\w+ \([^)]+\))/, // unittest
  /^\s*(\S+\(\d+,\d+\): error TS\d+.*)$/, // tsc
  /^\s*(\S+:\d+:\d+ - error TS\d+.*)$/, // tsc --pretty
  /^\s*(error(?:\[E\d+\])?: .+)$/, // rustc
];
/** Headings that look like names. */
const headings = /^(failing tests:?|tests?( suites?)?:?|failed tests:?)$/i;

/** Names of what failed, without what changes from run to run. Empty when the output has no form that is known. */
export function failingTestsOf(output: string): ReadonlySet<string> {
  const names = new Set<string>();
  for (const line of output.split('\n')) {
    const name = signs.map(sign => sign.exec(line)?.[1]).find(found => found !== undefined);
    if (name !== undefined && !headings.test(name.trim())) names.add(normaliseLine(name));
  }
  return names;
}

const counts: readonly RegExp[] = [
  /^[ \t]*(?:ℹ|#)[ \t]*fail (\d+)[ \t]*$/m, // node:test
  /^[ \t]*Tests[ \t]+(\d+) failed/m, // vitest
  /^[ \t]*Tests:[ \t]+(?:\d+ \w+, )*?(\d+) failed/m, // jest
  /^=+ .*?(\d+) failed\b.*=+$/m, // pytest
  /\bFAILED\. \d+ passed; (\d+) failed/, // cargo test
  /^[ \t]*(\d+) failing\b/m, // mocha
  /\bFound (\d+) errors? in/, // tsc --pretty
];

/** How many failed, where the runner says so; null otherwise. */
export function failingCountOf(output: string): number | null {
  for (const count of counts) {
    const found = count.exec(output)?.[1];
    if (found !== undefined) return Number(found);
  }
  return null;
}
