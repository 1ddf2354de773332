import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { editStatus } from '../../../src/adapters/board/edit-front-matter.ts';
import { fileNameOf, newTaskText } from '../../../src/adapters/board/new-task-text.ts';
import { parseTaskFile } from '../../../src/adapters/board/parse-task-file.ts';
import type { TaskId } from '../../../src/core/ids.ts';
import { taskText } from '../../contract/board-files.ts';
import { plainContent } from '../../contract/plain-content.ts';
import { cpuMsOf } from '../../support/cpu-time.ts';

const parse = (text: string, fileName = 'T-12-x.md') => parseTaskFile(fileName, text);
const good = (text: string) => {
  const parsed = parse(text);
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed;
};
const front = (...lines: readonly string[]) => `---\n${lines.join('\n')}\n---\n`;
const minimal = ['id: 12', 'title: x'];

describe('a task file is read', () => {
  it('with nothing but an id and a title', () => {
    expect(good(front(...minimal))).toEqual({
      ...{ ok: true, task: 'T-12', by: 'person', status: null },
      content: {
        ...{ title: 'x', priority: 'medium', tags: [], dependsOn: [], files: [] },
        ...{ accept: [], estimateMinutes: null, body: '' },
      },
    });
  });

  it('but not when it would not fit into the journal', () => {
    const files = ['files:', `  - "${'\u{1F6A3}'.repeat(31_000)}"`];
    const text = (body: string) => front(...minimal, ...files) + body;
    expect(parse(text('x'))).toMatchObject({ ok: true });
    const large = parse(text('\u0001'.repeat(16_000)));
    expect(large).toMatchObject({ ok: false, reason: expect.stringContaining('too large') });
  });

  it('as kanban-md writes it', () => {
    const text = front(
      ...['id: 12', 'title: Fix login', 'status: in-progress', 'priority: critical'],
      ...['created: 2026-02-07T22:45:12.345Z', 'updated: 2026-02-08', 'assignee: sam'],
      ...['tags:', '    - backend', '    - 1.10', 'depends_on:', '    - 3', '    - 4'],
      ...['estimate: 4h', 'custom: { a: [1] }'],
    );
    const { task, status, content } = good(`${text}\nBody.\n`);
    expect({ task, status }).toEqual({ task: 'T-12', status: 'doing' });
    expect(content).toMatchObject({
      ...{ priority: 'critical', tags: ['backend', '1.10'], dependsOn: ['T-3', 'T-4'] },
      ...{ estimateMinutes: 240, body: 'Body.' },
    });
  });

  it.each([
    ['12', 'T-12'],
    ['"12"', 'T-12'],
    ['T-12', 'T-12'],
    ['t-12', 'T-12'],
    ['012', 'T-12'],
  ])('with the id %s', (written, id) => {
    expect(good(front(`id: ${written}`, 'title: x')).task).toBe(id);
  });

  it.each([
    ['backlog', 'backlog'],
    ['TODO', 'ready'],
    ['In Progress', 'doing'],
    ['in_progress', 'doing'],
    ['review', 'gate'],
    ['"done"', 'done'],
    ['archived', 'done'],
    ['', null],
  ])('with the status %s', (written, column) => {
    expect(good(front(...minimal, `status: ${written}`)).status).toBe(column);
  });

  it.each([
    ['35', 35],
    ['90m', 90],
    ['1.5h', 90],
    ['2d', 960],
    ['soon', null],
    ['0', null],
  ])('with the estimate %s', (written, minutes) => {
    expect(good(front(...minimal, `estimate: ${written}`)).content.estimateMinutes).toBe(minutes);
  });

  it('with a budget of its own', () => {
    const { content } = good(front(...minimal, 'budget: [$2, 50k tokens]'));
    expect(content.budget).toEqual({ dollars: 2, tokens: 50_000 });
    expect(good(front(...minimal, 'budget:')).content.budget).toBeUndefined();
  });

  it('with one value where a list may be', () => {
    const { content } = good(front(...minimal, 'files: src/a.ts', 'depends_on: T-3', 'tags:'));
    expect(content).toMatchObject({ files: ['src/a.ts'], dependsOn: ['T-3'], tags: [] });
  });

  it('with the task of which it is a part', () => {
    expect(good(front(...minimal, 'splits: 12')).content.splits).toBe('T-12');
    expect('splits' in good(front(...minimal, 'splits:')).content).toBe(false);
    expect(good(front(...minimal, 'batches: [1, T-2]')).content.batches).toEqual(['T-1', 'T-2']);
  });

  it('with its lines ended as on any system, and a byte order mark', () => {
    const text = `\uFEFF${front(...minimal, 'status: todo')}\nA\nB\n`.replaceAll('\n', '\r\n');
    expect(good(text)).toMatchObject({ status: 'ready', content: { body: 'A\nB' } });
  });

  it('up to the length that travels, never half a character', () => {
    const { body } = good(`${front(...minimal)}${'x'.repeat(15_999)}😀😀`).content;
    expect(body).toBe('x'.repeat(15_999));
  });

  it('with everything in it that the demo has', () => {
    const folder = 'assets/demo/repository/.belfry/tasks';
    for (const name of readdirSync(folder))
      expect(parse(readFileSync(`${folder}/${name}`, 'utf8'), name)).toMatchObject({ ok: true });
  });
});

describe('a broken task file is named with line, reason and remedy', () => {
  const cases: readonly (readonly [string, string, number, string])[] = [
    ['no front matter', 'hello', 1, 'begin the file with a line “---”'],
    ['nothing', '', 1, 'begin the file'],
    ['no end', '---\nid: 1\n', 1, 'close it with a line “---”'],
    ['no id', front('title: x'), 2, '“id” is missing: add a line “id: T-12”'],
    ['an odd id', front('title: x', 'id: T-0'), 3, '“T-0” is no id: write one like T-12'],
    ['a path as id', front('id: ../../etc', 'title: x'), 2, 'is no id'],
    ['an odd budget', front('id: 1', 'title: x', 'budget: 5'), 4, 'write dollars like $5'],
    ['no title', front('id: 1', 'title: "  "'), 3, '“title” is missing'],
    [
      'an endless title',
      front('id: 1', `title: ${'x'.repeat(201)}`),
      3,
      '201 characters, at most 200',
    ],
    ['an unknown column', front(...minimal, 'status: reddy'), 4, 'Did you mean “ready”?'],
    ['an unknown priority', front(...minimal, 'priority: hgih'), 4, 'Did you mean “high”?'],
    ['a list as title', front('id: 1', 'title: [a]'), 3, '“title” must be plain text'],
    ['a map as tag', front(...minimal, 'tags:', '  - {a: 1}'), 4, '“tags” must be plain text'],
    ['a dependency that is none', front(...minimal, 'depends_on:', '  - 3', '  - T-x'), 6, '“T-x”'],
    ['a path out of the repository', front(...minimal, 'files: [a/../../b]'), 4, 'stay inside'],
    ['an absolute path', front(...minimal, 'files: [/etc/passwd]'), 4, 'stay inside'],
    ['an alias', front('id: 1', 'a: &a x', 'title: *a'), 4, '“title” must be plain text'],
    ['a key twice', front(...minimal, 'title: y'), 4, '“title” is there twice'],
    ['no YAML', front(...minimal, 'a: "b'), 5, 'not YAML'],
    ['a list as a whole', front('- id: 1'), 2, 'of the form “key: value”'],
    ['a map in one line', front('{id: 1, title: x}'), 2, 'of the form “key: value”'],
    ['a scalar as a whole', front('x'), 2, 'of the form “key: value”'],
    ['nothing inside', '---\n---\n', 2, 'of the form “key: value”'],
  ];
  it.each(cases)('%s', (_what, text, line, reason) => {
    const parsed = parse(text);
    expect(parsed).toMatchObject({ ok: false, line });
    expect(parsed).toMatchObject({ reason: expect.stringContaining(reason) });
    expect(editStatus(text, 'done') ?? '').not.toContain('undefined');
  });

  it('without passing on what would harm a terminal', () => {
    const parsed = parse(front('id: 1', 'title: x', 'status: "\\e]0;owned\\a\\u202e"'));
    if (parsed.ok) throw new Error('it must be broken');
    expect(parsed.reason).not.toMatch(/[\u001b\u0007\u202e]/);
  });
});

describe('a bomb does no harm', () => {
  const bombs: readonly (readonly [string, string])[] = [
    ['nested lists', front(...minimal, `a: ${'['.repeat(20_000)}`)],
    ['nested maps', front(...minimal, `a: ${'{a: '.repeat(10_000)}`)],
    ['nested items', front(...minimal, '- '.repeat(30_000))],
    ['nested questions', front('? '.repeat(30_000))],
    ['hidden nesting', front(...minimal, `a: ${'["]",'.repeat(12_000)}`)],
    [
      'aliases',
      front(
        'a: &a [x]',
        ...Array.from({ length: 200 }, (_, n) => `k${n}: [*a, *a, *a]`),
        ...minimal,
      ),
    ],
    ['very many keys', front(...Array.from({ length: 9_000 }, (_, n) => `k${n}: 1`), ...minimal)],
    ['very many keys in one line', front(...minimal, `a: {${'a: 1, '.repeat(9_000)}}`)],
    ['indentation', front(...Array.from({ length: 350 }, (_, n) => `${' '.repeat(n)}a:`))],
    ['more than fits', front(...minimal, `a: ${'x'.repeat(70_000)}`)],
    ['directives', `---\n${'%YAML 1.2\n'.repeat(900)}---\n`],
    ['no end in sight', `---\n${'a: b\n'.repeat(200_000)}`],
  ];
  it.each(bombs)('%s', (_what, text) => {
    const parsed = parse(text);
    // A bomb that goes off takes minutes.
    expect(cpuMsOf(() => editStatus(text, 'done')) + cpuMsOf(() => parse(text))).toBeLessThan(
      6_000,
    );
    if (parsed.ok) expect(parsed.content.title).toBe('x');
    else expect(parsed.reason.length).toBeLessThan(400);
  });

  it('prototypes stay as they are', () => {
    const text = front('__proto__: { polluted: yes }', 'constructor: x', 'toString: y', ...minimal);
    expect(good(text).content.title).toBe('x');
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});

describe('a status is written', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['in its place', front('id: 0123', 'status: todo', 'ver: 1.10', 'title: x'), 'status: doing'],
    [
      'before a comment',
      front(...minimal, 'status: "todo"   # by hand'),
      'status: doing   # by hand',
    ],
    ['where there was none', front(...minimal), 'status: doing\nid: 12'],
    ['where it was empty', front(...minimal, 'status:', 'x: 1'), 'status: doing\nx: 1'],
    ['where it was empty with a space', front(...minimal, 'status: ', 'x: 1'), 'status: doing'],
    ['with odd spacing', front(...minimal, 'status  :   todo'), 'status  :   doing'],
    [
      'not inside of text',
      front('note: |', '  status: todo', ...minimal, 'status: todo'),
      '  status: todo\n',
    ],
  ];
  it.each(cases)('%s, and nothing else changes', (_what, text, expected) => {
    for (const variant of [
      text,
      text.replaceAll('\n', '\r\n'),
      `${text}status: todo`,
      text.trimEnd(),
    ]) {
      const edited = editStatus(variant, 'doing') ?? '';
      expect(edited.replaceAll('\r\n', '\n')).toContain(expected);
      const parsed = parse(edited);
      expect(parsed).toMatchObject({ ok: true, status: 'doing' });
      const rest = (one: string) => one.replace(/^status *:.*\r?\n/m, '').replace(/# by hand/, '');
      expect(rest(edited)).toBe(rest(variant));
    }
  });

  it('not over a word that means the same', () => {
    const text = front(...minimal, 'status: in-progress');
    expect(editStatus(text, 'doing')).toBe(text);
  });

  it('never where the result could not be read', () => {
    for (const status of ['[a]', '&a todo', '!!str todo', '|\n  todo', '{a: 1}'])
      for (const text of [front(...minimal, `status: ${status}`)]) {
        const edited = editStatus(text, 'doing');
        if (edited !== null) expect(parse(edited)).toMatchObject({ ok: true, status: 'doing' });
      }
  });
});

describe('a new file', () => {
  const titles = [
    'yes',
    'null',
    '0123',
    '1.10',
    '~',
    '- x',
    '# x',
    'a: b',
    '"quoted"',
    "it's",
    '{a}',
    '[x]',
    '&a',
    '*a',
    '!tag',
    '%x',
    '@x',
    '`x`',
    '| x',
    '> x',
    '---',
    'a # b',
    '😀 emoji',
    '../../etc/passwd',
    'CON',
    '$(id)',
    'ünïcödé',
    '中文',
    '-rf',
    'x'.repeat(200),
    '..',
    '.git',
    'a/b\\c',
    '\\n',
  ];
  it.each(titles)('keeps the title %j', title => {
    const text = newTaskText(
      'T-7' as TaskId,
      { ...plainContent, title },
      'ready',
      'person',
      new Date(0),
    );
    expect(good(text)).toMatchObject({ task: 'T-7', status: 'ready', content: { title } });
    expect(fileNameOf('T-7' as TaskId, title)).toMatch(/^T-7(?:-[a-z0-9-]{1,40})?\.md$/);
  });

  it('keeps a body that looks like front matter', () => {
    const body = '---\nid: 99\nstatus: done\n---\nx';
    const content = { ...plainContent, body };
    const text = newTaskText('T-7' as TaskId, content, 'ready', 'person', new Date(0));
    expect(good(text)).toMatchObject({ task: 'T-7', status: 'ready', content: { body } });
    expect(editStatus(text, 'done')).toBe(text.replace('status: ready', 'status: done'));
  });
});

it('reads what the contract writes', () => {
  expect(good(taskText('T-1', 'gate'))).toMatchObject({ status: 'gate' });
});
