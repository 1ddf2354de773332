import { describe, expect, test } from 'vitest';
import type { TaskId } from '../../../src/core/ids.ts';
import { openTasksMax } from '../../../src/core/limits.ts';
import type { Finding } from '../../../src/core/plan/finding.ts';
import { isRefused, lintTask, ruleNotes } from '../../../src/core/plan/lint.ts';
import type { PlanTask } from '../../../src/core/plan/plan.ts';
import { noFacts, type PlanFacts } from '../../../src/core/plan/plan-facts.ts';
import type { TaskContent } from '../../../src/core/task.ts';
import { brief, contentOf, factsOf, ids, planTask } from './plan-builder.ts';

type Row = {
  readonly name: string;
  readonly board?: readonly PlanTask[];
  readonly facts?: PlanFacts;
  readonly by?: 'person';
  readonly content: TaskContent;
  readonly expected: readonly string[];
  /** Words that the reason or the remedy of the first finding must hold. */
  readonly says?: readonly string[];
};

const lintOf = ({ board = [], facts = noFacts, by, content }: Row) =>
  lintTask(content, by ?? ('architect' as PlanTask['by']), board, facts, 3);

function check(rows: readonly Row[]): void {
  test.each(rows)('$name', row => {
    const findings = lintOf(row);
    expect(brief(findings)).toEqual(row.expected);
    const text = `${findings[0]?.reason} | ${findings[0]?.remedy}`;
    for (const words of row.says ?? []) expect(text).toContain(words);
  });
}

const queue = planTask('T-9', 'Keep the order of the queue', { files: ['src/queue.ts'] });
const money = planTask('T-3', 'Write large amounts with thousands separators', {
  files: ['src/money.ts', 'test/money.test.ts'],
});

describe('a part of a task that is being split', () => {
  const whole = planTask('T-4', 'Rebuild the queue', { standing: 'split', files: ['src'] });
  const after = planTask('T-5', 'Use the queue', { dependsOn: ids('T-4') });
  const part = contentOf('Rebuild the queue', { splits: ids('T-4')[0] as TaskId });
  check([
    { name: 'may say what its whole says', board: [whole], content: part, expected: [] },
    {
      name: 'must not wait for what waits for its whole',
      board: [whole, after],
      content: { ...part, dependsOn: ids('T-5') },
      expected: ['error cycle T-4'],
      says: ['let the parts wait for each other'],
    },
  ]);
});

describe('a task that is well cut', () => {
  check([
    { name: 'passes on an empty board', content: contentOf('Print a timesheet'), expected: [] },
    {
      name: 'passes beside others',
      board: [queue, money],
      content: contentOf('Print a timesheet'),
      expected: [],
    },
  ]);
});

describe('overlap', () => {
  const content = contentOf('Drop old entries', { files: ['src/queue.ts'] });
  check([
    {
      name: 'the same file',
      board: [queue, money],
      content,
      expected: ['error overlap T-9'],
      says: ['T-9 (“Keep the order of the queue”) changes src/queue.ts too', '--depends T-9'],
    },
    {
      name: 'a folder that holds the file',
      board: [queue],
      content: contentOf('Drop old entries', { files: ['src'] }),
      expected: ['error overlap T-9'],
    },
    {
      name: 'a glob that reaches the file',
      board: [queue],
      content: contentOf('Drop old entries', { files: ['src/**/*.ts'] }),
      expected: ['error overlap T-9'],
    },
    {
      name: 'a glob of another kind of file',
      board: [queue],
      content: contentOf('Colour the page', { files: ['src/*.css'] }),
      expected: [],
    },
    {
      name: 'in order already',
      board: [queue],
      content: { ...content, dependsOn: ids('T-9') },
      expected: [],
    },
    {
      name: 'in order through a third task',
      board: [queue, planTask('T-10', 'Read bank statements', { dependsOn: ids('T-9') })],
      content: { ...content, dependsOn: ids('T-10') },
      expected: [],
    },
    {
      name: 'what has landed is in nobody’s way',
      board: [{ ...queue, standing: 'landed' }],
      content,
      expected: [],
    },
    {
      name: 'what was dropped neither',
      board: [{ ...queue, standing: 'dropped' }],
      content,
      expected: [],
    },
    {
      name: 'the person is warned and obeyed',
      board: [queue],
      by: 'person',
      content,
      expected: ['warning overlap T-9'],
    },
  ]);
});

describe('files that change together', () => {
  const board = [planTask('T-4', 'Name the columns', { files: ['src/schema.ts'] })];
  const content = contentOf('Check the columns', { files: ['src/check.ts'] });
  const files = { 'src/schema.ts': 10, 'src/check.ts': 10 };
  const linked = (together: number, share: number) =>
    factsOf({ files, companions: { 'src/check.ts': ['src/schema.ts', together, share] } });
  check([
    {
      name: 'often enough',
      board,
      content,
      facts: linked(4, 0.8),
      expected: ['warning changes-together T-4'],
      says: ['src/check.ts and src/schema.ts changed together in 4 commits (80 %)'],
    },
    { name: 'too seldom', board, content, facts: linked(2, 1), expected: [] },
    { name: 'too loosely', board, content, facts: linked(9, 0.4), expected: [] },
    {
      name: 'the other way round',
      board,
      content,
      facts: factsOf({ files, companions: { 'src/schema.ts': ['src/check.ts', 3, 0.5] } }),
      expected: ['warning changes-together T-4'],
    },
    {
      name: 'in order already',
      board,
      content: { ...content, dependsOn: ids('T-4') },
      facts: linked(4, 0.8),
      expected: [],
    },
  ]);
});

describe('hotspots', () => {
  const rows = [
    ['package-lock.json', 'a lock file'],
    ['web/yarn.lock', 'a lock file'],
    ['src/index.ts', 'a barrel'],
    ['tally/__init__.py', 'a barrel'],
    ['prisma/schema.prisma', 'a schema'],
    ['db/migrations/004_users.sql', 'a schema'],
  ] as const;
  test.each(rows)('%s is %s', (path, kind) => {
    const content = contentOf('Read a bank statement', { files: [path] });
    const [finding] = lintOf({ name: '', content, expected: [] });
    expect(finding).toMatchObject({ rule: 'hotspot', severity: 'warning' });
    expect(finding?.reason).toContain(`${path} is ${kind}`);
  });
  check([
    {
      name: 'a file that a third of all commits changed',
      content: contentOf('Add a flag', { files: ['src/cli.ts'] }),
      facts: factsOf({ files: { 'src/cli.ts': 5 }, changeShares: { 'src/cli.ts': 0.33 } }),
      expected: ['warning hotspot'],
      says: ['33 % of all commits'],
    },
    {
      name: 'a barrel inside a declared folder',
      content: contentOf('Read the table', { files: ['src/table'] }),
      facts: factsOf({ files: { 'src/table/index.ts': 5 } }),
      expected: ['warning hotspot'],
    },
    {
      name: 'an ordinary file',
      content: contentOf('Add a flag', { files: ['src/indexes.ts'] }),
      expected: [],
    },
  ]);
});

describe('symbols', () => {
  // A rename that landed while another branch added uses of the old name.
  const rename = contentOf('Rename formatDuration to spellDuration', {
    files: ['src/duration.ts', 'test/duration.test.ts'],
  });
  const timesheet = planTask('T-5', 'Print a timesheet', {
    files: ['src/timesheet.ts'],
    body: 'The time is written by `formatDuration`.',
  });
  const report = planTask('T-11', 'Show the share of each category', { files: ['src/report.ts'] });
  const facts = factsOf({
    exported: { 'src/duration.ts': ['formatDuration', 'parseDuration'] },
    imported: { 'src/report.ts': ['formatDuration'] },
  });
  check([
    {
      name: 'renamed here, named there',
      board: [timesheet],
      content: rename,
      facts,
      expected: ['warning symbols T-5'],
      says: ['it changes formatDuration, which T-5 names'],
    },
    {
      name: 'renamed here, imported there',
      board: [report],
      content: rename,
      facts,
      expected: ['warning symbols T-11'],
      says: ['which T-11 uses in src/report.ts'],
    },
    {
      name: 'renamed there, imported here',
      board: [planTask('T-4', rename.title, rename)],
      content: contentOf('Show the share of each category', { files: ['src/report.ts'] }),
      facts,
      expected: ['warning symbols T-4'],
      says: ['T-4 changes formatDuration, which it uses in src/report.ts'],
    },
    {
      name: 'in the same file, but not what the task is about',
      board: [report],
      content: contentOf('Read durations of days', { files: ['src/duration.ts'] }),
      facts,
      expected: [],
    },
    {
      name: 'in order already',
      board: [timesheet],
      content: { ...rename, dependsOn: ids('T-5') },
      facts,
      expected: [],
    },
  ]);
});

describe('size', () => {
  const broad = { 'src/ui/a.ts': 60_000, 'src/ui/b.ts': 10_000, 'src/cli/c.ts': 30_000 };
  check([
    {
      name: 'three minutes are too small',
      content: contentOf('Mend the typo in the help', { estimateMinutes: 3 }),
      expected: ['warning too-small'],
      says: ['3 minutes', 'together with other trifles'],
    },
    {
      name: 'five are not',
      content: contentOf('Name the flag', { estimateMinutes: 5 }),
      expected: [],
    },
    {
      name: 'no estimate says nothing',
      content: contentOf('Name the flag', { estimateMinutes: null }),
      expected: [],
    },
    {
      name: 'more than a window holds',
      content: contentOf('Type the props', { files: ['src/**'] }),
      facts: factsOf({ files: broad }),
      expected: ['error too-broad'],
      says: ['about 100k tokens', 'src/ui (70k), src/cli (30k)'],
    },
    {
      name: 'a part of it fits',
      content: contentOf('Type the props', { files: ['src/cli/**'] }),
      facts: factsOf({ files: broad }),
      expected: [],
    },
    ...[
      'Use the new logger everywhere',
      'Add types throughout',
      'Sort the imports of all files',
    ].map(
      (title): Row => ({
        name: title,
        content: contentOf(title, { files: ['src/**'] }),
        expected: ['error too-broad'],
        says: ['one task per module'],
      }),
    ),
    {
      name: 'everywhere, but each file is named',
      content: contentOf('Rename it everywhere', { files: ['src/a.ts', 'src/b.ts'] }),
      expected: [],
    },
    {
      name: 'everywhere in a folder',
      content: contentOf('Rename it everywhere', { files: ['src'] }),
      facts: factsOf({ files: { 'src/a.ts': 10 } }),
      expected: ['error too-broad'],
    },
  ]);
});

describe('acceptance and scope', () => {
  check([
    {
      name: 'no acceptance',
      content: contentOf('Improve the parser', { accept: [] }),
      expected: ['error no-acceptance'],
      says: ['--accept'],
    },
    ...['true', ':', 'exit 0', 'echo done', '  '].map(
      (command): Row => ({
        name: `“${command}” cannot fail`,
        content: contentOf('Improve the parser', { accept: ['npm test', command] }),
        expected: ['error no-acceptance'],
      }),
    ),
    {
      name: 'echo into a command that can',
      content: contentOf('Improve the parser', { accept: ['echo 1,2 | node src/csv.ts'] }),
      expected: [],
    },
    {
      name: 'the person may leave it to the gate',
      by: 'person',
      content: contentOf('Improve the parser', { accept: [] }),
      expected: ['warning no-acceptance'],
    },
    {
      name: 'no file',
      content: contentOf('Improve the parser', { files: [] }),
      expected: ['error no-scope'],
    },
    {
      name: 'a pattern that matches nothing',
      content: contentOf('Improve the parser', { files: ['lib/**/*.rb'] }),
      facts: factsOf({ files: { 'src/a.ts': 10 } }),
      expected: ['error no-scope'],
      says: ['lib/**/*.rb matches no file'],
    },
    {
      name: 'a folder that holds nothing',
      content: contentOf('Improve the parser', { files: ['src/a.ts', 'src/nothing/'] }),
      facts: factsOf({ files: { 'src/a.ts': 10 } }),
      expected: ['error no-scope'],
      says: ['src/nothing/ matches no file'],
    },
    {
      name: 'a folder that holds a file',
      content: contentOf('Improve the parser', { files: ['src/'] }),
      facts: factsOf({ files: { 'src/a.ts': 10 } }),
      expected: [],
    },
    {
      name: 'a file that is to be made',
      content: contentOf('Improve the parser', { files: ['lib/parser.rb'] }),
      facts: factsOf({ files: { 'src/a.ts': 10 } }),
      expected: [],
    },
    ...['/etc/passwd', '../other/a.ts', '~/.profile'].map(
      (path): Row => ({
        name: `${path} is outside`,
        content: contentOf('Improve the parser', { files: [path] }),
        expected: ['error no-scope'],
      }),
    ),
  ]);
});

describe('dependencies', () => {
  const content = contentOf('Sort entries by rules', { dependsOn: ids('T-9') });
  check([
    {
      name: 'on nothing',
      content,
      expected: ['error unknown-dependency'],
      says: ['does not exist'],
    },
    {
      name: 'on a task that was dropped, for the person too',
      board: [{ ...queue, standing: 'dropped' }],
      by: 'person',
      content,
      expected: ['error unknown-dependency T-9'],
      says: ['T-9, which was dropped'],
    },
    {
      name: 'on one that has landed',
      board: [{ ...queue, standing: 'landed' }],
      content,
      expected: [],
    },
  ]);
});

describe('duplicates', () => {
  const title = 'Write large amounts with thousands separators';
  check([
    {
      name: 'the same title',
      board: [money],
      content: contentOf('Write large amounts with thousands separators.'),
      expected: ['error duplicate T-3'],
      says: ['100 % of what T-3'],
    },
    {
      name: 'nearly the same',
      board: [money],
      content: contentOf('Write amounts with thousands separators in the report'),
      expected: ['warning duplicate T-3'],
    },
    {
      name: 'what has landed',
      board: [{ ...money, standing: 'landed' }],
      content: contentOf(title),
      expected: ['error duplicate T-3'],
      says: ['which has landed'],
    },
    {
      name: 'one of a series is told of the closest',
      board: [5, 6, 7].map(n => ({
        ...planTask(`T-${n}`, `Write amounts with separators ${n === 6 ? 'backwards' : 'twice'}`),
        standing: 'landed',
      })),
      content: contentOf('Write amounts with separators backwards'),
      expected: ['error duplicate T-6'],
      says: ['; 2 more are alike, too'],
    },
    {
      name: 'what was dropped may come again',
      board: [{ ...money, standing: 'dropped' }],
      content: contentOf(title),
      expected: [],
    },
    {
      name: 'the same work on another module',
      board: [planTask('T-4', 'Rename formatDuration to spellDuration')],
      content: contentOf('Rename formatMoney to spellMoney'),
      expected: [],
    },
    {
      name: 'two short titles',
      board: [planTask('T-4', 'Mend tests', { body: 'of the parser' })],
      content: contentOf('Mend tests', {
        files: ['x.ts'],
        body: 'that the queue needs before it is moved',
      }),
      expected: [],
    },
  ]);
});

describe('contracts', () => {
  const provider = planTask('T-13', 'Read a bank statement', {
    body: 'Reads it.\n\nProvides: `parseStatement()`, Statement',
  });
  check([
    {
      name: 'uses what nobody waits for',
      board: [provider],
      content: contentOf('Sort entries by rules', { body: 'Uses: Statement' }),
      expected: ['error contract T-13'],
      says: ['it uses Statement, which T-13 provides'],
    },
    {
      name: 'provides what another uses',
      board: [planTask('T-14', 'Sort entries by rules', { body: '* uses: parseStatement' })],
      content: { ...provider, id: undefined } as unknown as TaskContent,
      expected: ['warning contract T-14'],
    },
    {
      name: 'waits for it',
      board: [provider],
      content: contentOf('Sort entries by rules', {
        body: 'Uses: Statement',
        dependsOn: ids('T-13'),
      }),
      expected: [],
    },
    {
      name: 'the word in prose is no contract',
      board: [provider],
      content: contentOf('Sort entries by rules', { body: 'It uses: whatever Statement says' }),
      expected: [],
    },
  ]);
});

describe('the size of a plan', () => {
  const board = Array.from({ length: 300 }, (_, index) =>
    planTask(`T-${index + 1}`, `Part ${'abcdefghij'[index % 10]} of ${index}`, {
      files: [`src/${index}.ts`],
    }),
  );
  check([
    {
      name: 'the 301st task',
      board,
      by: 'person',
      content: contentOf('One more thing to do'),
      expected: ['error plan-size'],
      says: ['300 open tasks'],
    },
  ]);
});

test('every rule says why it is there, and only errors refuse', () => {
  expect(ruleNotes.every(({ why }) => why.length > 20)).toBe(true);
  const findings = lintOf({
    name: '',
    content: contentOf('Nothing', { accept: [] }),
    expected: [],
  });
  expect(isRefused(findings)).toBe(true);
  expect(isRefused(findings.map(one => ({ ...one, severity: 'warning' })))).toBe(false);
});

test('of a plan of 300 tasks the board takes what a person can look over, and says what would pass', () => {
  const letters = 'abcdefghijklmnopqrstuvwxyz';
  const nameOf = (index: number) =>
    [index % 26, Math.floor(index / 26), 7 + (index % 13)].map(at => letters[at]).join('');
  const board: PlanTask[] = [];
  const refused: (readonly Finding[])[] = [];
  for (let index = 0; index < 300; index += 1) {
    const content = contentOf(`${nameOf(index)} ${index} alone`);
    const findings = lintOf({ name: '', content, board, expected: [] });
    if (isRefused(findings)) refused.push(findings);
    else board.push({ ...planTask(`T-${index + 1}`, content.title), ...content });
  }
  expect(board).toHaveLength(openTasksMax);
  expect(refused[0]).toMatchObject([
    { rule: 'plan-size', remedy: expect.stringContaining('wait until some have landed') },
  ]);
});
