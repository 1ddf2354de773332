/** What a test runner says at the end of its output. */
export type TestCounts = {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
};

/**
 * Counts of a known test runner in the last rows of its output; null when none of them speaks. Where
 * several runners speak, or one speaks again and again, the last word counts. Rows are clean text.
 */
export function testCounts(rows: readonly string[]): TestCounts | null {
  for (const read of readers) {
    const counts = read(rows);
    if (counts) return counts;
  }
  return null;
}

type Reader = (rows: readonly string[]) => TestCounts | null;

const number = (text: string | undefined): number => Number(text ?? 0);
const countOf = (row: string, words: string): number =>
  number(new RegExp(`(\\d+) (?:${words})\\b`).exec(row)?.[1]);

/** Runners that say everything in one row: the last such row, read by the words in it. */
const summary =
  (row: RegExp, passed = 'passed', failed = 'failed', skipped = 'skipped'): Reader =>
  rows => {
    const found = rows.findLast(one => row.test(one));
    if (found === undefined) return null;
    return {
      passed: countOf(found, passed),
      failed: countOf(found, failed),
      skipped: countOf(found, skipped),
    };
  };

/** Node's runner: `# pass 3` in TAP, `ℹ pass 3` in its own report. */
const nodeRunner: Reader = rows => {
  const value = (word: string): number | null => {
    const found = rows.findLast(row => new RegExp(`^\\s*[#ℹ] ${word} \\d+\\s*$`).test(row));
    return found === undefined ? null : number(/(\d+)\s*$/.exec(found)?.[1]);
  };
  const passed = value('pass');
  const failed = value('fail');
  if (passed === null || failed === null) return null;
  return { passed, failed, skipped: (value('skipped') ?? 0) + (value('todo') ?? 0) };
};

/** Plain TAP (testanything.org): the outermost results are counted. */
const tap: Reader = rows => {
  const results = rows.filter(row => /^(?:not )?ok\b/.test(row));
  if (results.length === 0) return null;
  const skipped = results.filter(row => /# (?:skip|todo)/i.test(row)).length;
  const failed = results.filter(row => row.startsWith('not ok') && !/# todo/i.test(row)).length;
  return { passed: results.length - failed - skipped, failed, skipped };
};

/** JUnit's XML: the outermost element comes first and counts everything. */
const junit: Reader = rows => {
  const suite = rows.find(row => /<testsuites?\b[^>]*\btests="\d+"/.test(row));
  if (suite === undefined) return null;
  const value = (name: string): number =>
    number(new RegExp(`\\b${name}="(\\d+)"`).exec(suite)?.[1]);
  const failed = value('failures') + value('errors');
  const skipped = value('skipped');
  return { passed: Math.max(0, value('tests') - failed - skipped), failed, skipped };
};

/** Cargo speaks once per test binary: the sum is meant. */
const cargo: Reader = rows => {
  const results = rows.filter(row => /^test result: /.test(row));
  if (results.length === 0) return null;
  const sum = (word: string): number =>
    results.reduce((total, row) => total + countOf(row, word), 0);
  return { passed: sum('passed'), failed: sum('failed'), skipped: sum('ignored') };
};

/** Go without `-v` speaks of packages, with it of tests; the finer word counts. */
const go: Reader = rows => {
  const of = (test: RegExp): number => rows.filter(row => test.test(row)).length;
  const tests = of(/^\s*--- (?:PASS|FAIL|SKIP): /);
  if (tests > 0) {
    const [passed, failed] = [of(/^\s*--- PASS: /), of(/^\s*--- FAIL: /)];
    return { passed, failed, skipped: tests - passed - failed };
  }
  const [passed, failed] = [of(/^ok\s+\S+\s+(?:\d|\(cached)/), of(/^FAIL\s+\S+\s+[\d[]/)];
  return passed + failed === 0 ? null : { passed, failed, skipped: 0 };
};

const readers: readonly Reader[] = [
  nodeRunner,
  cargo,
  // vitest: "Tests  1 failed | 62 passed (63)"; jest: "Tests: 1 failed, 3 passed, 4 total".
  summary(/^\s*Tests:? +.*\d+ (?:passed|failed|skipped|todo)\b/),
  // pytest: "=== 3 passed, 1 failed, 2 skipped in 0.12s ==="; the quiet report has no frame.
  summary(/^(?:=+ )?(?:\d+ \w+,? ?)+ in \d[\d.]*s/, 'passed', 'failed|errors?', 'skipped'),
  // mocha: "3 passing" and "1 failing" in rows of their own.
  rows => {
    const passing = rows.findLast(row => /^\s*\d+ passing\b/.test(row));
    const of = (word: string): number =>
      countOf(rows.findLast(row => new RegExp(`^\\s*\\d+ ${word}\\b`).test(row)) ?? '', word);
    if (passing === undefined) return null;
    return { passed: of('passing'), failed: of('failing'), skipped: of('pending') };
  },
  // The plain closing row of a script of one's own: "12 passed, 0 failed".
  summary(/^\s*\d+ passed, \d+ failed\b/),
  junit,
  go,
  tap,
];
