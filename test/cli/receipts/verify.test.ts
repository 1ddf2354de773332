import { generateKeyPairSync } from 'node:crypto';
import { appendFileSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { sealEnvelope } from '../../../src/adapters/receipts/envelope.ts';
import { publicLine } from '../../../src/adapters/receipts/ssh-format.ts';
import { sha256Of } from '../../../src/adapters/receipts/statement.ts';
import { verifyRepository } from '../../../src/cli/receipts/verify-repository.ts';
import { gitIn } from '../../adapters/git/temporary-team.ts';
import { edited, type LandedStage, landedStage, type Statement } from './landed-stage.ts';

let stage: LandedStage;
let whole: readonly string[];

/** Long ago, so that nobody takes what is broken for a team at work. */
function settle(): void {
  for (const path of [stage.paths.file, stage.state.journal]) utimesSync(path, 1, 1);
}

beforeAll(async () => {
  stage = await landedStage();
  whole = stage.lines();
}, 60_000);
afterAll(() => stage.remove());
beforeEach(settle);
afterEach(() => stage.rewrite(whole));

const rewrite = (lines: readonly string[]) => {
  stage.rewrite(lines);
  settle();
};
const kinds = ['key', 'gate', 'attempt', 'landing', 'gate', 'attempt', 'landing'];
const statementOf = (line: string): Statement =>
  JSON.parse(Buffer.from((JSON.parse(line) as { payload: string }).payload, 'base64').toString());

test('what landed with a passing gate on its tree is proven, and older commits are counted', async () => {
  const { outcome, flaws, commits, file, olderCount } = await stage.verify();
  expect(flaws).toEqual([]);
  expect(outcome).toBe('proven');
  expect(commits.map(({ state, commit }) => [state, commit.oid])).toEqual(
    stage.landed.toReversed().map(({ commit }) => ['proven', commit]),
  );
  expect(olderCount).toBe(1);
  expect(file).toMatchObject({ lineCount: kinds.length, head: sha256Of(whole.at(-1) ?? '') });
});

test('a range and single commits are judged by themselves', async () => {
  const [first, second] = stage.landed;
  const range = await stage.verify(`${first?.commit}..main`);
  expect(range.commits.map(({ commit }) => commit.oid)).toEqual([second?.commit]);
  expect(range.outcome).toBe('proven');
  const two = await stage.verify(first?.commit ?? '', stage.team.base);
  expect(two.commits.map(({ state }) => state)).toEqual(['proven', 'other']);
  expect((await stage.verify(stage.team.base)).outcome).toBe('nothing');
  await expect(stage.verify('no-such-branch')).rejects.toThrow(
    'git does not know “no-such-branch”',
  );
});

/** Every value in it that holds no other, as a way to it. */
function waysInto(value: unknown, way: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [way];
  return Object.entries(value).flatMap(([name, inner]) => waysInto(inner, [...way, name]));
}

function change(statement: Statement, way: readonly string[]): void {
  const last = way.at(-1) ?? '';
  let holder = statement as Record<string, unknown>;
  for (const name of way.slice(0, -1)) holder = holder[name] as Record<string, unknown>;
  const value = holder[last];
  if (typeof value === 'number') holder[last] = value + 1;
  else if (typeof value === 'boolean') holder[last] = !value;
  else if (value === null) holder[last] = 'x';
  else holder[last] = flipped(String(value));
}

/** Another text of the same look: the last digit is another digit, the last letter another letter. */
const flipped = (text: string) => text.replace(/.$/, last => (last === 'a' ? 'b' : 'a'));

test('each field of each receipt, changed one by one, is found at its line', async () => {
  let count = 0;
  for (const [index, line] of whole.entries())
    for (const way of waysInto(statementOf(line))) {
      rewrite(
        whole.with(
          index,
          edited(line, statement => change(statement, way)),
        ),
      );
      const { outcome, flaws } = await stage.verify();
      expect(outcome, way.join('.')).toBe('broken');
      expect(flaws[0], way.join('.')).toMatch(`broken: receipt line ${index + 1}: `);
      count += 1;
    }
  expect(count).toBeGreaterThan(100);
}, 120_000);

const forger = generateKeyPairSync('ed25519').privateKey;
const parts = (line: string) => JSON.parse(line) as Record<string, unknown>;
const chainedTo = (line: string, previous: string): Statement => {
  const statement = statementOf(line);
  return { ...statement, predicate: { ...statement.predicate, previous } };
};
const lastHash = () => sha256Of(whole.at(-1) ?? '');

const tamperings: readonly (readonly [string, () => readonly string[], RegExp])[] = [
  [
    'the type of an envelope is another',
    () => whole.with(1, JSON.stringify({ ...parts(whole[1] ?? ''), payloadType: 'text/plain' })),
    /receipt line 2: it is not the envelope/,
  ],
  [
    'an envelope says more than one may',
    () => whole.with(1, JSON.stringify({ ...parts(whole[1] ?? ''), more: 1 })),
    /receipt line 2: it is not the envelope/,
  ],
  [
    'a signature is another’s',
    () => {
      const { signatures } = parts(whole[2] ?? '');
      return whole.with(1, JSON.stringify({ ...parts(whole[1] ?? ''), signatures }));
    },
    /receipt line 2: gate run 1 of T-1\/1: the signature does not fit/,
  ],
  ['a line is no JSON', () => whole.with(3, 'x'), /receipt line 4: it is not the envelope/],
  ['a line is empty', () => whole.with(3, ''), /receipt line 4: it is not the envelope/],
  [
    'a receipt in the middle is gone',
    () => whole.toSpliced(3, 1),
    /receipt line 4: gate run 1 of T-2\/1 does not name the line before it/,
  ],
  [
    'the first one is gone',
    () => whole.slice(1),
    /receipt line 1: gate run 1 of T-1\/1 is signed by SHA256:\S+, and no certificate/,
  ],
  [
    'two are swapped',
    () => whole.with(2, whole[3] ?? '').with(3, whole[2] ?? ''),
    /receipt line 3: the landing of T-1\/1 does not name/,
  ],
  [
    'one is there twice',
    () => whole.toSpliced(2, 0, whole[1] ?? ''),
    /receipt line 3: .* does not name/,
  ],
  [
    'the newest are gone',
    () => whole.slice(0, 5),
    /fact 18 of the journal \(end of T-2\/1\): there is no receipt of it/,
  ],
  [
    'somebody else’s key signed one more',
    () => [...whole, sealEnvelope(forger, chainedTo(whole[3] ?? '', lastHash()))],
    /receipt line 8: the landing of T-1\/1 is signed by SHA256:\S+, and no certificate/,
  ],
  [
    'somebody else certified their own key',
    () => {
      const mine = chainedTo(whole[0] ?? '', lastHash());
      const certificate = { ...mine, predicate: { ...mine.predicate, key: publicLine(forger) } };
      const line = sealEnvelope(forger, certificate);
      return [...whole, line, sealEnvelope(forger, chainedTo(whole[3] ?? '', sha256Of(line)))];
    },
    /receipt line 8: the certificate of a run’s key is signed by SHA256:\S+, and the root key/,
  ],
  [
    'all of it is gone',
    () => [],
    /commit \S+ \(T-1: Do it\): it is signed by SHA256:\S+, a key that the root key/,
  ],
];

test.each(tamperings)('%s: it is broken, and said where', async (_, tamper, flaw) => {
  rewrite(tamper());
  const { outcome, flaws } = await stage.verify();
  expect(outcome).toBe('broken');
  expect(flaws.join('\n')).toMatch(flaw);
});

test('a bit that flips anywhere in the file is found', async () => {
  const file = readFileSync(stage.paths.file);
  for (let at = 0; at < file.length; at += 89) {
    const broken = Buffer.from(file);
    broken[at] = (broken[at] ?? 0) ^ (1 << (at % 7));
    writeFileSync(stage.paths.file, broken);
    settle();
    expect((await stage.verify()).outcome, `byte ${at}`).toBe('broken');
  }
}, 60_000);

test('receipts of another repository prove nothing here', async () => {
  const other = await landedStage();
  const mine = readFileSync(stage.paths.rootPublic);
  try {
    rewrite(other.lines());
    expect((await stage.verify()).outcome).toBe('broken');
    writeFileSync(stage.paths.rootPublic, readFileSync(other.paths.rootPublic));
    const { outcome, flaws } = await stage.verify();
    expect(outcome).toBe('broken');
    expect(flaws.join('\n')).toMatch(/it is signed by SHA256:\S+, a key that the root key/);
  } finally {
    writeFileSync(stage.paths.rootPublic, mine);
    other.remove();
  }
}, 60_000);

test('a line that is being written is not seen yet, and no fault', async () => {
  const file = readFileSync(stage.paths.file);
  for (const count of [1, 100, 800]) {
    writeFileSync(stage.paths.file, Buffer.concat([file, file.subarray(0, count)]));
    expect((await stage.verify()).outcome).toBe('proven');
  }
});

test('a receipt that comes while it looks is waited for', async () => {
  stage.rewrite(whole.slice(0, -1));
  const found = stage.verify();
  appendFileSync(stage.paths.file, `${whole.at(-1)}\n`);
  expect((await found).outcome).toBe('proven');
  stage.rewrite(whole.slice(0, -1));
  const timer = setTimeout(() => appendFileSync(stage.paths.file, `${whole.at(-1)}\n`), 300);
  expect((await stage.verify()).outcome).toBe('proven');
  clearTimeout(timer);
});

describe('a gate log', () => {
  const log = () => join(stage.state.gateLogs, 'T-1-1-1.log');
  let text = '';
  beforeAll(() => {
    text = readFileSync(log(), 'utf8');
  });
  afterEach(() => writeFileSync(log(), text));

  test('that was altered is broken', async () => {
    writeFileSync(log(), text.replace('well', 'fine'));
    const { outcome, flaws } = await stage.verify();
    expect([outcome, ...flaws]).toEqual([
      'broken',
      expect.stringMatching(
        /^broken: gate log .*T-1-1-1\.log \(receipt line 2\): it is not what the gate/,
      ),
    ]);
  });

  test('that is gone proves nothing any more, and is no sign of malice', async () => {
    rmSync(log());
    const { outcome, flaws } = await stage.verify();
    expect([outcome, ...flaws]).toEqual(['unproven', expect.stringContaining('it is gone')]);
  });
});

describe('a gate log that Belfry itself removed', () => {
  const log = (task: string) => join(stage.state.gateLogs, `${task}-1-1.log`);
  let texts: readonly (readonly [string, string])[] = [];
  beforeAll(() => {
    texts = ['T-1', 'T-2'].map(task => [log(task), readFileSync(log(task), 'utf8')] as const);
  });
  afterEach(() => {
    for (const [path, text] of texts) writeFileSync(path, text);
  });

  async function removeByBound(): Promise<void> {
    await stage.noteRemoved(['T-1-1-1']);
    rmSync(log('T-1'));
    settle();
  }

  test('is told from one that anybody else deleted', async () => {
    await removeByBound();
    const { outcome, flaws } = await stage.verify();
    expect([outcome, ...flaws]).toEqual([
      'proven',
      expect.stringMatching(
        /^note: gate log .*T-1-1-1\.log \(receipt line 2\): it is gone: Belfry itself removed it on \d{4}-/,
      ),
    ]);
    rmSync(log('T-2'));
    const both = await stage.verify();
    expect(both.outcome).toBe('unproven');
    expect(both.flaws.filter(flaw => flaw.startsWith('unproven'))).toEqual([
      expect.stringContaining('T-2-1-1.log'),
    ]);
  });

  test('and is there again with other words is broken', async () => {
    await removeByBound();
    writeFileSync(log('T-1'), 'all is well');
    expect((await stage.verify()).outcome).toBe('broken');
  });
});

describe('on the trunk', () => {
  const hub = (...args: readonly string[]) =>
    gitIn(stage.root, `--git-dir=${stage.state.hub}`, ...args);
  const tip = () => hub('rev-parse', 'belfry-trunk');
  let before = '';
  beforeAll(() => {
    before = tip();
  });
  afterEach(() => hub('update-ref', 'refs/heads/belfry-trunk', before));
  /** A commit of this tree on the tip, that looks as if Belfry had made it. */
  const imitate = (tree: string, by = 'Belfry <belfry@belfry.invalid>') => {
    const text = [
      `tree ${tree}`,
      `parent ${tip()}`,
      ...['author', 'committer'].map(role => `${role} ${by} 1700000000 +0000`),
      ...['', 'T-1: Do it', '', 'Belfry-Task: T-1', 'Belfry-Attempt: 1', ''],
    ].join('\n');
    const path = join(stage.root, 'imitation');
    writeFileSync(path, text);
    const oid = hub('hash-object', '-t', 'commit', '-w', path);
    hub('update-ref', 'refs/heads/belfry-trunk', oid);
  };
  const tree = () => hub('rev-parse', 'belfry-trunk^{tree}');

  test('a commit that claims to be a landing, and is none, is broken', async () => {
    imitate(tree());
    const { outcome, flaws } = await stage.verify();
    expect(outcome).toBe('broken');
    expect(flaws).toEqual([
      expect.stringMatching(/it claims a landing of which no receipt and no fact/),
    ]);
  });

  test('a person’s commit that repeats the words of a landing is theirs', async () => {
    imitate(tree(), 'A person <person@example.invalid>');
    const { outcome, commits } = await stage.verify();
    expect([outcome, commits[0]?.state]).toEqual(['proven', 'other']);
  });

  test('a landing beside the way, after a merge of the person’s, is judged, too', async () => {
    const merge = hub(
      ...['-c', 'user.name=A', '-c', 'user.email=a@example.invalid', 'commit-tree', tree()],
      ...['-p', stage.team.base, '-p', tip(), '-m', 'Merge'],
    );
    hub('update-ref', 'refs/heads/belfry-trunk', merge);
    const { outcome, commits } = await stage.verify();
    expect(outcome).toBe('proven');
    expect(commits.filter(({ state }) => state === 'proven')).toHaveLength(2);
  });

  test('a landing that was taken out of the history is broken', async () => {
    hub('update-ref', 'refs/heads/belfry-trunk', stage.landed[0]?.commit ?? '');
    const { outcome, flaws } = await stage.verify();
    expect(outcome).toBe('broken');
    expect(flaws).toEqual([expect.stringMatching(/receipt line 7: it says that T-2\/1 landed as/)]);
  });
});

describe('earlier versions and crashes', () => {
  let other: LandedStage;
  afterEach(() => other.remove());

  test('what landed before receipts were written is neither proven nor broken', async () => {
    other = await landedStage({ without: true });
    const bare = await other.verify();
    await other.startAgain();
    const later = await other.verify();
    for (const { outcome, flaws } of [bare, later]) {
      expect(outcome).toBe('unproven');
      expect(flaws).toHaveLength(2);
      expect(flaws.join('\n')).toMatch(/unproven: .* it was landed before receipts were written/);
    }
  }, 60_000);

  test('a receipt that a crash kept from being written is missed, and written by the next start', async () => {
    other = await landedStage();
    const all = other.lines();
    other.rewrite(all.slice(0, -1));
    for (const path of [other.paths.file, other.state.journal]) utimesSync(path, 1, 1);
    const { outcome, flaws } = await other.verify();
    expect(outcome).toBe('broken');
    expect(flaws.join('\n')).toMatch(/its receipt is missing, though the journal \(fact 18\)/);
    expect(flaws).toHaveLength(1);
    await other.startAgain();
    await other.startAgain();
    const mended = await other.verify();
    expect([mended.outcome, ...mended.flaws]).toEqual([
      'proven',
      'note: receipts: 1 was written by the next start, for the run of the fact ended before',
    ]);
    const written = other.lines().map(line => statementOf(line).predicate);
    expect(written.filter(({ fact, task }) => fact === 18 && task === 'T-2')).toHaveLength(2);
    expect(written.find(({ fact, afterwards }) => fact === 18 && afterwards)).toBeDefined();
  }, 60_000);
});

test('nothing has run here yet: nothing is proved, and that is said', async () => {
  const { state } = stage;
  const nowhere = { ...stage.opened, state: { ...state, hub: join(stage.root, 'none') } };
  const missing = join(stage.root, 'missing');
  const empty = { ...nowhere.state, journal: missing, receipts: missing };
  const found = await verifyRepository({ ...nowhere, state: empty }, []);
  expect([found.commits, found.flaws, found.file.head]).toEqual([[], [], null]);
});
