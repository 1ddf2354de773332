/** What a test runner says of the tests that it ran. */
export type TestCounts = {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
};

/** One runner's words: a few numbers, whatever the length of the output. */
type Reader = {
  take(row: string): void;
  /** Null before it has spoken. */
  counts(): TestCounts | null;
};

/**
 * Reads the counts of known test runners out of a whole output, row by row. Where several runners speak, the
 * more exact one is believed; where one speaks again and again, its last word. Rows are clean text.
 */
export class TestCounter {
  readonly #readers = runners.map(start => start());

  take(row: string): void {
    if (!mayCount(row)) return;
    for (const reader of this.#readers) reader.take(row);
  }

  /** Null while no known runner has spoken. */
  get counts(): TestCounts | null {
    for (const reader of this.#readers) {
      const counts = reader.counts();
      if (counts !== null) return counts;
    }
    return null;
  }
}

/** In every row that any runner counts in. */
const mention = /pass|fail|ok|skip|todo|pending|result|tests=/i;

/** False for a text in which no row counts anything: millions of such rows cost next to nothing. */
export const mayCount = (text: string): boolean => mention.test(text);

const number = (text: string | undefined): number => Number(text ?? 0);
const countOf = (row: string, words: string): number =>
  number(new RegExp(`(\\d+) (?:${words})\\b`).exec(row)?.[1]);

/** Runners that say everything in one row: the last such row, read by the words in it. */
const summary =
  (form: RegExp, passed = 'passed', failed = 'failed', skipped = 'skipped') =>
  (): Reader => {
    let last: string | null = null;
    return {
      take(row) {
        if (form.test(row)) last = row;
      },
      counts: () =>
        last === null
          ? null
          : {
              passed: countOf(last, passed),
              failed: countOf(last, failed),
              skipped: countOf(last, skipped),
            },
    };
  };

/** Runners that say each number in a row of its own: the last of each word. */
const perWord =
  (form: RegExp, read: (of: (word: string) => number | null) => TestCounts | null) =>
  (): Reader => {
    const numbers = new Map<string, number>();
    return {
      take(row) {
        const { word, count } = form.exec(row)?.groups ?? {};
        if (word !== undefined) numbers.set(word, number(count));
      },
      counts: () => read(word => numbers.get(word) ?? null),
    };
  };

/** Runners that say each test, or each part of the tests: they are added up. */
const sum = (read: (row: string) => TestCounts | null) => (): Reader => {
  let total: TestCounts | null = null;
  return {
    take(row) {
      const more = read(row);
      if (more !== null) total = added(total ?? none, more);
    },
    counts: () => total,
  };
};

const none: TestCounts = { passed: 0, failed: 0, skipped: 0 };
const onePassed: TestCounts = { ...none, passed: 1 };
const oneFailed: TestCounts = { ...none, failed: 1 };
const oneSkipped: TestCounts = { ...none, skipped: 1 };

const added = (one: TestCounts, other: TestCounts): TestCounts => ({
  passed: one.passed + other.passed,
  failed: one.failed + other.failed,
  skipped: one.skipped + other.skipped,
});

/** Node's runner: `# pass 3` in TAP, `ℹ pass 3` in its own report. */
const nodeRunner = perWord(/^\s*[#ℹ] (?<word>pass|fail|skipped|todo) (?<count>\d+)\s*$/, of => {
  const [passed, failed] = [of('pass'), of('fail')];
  if (passed === null || failed === null) return null;
  return { passed, failed, skipped: (of('skipped') ?? 0) + (of('todo') ?? 0) };
});

/** mocha: `3 passing` and `1 failing` in rows of their own. */
const mocha = perWord(/^\s*(?<count>\d+) (?<word>passing|failing|pending)\b/, of => {
  const passed = of('passing');
  if (passed === null) return null;
  return { passed, failed: of('failing') ?? 0, skipped: of('pending') ?? 0 };
});

/** Plain TAP (testanything.org): the outermost results are counted. */
const tap = sum(row => {
  if (!/^(?:not )?ok\b/.test(row)) return null;
  if (/# (?:skip|todo)/i.test(row)) return oneSkipped;
  return row.startsWith('not ok') ? oneFailed : onePassed;
});

/** Cargo speaks once per test binary. */
const cargo = sum(row =>
  /^test result: /.test(row)
    ? {
        passed: countOf(row, 'passed'),
        failed: countOf(row, 'failed'),
        skipped: countOf(row, 'ignored'),
      }
    : null,
);

/** Go with `-v` speaks of tests, without it of packages; the finer word counts. */
const goTests = sum(row => {
  const verdict = /^\s*--- (PASS|FAIL|SKIP): /.exec(row)?.[1];
  if (verdict === undefined) return null;
  return verdict === 'PASS' ? onePassed : verdict === 'FAIL' ? oneFailed : oneSkipped;
});
const goPackages = sum(row => {
  if (/^ok\s+\S+\s+(?:\d|\(cached)/.test(row)) return onePassed;
  return /^FAIL\s+\S+\s+[\d[]/.test(row) ? oneFailed : null;
});

/** JUnit's XML: the outermost element comes first and counts everything. */
const junit = (): Reader => {
  let counts: TestCounts | null = null;
  return {
    take(row) {
      if (counts !== null || !/<testsuites?\b[^>]*\btests="\d+"/.test(row)) return;
      const value = (name: string): number =>
        number(new RegExp(`\\b${name}="(\\d+)"`).exec(row)?.[1]);
      const failed = value('failures') + value('errors');
      const skipped = value('skipped');
      counts = { passed: Math.max(0, value('tests') - failed - skipped), failed, skipped };
    },
    counts: () => counts,
  };
};

const runners: readonly (() => Reader)[] = [
  nodeRunner,
  cargo,
  // vitest: "Tests  1 failed | 62 passed (63)"; jest: "Tests: 1 failed, 3 passed, 4 total".
  summary(/^\s*Tests:? +.*\d+ (?:passed|failed|skipped|todo)\b/),
  // pytest: "=== 3 passed, 1 failed, 2 skipped in 0.12s ==="; the quiet report has no frame.
  summary(/^(?:=+ )?\d+ \w+(?:, \d+ \w+)* in \d[\d.]*s/, 'passed', 'failed|errors?', 'skipped'),
  mocha,
  // The plain closing row of a script of one's own: "12 passed, 0 failed".
  summary(/^\s*\d+ passed, \d+ failed\b/),
  junit,
  goTests,
  goPackages,
  tap,
];
