import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createCodexCli } from '../../../src/adapters/agent-cli/codex/codex.ts';
import { createHookParser } from '../../../src/adapters/agent-cli/codex/hook-signs.ts';
import { createRolloutParser } from '../../../src/adapters/agent-cli/codex/rollout.ts';
import { loadPrices } from '../../../src/adapters/agent-cli/prices.ts';
import type { AgentId } from '../../../src/core/ids.ts';
import type { LaunchRequest, Signal } from '../../../src/ports/agent-cli.ts';

const prices = loadPrices('assets/prices.yaml');
const cli = createCodexCli(prices);
const parseRollout = (line: string) => createRolloutParser(prices)(line);
const composer = [
  '',
  '› Ask Codex to do anything',
  '',
  '  gpt-5.1-codex default · /w',
  '  ? for shortcuts',
];
const dialog = [
  ...['  Would you like to run the following command?', '', '  Reason: it must', ''],
  ...['  $ rm -r build', '', '› 1. Yes, proceed (y)', "  2. Yes, and don't ask again (p)"],
  ...['  3. No, and tell Codex what to do differently (esc)', ''],
  '  Press enter to confirm or esc to cancel',
];
const read = (title: string, lines: readonly string[]) =>
  cli.readStatus({ told: [], title, notification: '', lines, quietMs: 5_000, now: 0 });

describe('text of the model that looks like something else', () => {
  test.each<[string, readonly string[]]>([
    ['an approval', ['• I would see this:', ...dialog.map(line => `  ${line}`)]],
    ['a working line', ['• Working (3s • esc to interrupt)', '  and so on', '  Worked for 1s']],
    ['an error', ['• ■ exceeded retry limit, last status: 429']],
    ['a goodbye', ['• Then run', '  codex resume 0123', '']],
  ])('%s is text while the input box is there', (_name, text) => {
    expect(read('Ready | p', [...text, ...composer]).status).toBe('idle');
    expect(read('Working | p', [...text, ...composer]).status).toBe('working');
  });
});

test('an approval asks for the command, and is answered by arrows and Enter', () => {
  const { status, question } = read('Working | p', dialog);
  expect([status, question?.text]).toEqual(['permission', 'rm -r build']);
  expect(cli.answerKeys('yes', dialog)).toEqual({ keys: '\r', isLast: true });
  expect(cli.answerKeys('no', dialog)).toEqual({ keys: '\x1b[B\x1b[B', isLast: false });
  expect(cli.answerKeys('yes', composer)).toBeNull();
});

test('a dialog on a screen too low for its keys is none the less a dialog', () => {
  const low = ['  files. Your trust decision will be', '  saved.', '› 1. Trust and continue'];
  expect(read('', low)).toMatchObject({ status: 'permission', question: { kind: 'permission' } });
  const typed = ['› 1. Trust nobody', '  gpt-5.1-codex default · /w', '  ? for shortcuts'];
  expect(read('Ready | p', typed).status).toBe('idle');
});

test('what it waits to be read before it draws is told, and is the person’s to leave', () => {
  const lines = [
    'Codex rebuilt its local database.',
    'Codex detected a damaged local database, moved it into a backup folder, and will go on wi',
    ...[
      'th a fresh database.',
      'Database path: /w/.codex/state_5.sqlite',
      'Press Enter to continue.',
    ],
  ];
  const text = 'Codex rebuilt its local database.';
  expect(read('', lines).question).toMatchObject({ kind: 'question', text });
  expect(cli.answerKeys('yes', lines)).toBeNull();
});

test('on a narrow screen the head is wrapped, the reason too, and the answers that have no place come by arrows', () => {
  const narrow = (pointer: string, ...options: readonly string[]) => [
    ...['  Would you like to run the following', '  command?', '', '  Environment: local', ''],
    ...['  Reason: it must be done because of', '  this and that', '', '  $ rm -r', '  build', ''],
    ...[`› ${pointer}`, ...options, '', '  Press enter to confirm or esc to cancel'],
  ];
  const first = narrow('1. Yes, proceed (y)', '  2. Yes, and don’t ask again', '↓');
  expect(read('Working | p', first).question).toMatchObject({
    ...{ kind: 'permission', text: 'rm -r build' },
  });
  expect(cli.answerKeys('yes', first)).toEqual({ keys: '\r', isLast: true });
  expect(cli.answerKeys('no', first)).toEqual({ keys: '\x1b[B', isLast: false });
  const last = narrow('3. No, and tell Codex what to do', '     differently (esc)');
  expect(read('Working | p', last).question?.text).toBe('rm -r build');
  expect(cli.answerKeys('no', last)).toEqual({ keys: '\r', isLast: true });
});

test('text of many rows in the input box is no dialog', () => {
  const typed = [
    ...['• Earlier.', '', '› Would you like to run the following command?', '  $ rm -r build', ''],
    ...['  › 1. Yes, proceed (y)', '    2. No', '  Press enter to confirm or esc to cancel', ''],
    ...['  gpt-5.1-codex default · /w', '  ⚠ 3 warnings'],
  ];
  expect(read('Ready | p', typed).status).toBe('idle');
});

test('an error is read whole where a narrow screen wraps it', () => {
  const error = ['■ Codex ran out of room in the model’s', 'context window. Start a new thread.'];
  expect(read('Ready | p', ['› go.', ...error, ...composer]).status).toBe('exhausted');
});

test('what it does is read where a narrow screen cuts and wraps it', () => {
  const lines = [
    ...['› go.', '• Reconnecting... 1/2 (0s • esc to interrup…', '  └ We’re experiencing high'],
    ...['    demand, which may cause', '    errors.', ...composer],
  ];
  const { status, reason } = read('Working | p', lines);
  expect([status, reason]).toEqual([
    'retrying',
    expect.stringContaining('attempt 1/2: We’re experiencing high demand, which may cause errors.'),
  ]);
});

test('an approval under a title that is ready is a contradiction', () => {
  expect(read('Ready | p', dialog).status).toBe('unknown');
});

const kinds = (signals: readonly Signal[]) =>
  signals.map(one => (one.kind === 'sign' ? (one.sign.status ?? 'none') : one.kind));
const record = (payload: object) => JSON.stringify({ type: 'event_msg', payload });
const ended = (message: string, codex_error_info: unknown) =>
  record({ type: 'task_complete', error: { message, codex_error_info } });

test.each<[string, string, readonly string[]]>([
  ['a beginning', record({ type: 'task_started' }), ['promptReceived', 'working']],
  ['an end', record({ type: 'task_complete', error: null }), ['idle']],
  ['an interruption', record({ type: 'turn_aborted', reason: 'interrupted' }), ['idle']],
  ['a full context', ended('it is full', 'context_window_exceeded'), ['exhausted']],
  ['a limit', ended('You hit your usage limit.', 'usage_limit_exceeded'), ['limited']],
  ['a server error', ended('busy', 'server_overloaded'), ['failed']],
  ['a record of a later version', record({ type: 'something_new' }), []],
  ['a torn line', '{"type":"event_msg","payl', []],
])('the rollout record of %s', (_name, line, expected) => {
  expect(kinds(parseRollout(line))).toEqual(expected);
});

test('a refused key waits for the person, an overloaded server does not', () => {
  const untilOf = (line: string) => {
    const [signal] = parseRollout(line);
    return signal?.kind === 'sign' ? signal.sign.until : 'no sign';
  };
  const refused = { http_connection_failed: { http_status_code: 401 } };
  expect(untilOf(ended('unauthorized', refused))).toBeNull();
  expect(untilOf(ended('busy', 'server_overloaded'))).toBeUndefined();
});

test('usage: the newest request fills the window, the sum is what was paid', () => {
  const info = {
    total_token_usage: { input_tokens: 100, cached_input_tokens: 60, output_tokens: 9 },
    last_token_usage: { total_tokens: 50 },
    model_context_window: 200,
  };
  expect(parseRollout(record({ type: 'token_count', info }))).toEqual([
    {
      kind: 'usage',
      contextUsed: 0.25,
      costUsd: null,
      tokens: { input: 40, cached: 60, output: 9 },
      contextWindow: 200,
    },
  ]);
  expect(parseRollout(record({ type: 'token_count', info: null }))).toEqual([]);
});

test.each([
  ['gpt-5.1-codex', (40 * 1.25 + 60 * 0.125 + 9 * 10) / 1e6],
  ['a-model-of-next-year', null],
])('cost: %s is reckoned by the price table, or not known', (model, costUsd) => {
  const parse = createRolloutParser(prices);
  parse(JSON.stringify({ type: 'turn_context', payload: { model } }));
  const total_token_usage = { input_tokens: 100, cached_input_tokens: 60, output_tokens: 9 };
  expect(parse(record({ type: 'token_count', info: { total_token_usage } }))).toMatchObject([
    { kind: 'usage', costUsd, model },
  ]);
});

test('cost: a request with a long prompt is dearer as a whole, and the sum is none', () => {
  const parse = createRolloutParser(prices);
  parse(JSON.stringify({ type: 'turn_context', payload: { model: 'gpt-6.1-sol' } }));
  const costOf = (total: number, last: number) => {
    const total_token_usage = { input_tokens: total, cached_input_tokens: 0, output_tokens: 0 };
    const info = { total_token_usage, last_token_usage: { input_tokens: last } };
    const [signal] = parse(record({ type: 'token_count', info }));
    return signal?.kind === 'usage' ? signal.costUsd : null;
  };
  expect(costOf(200_000, 200_000)).toBeCloseTo(0.4, 10);
  expect(costOf(400_000, 200_000)).toBeCloseTo(0.8, 10);
  expect(costOf(700_000, 300_000)).toBeCloseTo(0.8 + 1.2, 10);
});

test('a price that was announced with its end is not known afterwards', () => {
  const on = (day: string) => loadPrices('assets/prices.yaml', day).has('gemini-3.8-flash');
  expect([on('2026-12-31'), on('2027-01-01')]).toEqual([true, false]);
});

describe('a launch', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'belfry-codex-'));
    for (const name of ['own', 'tree', 'team.git/worktrees/eng-1'])
      mkdirSync(join(folder, name), { recursive: true });
    writeFileSync(join(folder, 'tree', '.git'), `gitdir: ${folder}/team.git/worktrees/eng-1\n`);
    writeFileSync(join(folder, 'team.git/worktrees/eng-1/commondir'), '../..\n');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const request = (more: Partial<LaunchRequest> = {}): LaunchRequest => ({
    ...{ agent: 'eng-1' as AgentId, role: 'engineer', session: 's-1', resume: false },
    ...{ worktree: join(folder, 'tree'), home: join(folder, 'own'), model: null, args: [] },
    ...{ permissions: 'ask', systemPrompt: 'You "are" …', env: { HOME: folder }, ...more },
  });
  const argsOf = (more: Partial<LaunchRequest> = {}) => cli.launch(request(more)).args;

  test('keeps the turn in the program and lets git write where a linked worktree needs it', () => {
    const args = argsOf({ permissions: 'auto-edit' });
    expect(args.slice(0, 5)).toEqual([
      ...['--no-daemon', '--sandbox', 'workspace-write', '--ask-for-approval', 'on-request'],
    ]);
    const roots = [`${folder}/team.git`, `${folder}/team.git/worktrees/eng-1`];
    expect(args).toContain(`sandbox_workspace_write.writable_roots=${JSON.stringify(roots)}`);
    expect(args).toContain(
      'developer_instructions="You "are" …"'.replace(/\\?"are\\?"/, '\\"are\\"'),
    );
    expect(args.filter(arg => arg.startsWith('hooks.Stop='))).toHaveLength(1);
  });

  test.each([
    ['ask', 'read-only'],
    ['auto-edit', 'workspace-write'],
    ['full', '--dangerously-bypass-approvals-and-sandbox'],
  ] as const)('permissions: %s', (permissions, arg) => {
    expect(argsOf({ permissions })).toContain(arg);
  });

  test.each([
    ['.codex/hooks.json', '{}'],
    ['.codex/config.toml', '[[hooks.Stop]]\n'],
    ['tree/.codex/hooks.json', '{}'],
  ])('never lets hooks of others run unreviewed: %s', (path, text) => {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), text);
    expect(argsOf().filter(arg => /hook/.test(arg))).toEqual([]);
  });

  test('resumes the thread that the first hook named, while Codex has it', () => {
    const [hooks] = cli.launch(request()).sources(1);
    const id = '01a20ac6-a804-7ea1-ad4d-1e3c68b3e225';
    const sessions = join(folder, '.codex/sessions/2026/01/02');
    const rollout = join(sessions, `rollout-2026-01-02T03-04-05-${id}.jsonl`);
    const started = { hook_event_name: 'SessionStart', transcript_path: rollout };
    expect(kinds(hooks?.parse(JSON.stringify(started)) ?? [])).toEqual(['follow']);
    expect(argsOf({ resume: true })).not.toContain('resume');
    mkdirSync(sessions, { recursive: true });
    const records = [{ type: 'session_meta' }, { payload: { type: 'item_completed' } }];
    writeFileSync(rollout, records.map(one => `${JSON.stringify(one)}\n`).join(''));
    expect(argsOf({ resume: true }).slice(0, 2)).toEqual(['resume', id]);
    expect(argsOf({ resume: true, session: 's-2' })).not.toContain('resume');
  });

  test('follows no file outside of Codex’s sessions', () => {
    const parse = createHookParser(() => null);
    const line = JSON.stringify({
      hook_event_name: 'SessionStart',
      transcript_path: '/etc/passwd',
    });
    expect(parse(line)).toEqual([]);
    const [hooks] = cli.launch(request()).sources(1);
    expect(hooks?.parse(line)).toEqual([]);
  });
});

const idleCodex = ['› Ask Codex to do anything', '', '  gpt-5 default · ~/project'];
const readCodex = (lines: readonly string[], title = '') =>
  cli.readStatus({ told: [], title, notification: '', lines, quietMs: 5_000, now: 0 });

test('a question of its own is one, while the title works', () => {
  const lines = [
    ...['› ask me', '', '  Question 1/1 (1 unanswered)', '  Which parser?', ''],
    ...[
      '  › 1. Old',
      '    2. New',
      '',
      '  tab to add notes | enter to submit answer | esc to interrupt',
    ],
  ];
  expect(readCodex(lines, 'Working | project').status).toBe('question');
});

test('without a network it tries again, and counts nothing', () => {
  const wait = [
    '• Reconnecting... waiting for network (15s • esc to interrupt)',
    '  └ It failed',
    '',
  ];
  expect(readCodex([...wait, ...idleCodex], 'Thinking | project').status).toBe('retrying');
});

test('what the person typed wrong is no failed turn', () => {
  const line = "■ No saved chat found matching 'x'.";
  expect(readCodex([line, '', ...idleCodex], 'Ready | project').status).toBe('idle');
  const early = "■ '/compact' is disabled while a task is in progress.";
  expect(readCodex([early, '', ...idleCodex], 'Working | project').status).toBe('working');
});

test('a tip below what it tries again changes nothing', () => {
  const lines = [
    '◦ Reconnecting... waiting for network (45s • esc to interrupt)',
    '  └ Connection failed: error sending request',
    '  └ Tip: Use /archive to archive the current session.',
  ];
  const { status, reason } = readCodex([...lines, '', ...idleCodex], 'Thinking | project');
  expect([status, reason]).toEqual(['retrying', expect.stringMatching(/sending request$/)]);
});

test('an exceeded quota waits for the person', () => {
  const line = '■ Quota exceeded. Check your plan and billing details.';
  expect(readCodex([line, '', ...idleCodex], 'Ready | project').until).toBeNull();
});

test('an answer without its end is not over where no title says so', () => {
  const answer = ['› go on', '', '• It prints:', '', '  • Working (3s • esc to interrupt)', ''];
  expect(readCodex([...answer, ...idleCodex], 'project').status).toBe('unknown');
  const end = ['  Worked for 3s • 07:36', ''];
  expect(readCodex([...answer, ...end, ...idleCodex], 'project').status).toBe('idle');
  expect(readCodex([...answer, ...idleCodex], 'Ready | project').status).toBe('idle');
});

test('a page over the input box is not idle, whatever the last turn did', () => {
  const [done] = createHookParser(() => null)(JSON.stringify({ hook_event_name: 'Stop' }));
  if (done?.kind !== 'sign') throw new Error('the hook says nothing');
  const lines = [
    ' Resume a previous session',
    '  › 4s ago  hello',
    ' enter resume   esc new',
    ' ↑/↓ browse',
  ];
  const told = [{ source: 'its hook', sign: done.sign, ageMs: 9_000 }];
  const signs = { title: '', notification: '', lines, quietMs: 5_000, now: 0 };
  expect(cli.readStatus({ ...signs, told }).status).toBe('unknown');
});
