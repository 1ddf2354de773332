import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createClaudeCli } from '../../../src/adapters/agent-cli/claude/claude.ts';
import { createHookParser } from '../../../src/adapters/agent-cli/claude/hook-signs.ts';
import { parseSessionFile } from '../../../src/adapters/agent-cli/claude/session-sign.ts';
import { parseStatusLine } from '../../../src/adapters/agent-cli/claude/status-line.ts';
import { createTranscriptParser } from '../../../src/adapters/agent-cli/claude/transcript.ts';
import type { AgentId } from '../../../src/core/ids.ts';
import type { LaunchRequest, Signal } from '../../../src/ports/agent-cli.ts';
import { readRecording } from '../../support/recordings.ts';

const cli = createClaudeCli();
const rule = '─'.repeat(60);
const composer = (text = '') => [rule, `❯ ${text}`, rule, '  ⏵⏵ bypass permissions on'];
const dialog = [
  ...[rule, ' Bash command', '', '   rm -r build', '   Remove the build', ''],
  ...[' Do you want to proceed?', ' ❯ 1. Yes', '   2. Yes, and always allow it', '   3. No', ''],
  ' Esc to cancel · Tab to amend',
];
const read = (title: string, lines: readonly string[]) =>
  cli.readStatus({ told: [], title, notification: '', lines, quietMs: 5_000, now: 0 });

describe('text of the model that looks like something else', () => {
  test.each<[string, readonly string[]]>([
    [
      'a permission dialog',
      ['● I would see this:', '', ...dialog.slice(1).map(line => `  ${line}`)],
    ],
    ['a dialog with a rule', ['●', ...dialog.map(line => `  ${line}`)]],
    ['a spinner', ['● The line reads', '  ✻ Thinking… (3s · esc to interrupt)']],
    ['a retry', ['● It says:', '  ✻ 529 Overloaded · retrying in 1s · attempt 2/10']],
    ['a goodbye', ['● Then type', '  claude --resume 1234', '']],
    ['a full context', ['● Claude says “Context limit reached · /compact or /clear”']],
    ['an API error', ['● The log says: API Error: 529 Overloaded']],
    ['a mistake in its configuration', ['● It says:', '  Configuration error']],
    ['a trust dialog', ['● Accessing workspace:', '  Quick safety check: is this yours?']],
  ])('%s is text while the input box is there', (_name, text) => {
    expect(read('✳ Claude Code', [...text, '', ...composer()]).status).toBe('idle');
    expect(read('◐ Claude Code', [...text, '', ...composer()]).status).toBe('working');
  });

  test('text in the input box is no offer to send again', () => {
    expect(read('✳ x', composer('Resend all the mail')).status).toBe('idle');
  });
});

test('a mistake in its own configuration is told, and is the person’s to leave', () => {
  const lines = [
    ...['─'.repeat(60), '  Configuration error', "  /srv/me/.claude.json isn't valid JSON."],
    ...['  ❯ 1. Exit and fix manually', '    2. Reset to default configuration'],
    '  Enter to confirm · Esc to cancel',
  ];
  const text = 'Claude Code cannot read its own configuration file; look at its screen';
  expect(read('', lines).question).toMatchObject({ kind: 'question', text });
});

test('a dialog asks what it shows, and is answered by what it offers', () => {
  const { status, question } = read('✳ Claude Code', dialog);
  expect(status).toBe('permission');
  expect(question?.text).toContain('rm -r build');
  expect(cli.answerKeys('yes', dialog)).toEqual({ keys: '1', isLast: true });
  expect(cli.answerKeys('no', dialog)).toEqual({ keys: '3', isLast: true });
  const unnumbered = ['', ' Do you want to proceed?', ' ❯ No', '   Yes', '', ' Esc to cancel'];
  expect(cli.answerKeys('yes', unnumbered)).toEqual({ keys: '\x1b[B', isLast: false });
  expect(cli.answerKeys('no', unnumbered)).toEqual({ keys: '\r', isLast: true });
  expect(cli.answerKeys('yes', composer())).toBeNull();
});

test('a tip over the command is not asked about, also where it takes two rows', () => {
  const asked = readRecording('claude/claude-tip-44x20', { withHooks: false }).at(-1);
  expect(asked?.reading.question?.text).toMatch(/^Bash command · Remove build dir · rm -rf build/);
});

test.each<[string, readonly string[], string]>([
  [
    'whose question takes two rows',
    [
      ' Do you want to create',
      ' a-file-of-a-long-name.ts?',
      ' ❯ 1. Yes',
      '   3. No',
      ' Esc to cancel',
    ],
    'a-file-of-a-long-name.ts?',
  ],
  [
    'that names no keys',
    [
      ' Do you want to allow Claude to fetch this',
      ' content?',
      ' ❯ 1. Yes',
      '   3. No, and tell',
      '      Claude',
    ],
    'fetch this',
  ],
  ['to leave the plan mode', [' Exit plan mode?', '', ' ❯ 1. Yes', '   2. No'], 'Exit plan mode?'],
])('a dialog %s asks permission', (_name, rows, said) => {
  const { status, question } = read('✳ Claude Code', [rule, ...rows]);
  expect([status, question?.kind]).toEqual(['permission', 'permission']);
  expect(question?.text).toContain(said);
  // The same as words of the model, over the input box.
  const quoted = ['● It shows', ...rows.map(row => `  ${row}`), '', ...composer()];
  expect(read('✳ Claude Code', quoted).status).toBe('idle');
});

test('a plan is a permission, and a yes to it goes on asking', () => {
  const plan = [
    ...[rule, ' Ready to code?', ' Here is Claude’s plan:', ' 1. Do you want to proceed?', rule],
    ...[
      ' Claude has written up a plan and is ready to execute. Would you like to',
      ' proceed?',
      '',
    ],
    ...[' ❯ 1. Yes, and use auto mode', '   2. Yes, manually approve edits'],
    ...['   3. Tell Claude what to change', '      shift+tab to approve with this feedback', ''],
    ' ctrl+g to edit in Vim · ~/.claude/plans/plan-it.md',
  ];
  expect(read('✳ Claude Code', plan).question).toMatchObject({
    ...{ kind: 'permission', text: expect.stringContaining('written up a plan') },
  });
  expect(cli.answerKeys('yes', plan)).toEqual({ keys: '2', isLast: true });
  expect(cli.answerKeys('no', plan)).toEqual({ keys: '\x1b', isLast: true });
});

test('text above a dialog is not the dialog', () => {
  const prose = [
    '● Then it shows',
    '  Accessing workspace:',
    '  ❯ No, exit',
    '  Yes, I trust this folder',
  ];
  expect(read('✳ Claude Code', [...prose, ...dialog]).question?.text).toContain('rm -r build');
});

test('a title that works against a dialog is a contradiction, and both are named', () => {
  const { status, reason } = read('◐ Claude Code', dialog);
  expect(status).toBe('unknown');
  expect(reason).toMatch(/its title says working, its screen says a dialog/);
});

test.each<[string, string, string | null]>([
  ['a limit of the subscription', "● You've hit your session limit · resets 3pm (UTC)", 'limited'],
  ['an error of the server', '● API Error: 500 Internal server error', 'failed'],
  ['a full context', '  ⎿  Context limit reached · /compact or /clear to continue', 'exhausted'],
])('%s ends the turn', (_name, line, status) => {
  const lines = ['❯ do it', line, ...composer('Once fixed, resend your message')];
  expect(read('✳ Claude Code', lines).status).toBe(status);
});

test('what ended a turn stands under the work that went before', () => {
  const note = '  ⎿  Context limit reached · /compact or /clear to continue';
  const above = ['❯ do it', '● I look around.', '  Listed 1 directory', note, ''];
  const offer = composer('Once fixed, resend your message');
  expect(read('✳ Claude Code', [...above, ...offer]).status).toBe('exhausted');
  // A result of a tool that reads the same ends no turn.
  expect(read('✳ Claude Code', [...above, '● It says so.', ...composer()]).status).toBe('idle');
});

test.each<[string, string]>([
  ['a limit', '● 5-hour limit reached ∙ resets 3pm'],
  ['how much of a limit is used', '● You’ve used 90% of your session limit · resets 3pm (UTC)'],
  ['a full context', '● Prompt is too long · /compact'],
  ['a refused key', '● Invalid API key · Fix external API key'],
])('%s, quoted as the first words of an answer, ends no turn', (_name, line) => {
  const lines = ['❯ what does the log say?', line, '', '✻ Brewed for 3s', ...composer()];
  expect(read('✳ Claude Code', lines).status).toBe('idle');
});

test('a turn that ended well ended well, whatever its words', () => {
  const lines = ['❯ what does it say?', '● API Error: 529 Overloaded', ''];
  const well = '✻ Brewed for 3s · done 7:23 AM · 1 shell still running';
  expect(read('✳ Claude Code', [...lines, ...composer()]).status).toBe('failed');
  expect(read('✳ Claude Code', [...lines, well, ...composer()]).status).toBe('idle');
});

test('an offer to send again stands under something that failed', () => {
  const offer = 'Resend your message to try again';
  expect(read('✳ Claude Code', [' Claude Code v2.1.330', ...composer(offer)]).status).toBe('idle');
});

const menu = [
  ...[rule, '  What do you want to do?', '', '  ❯ 1. Stop and wait for limit to reset'],
  ...['    2. Upgrade your plan', '', '  Enter to confirm · Esc to cancel'],
];
const limit = [
  '❯ go on',
  '  ⎿  You’ve hit your weekly limit · resets Nov 28, 7:32pm',
  '     (UTC)',
  '',
];

test('the menu that comes with a limit is the limit, and is closed before anything is typed', () => {
  const { status, question, reason } = read('✳ Claude Code', [...limit, ...menu]);
  expect([status, question]).toEqual(['limited', null]);
  expect(reason).toContain('7:32pm (UTC)');
  const failed = createHookParser(() => null)(
    hook('StopFailure', { last_assistant_message: 'You’ve hit your weekly limit' }),
  );
  const open = parseSessionFile('{"pid":7,"status":"waiting","waitingFor":"dialog open"}', 7);
  const told = [...open, ...failed].flatMap(one =>
    one.kind === 'sign' ? [{ source: 'it', sign: one.sign, ageMs: 0 }] : [],
  );
  const signs = { title: '✳ x', notification: '', lines: menu, quietMs: 5_000, now: 0 };
  expect(cli.readStatus({ ...signs, told }).status).toBe('limited');
  expect(cli.clearKeys?.([...limit, ...menu])).toBe('\x1b');
  expect(cli.clearKeys?.(dialog)).toBeNull();
  const quoted = ['● It shows', ...menu.map(line => `  ${line}`), ...composer()];
  expect(cli.clearKeys?.(quoted)).toBeNull();
});

test('2.1.330 goes on by itself after a limit, which is one until then', () => {
  const lines = ['● Usage limit reached · set to continue automatically at 7:32pm', ''];
  expect(read('✳ Claude Code', [...limit, ...lines, ...composer()])).toMatchObject({
    ...{ status: 'limited', reason: expect.stringContaining('7:32pm (UTC)') },
  });
});

test('a question of the model is none for permission, whatever its words', () => {
  const question = [
    ...[rule, '←  ☐ Parts  ☐ Go  ✔ Submit  →', '', 'Do you want to proceed?', '', '❯ 1. Yes'],
    ...['  2. No', rule, '  3. Chat about this', '', 'Enter to select · Esc to cancel'],
  ];
  expect(read('✳ Claude Code', question).status).toBe('question');
  const review = [rule, 'Review your answers', '', '❯ 1. Submit answers', '  2. Cancel'];
  expect(read('✳ Claude Code', review).status).toBe('question');
});

test.each<[string, readonly string[], string]>([
  ['settings', [rule, '  Settings  Status', '  ↓ to navigate · Esc to go back'], 'question'],
  ['a task', [rule, '  Serve', '  ← to go back · Esc/Enter/Space to close'], 'question'],
  ['the theme', ['❯ /theme', rule, '  Choose the text style', '  Esc to cancel'], 'question'],
  ['all that was said', [rule, '  Showing detailed transcript · ctrl+o to toggle'], 'unknown'],
])('%s over the input box: nothing can be typed', (_name, lines, status) => {
  const done = createHookParser(() => null)(hook('Stop'));
  const told = done.flatMap(one =>
    one.kind === 'sign' ? [{ source: 'its hook', sign: one.sign, ageMs: 9_000 }] : [],
  );
  const signs = { title: '✳ x', notification: '', lines, quietMs: 5_000, now: 0 };
  expect(cli.readStatus({ ...signs, told }).status).toBe(status);
  expect(cli.readStatus({ ...signs, told: [] }).status).toBe(status);
});

test('a title follows the spinner', () => {
  const lines = ['❯ go on', '✽ Nucleating…', ...composer()];
  expect(read('✳ Claude Code', lines).status).toBe('working');
});

test('a prompt that waited begins its turn without a hook', () => {
  const parse = createHookParser(() => null);
  for (const prompt of ['one', 'two']) parse(hook('UserPromptSubmit', { prompt }));
  expect(kinds(parse(hook('Stop')))).toEqual(['none']);
  parse(hook('UserPromptSubmit', { prompt: 'three' }));
  expect(kinds(parse(hook('Stop')))).toEqual(['idle']);
});

const hook = (event: string, more: object = {}) =>
  JSON.stringify({ hook_event_name: event, ...more });
const kinds = (signals: readonly Signal[]) =>
  signals.map(one => (one.kind === 'sign' ? (one.sign.status ?? 'none') : one.kind));

test.each<[string, string, readonly string[]]>([
  ['a prompt', hook('UserPromptSubmit', { prompt: 'x' }), ['promptReceived', 'working']],
  ['a tool', hook('PreToolUse', { tool_name: 'Bash' }), ['working']],
  ['an end', hook('Stop'), ['idle']],
  ['an end with work in the background', hook('Stop', { background_tasks: [{}] }), ['none']],
  ['a failure', hook('StopFailure', { error: 'server_error' }), ['failed']],
  [
    'a permission',
    hook('PermissionRequest', { tool_name: 'Bash', tool_input: { command: 'ls' } }),
    ['permission'],
  ],
  [
    'a question',
    hook('PermissionRequest', { tool_name: 'AskUserQuestion', tool_input: {} }),
    ['question'],
  ],
  ['an event of a later version', hook('SomethingNew'), []],
  ['a torn line', '{"hook_event_name":"Stop","last_assistant_mess', ['idle']],
  [
    'two lines in one',
    `${hook('PreToolUse')}${hook('UserPromptSubmit')}`,
    ['promptReceived', 'working'],
  ],
  ['text', 'no JSON', []],
])('the hook of %s', (_name, line, expected) => {
  expect(kinds(createHookParser(() => null)(line))).toEqual(expected);
});

test('a failure that only a person can mend is not tried again', () => {
  const text = { error: 'authentication_failed', last_assistant_message: 'Invalid API key' };
  const [signal] = createHookParser(() => null)(hook('StopFailure', text));
  expect(signal).toMatchObject({ sign: { status: 'failed', until: null } });
});

test.each<[string, readonly string[]]>([
  ['{"pid":7,"status":"idle"}', ['idle']],
  ['{"pid":7,"status":"busy"}', ['working']],
  ['{"pid":7,"status":"waiting","waitingFor":"permission prompt"}', ['permission']],
  ['{"pid":7,"status":"waiting","waitingFor":"input needed"}', ['question']],
  ['{"pid":7,"status":"waiting","waitingFor":"dialog open"}', ['none']],
  ['{"pid":7,"status":"dancing"}', []],
  // Left by a program that was killed, whose pid another one has.
  ['{"pid":8,"status":"idle"}', []],
  ['{"pid":7,"sta', []],
])('the session file %s', (text, expected) => {
  expect(kinds(parseSessionFile(text, 7))).toEqual(expected);
});

test('usage: the status line tells context and cost, the transcript tokens, each message once', () => {
  const status = { context_window: { used_percentage: 62 }, cost: { total_cost_usd: 0.5 } };
  expect(parseStatusLine(JSON.stringify(status))).toEqual([
    { kind: 'usage', contextUsed: 0.62, costUsd: 0.5, tokens: null },
  ]);
  // Before the first answer it tells the size alone.
  const fresh = { context_window: { context_window_size: 1_000_000, used_percentage: null } };
  expect(parseStatusLine(JSON.stringify(fresh))).toEqual([
    { kind: 'usage', contextUsed: null, costUsd: null, tokens: null, contextWindow: 1_000_000 },
  ]);
  const parse = createTranscriptParser();
  const record = (id: string, output_tokens: number) =>
    JSON.stringify({
      type: 'assistant',
      message: { id, usage: { input_tokens: 10, cache_read_input_tokens: 5, output_tokens } },
    });
  const lines = [record('a', 1), record('a', 7), record('a', 7), '{"type":"assi', record('b', 2)];
  const sums = lines.flatMap(line => parse(line)).map(one => one.kind === 'usage' && one.tokens);
  expect(sums).toEqual([
    { input: 10, cached: 5, output: 1 },
    { input: 10, cached: 5, output: 7 },
    { input: 20, cached: 10, output: 9 },
  ]);
});

test.each([
  ['claude-sonnet-4-5', { model: 'claude-sonnet-4-5' }],
  // What the program wrote itself.
  ['<synthetic>', {}],
])('the transcript names the model: %s', (model, expected) => {
  const message = { id: 'a', model, usage: { input_tokens: 1, output_tokens: 1 } };
  const [signal] = createTranscriptParser()(JSON.stringify({ type: 'assistant', message }));
  const {
    kind: _kind,
    contextUsed: _context,
    costUsd: _cost,
    tokens: _tokens,
    ...rest
  } = signal?.kind === 'usage' ? signal : ({} as Extract<Signal, { kind: 'usage' }>);
  expect(rest).toEqual(expected);
});

describe('a launch', () => {
  let folder = '';
  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'belfry-claude-')));
    mkdirSync(join(folder, 'own'));
    mkdirSync(join(folder, 'work.tree'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const request = (more: Partial<LaunchRequest> = {}): LaunchRequest => ({
    ...{ agent: 'eng-1' as AgentId, role: 'engineer', session: 's-1', resume: false },
    ...{ worktree: join(folder, 'work.tree'), home: join(folder, 'own'), model: null, args: [] },
    ...{ permissions: 'ask', systemPrompt: 'You are …', env: { HOME: folder }, ...more },
  });

  test('names the session, the mode and settings of its own, and leaves the person’s alone', () => {
    const { file, args } = cli.launch(request({ model: 'opus', args: ['--verbose'] }));
    const settings = join(folder, 'own', 'claude-settings.json');
    expect([file, ...args]).toEqual([
      ...['claude', '--settings', settings, '--session-id', 's-1', '--permission-mode', 'default'],
      ...['--model', 'opus', '--append-system-prompt', 'You are …', '--verbose'],
    ]);
    const { hooks, permissions, tui } = JSON.parse(readFileSync(settings, 'utf8'));
    expect(permissions.allow).toContain('Bash(belfry done:*)');
    expect(Object.keys(hooks)).toContain('StopFailure');
    // Unknown to 2.1.197, where it opens a dialog that blocks.
    expect(Object.keys(hooks)).not.toContain('PreModelSwitch');
    expect(tui).toBe('default');
  });

  test.each([
    ['ask', 'default'],
    ['auto-edit', 'acceptEdits'],
    ['full', 'bypassPermissions'],
  ] as const)('permissions: %s', (permissions, mode) => {
    expect(cli.launch(request({ permissions })).args).toContain(mode);
  });

  test('follows the transcript that a hook names, and no other file', () => {
    const [, hooks] = cli.launch(request()).sources(1);
    const started = (transcript_path: string) =>
      kinds(hooks?.parse(hook('SessionStart', { transcript_path })) ?? []);
    expect(started(join(folder, '.claude/projects/p/s-1.jsonl'))).toEqual(['follow']);
    expect(started('/etc/passwd')).toEqual([]);
    expect(started(join(folder, '.claude/projects/../.credentials.json'))).toEqual([]);
  });
});
