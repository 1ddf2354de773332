import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createEventParser } from '../../../src/adapters/agent-cli/opencode/event-signs.ts';
import { pluginText } from '../../../src/adapters/agent-cli/opencode/plugin-text.ts';
import type { AgentId } from '../../../src/core/ids.ts';
import type { LaunchRequest, Signal } from '../../../src/ports/agent-cli.ts';
import { agentCliNamed } from '../../support/recordings.ts';

const main = 'ses_main';
const part = 'ses_part';
const event = (type: string, properties: object, at = 1_000): string =>
  JSON.stringify({ at, type, properties });
const status = (told: object, sessionID = main) =>
  event('session.status', { sessionID, status: told });
const asked = (id: string, command: string, sessionID = main) =>
  event('permission.asked', { id, sessionID, permission: 'bash', metadata: { command } });
const replied = (requestID: string) =>
  event('permission.replied', { sessionID: main, requestID, reply: 'once' });
const failed = (name: string, data: object, sessionID = main) =>
  event('session.error', { sessionID, error: { name, data } });
const idle = event('session.idle', { sessionID: main });
const begunPart = event('session.created', { info: { id: part, parentID: main } });

const read = (...lines: readonly string[]): readonly Signal[] => {
  const parse = createEventParser(() => {});
  return lines.flatMap(line => parse(line));
};
const lastSign = (...lines: readonly string[]) => {
  const found = read(...lines).findLast(one => one.kind === 'sign');
  return found?.kind === 'sign' ? found.sign : null;
};

test('a turn is busy until it is idle', () => {
  expect(lastSign(status({ type: 'busy' }))?.status).toBe('working');
  expect(lastSign(status({ type: 'busy' }), idle)?.status).toBe('idle');
});

test('a subagent that is done or fails is not the end of the turn, and its question is the session’s', () => {
  const ends = [status({ type: 'idle' }, part), failed('APIError', { message: 'no' }, part)];
  expect(lastSign(begunPart, status({ type: 'busy' }), ...ends)?.status).toBe('working');
  expect(lastSign(begunPart, status({ type: 'busy' }), ...ends, idle)?.status).toBe('idle');
  expect(lastSign(begunPart, asked('p', 'ls', part))?.question?.text).toBe('ls');
});

test('of two permissions that wait the second is asked when the first is answered', () => {
  const both = [status({ type: 'busy' }), asked('p1', 'make'), asked('p2', 'make test')];
  expect(lastSign(...both)?.question).toMatchObject({ id: 'p1', kind: 'permission', text: 'make' });
  expect(lastSign(...both, status({ type: 'busy' }))?.question?.id).toBe('p1');
  expect(lastSign(...both, replied('p1'))?.question?.text).toBe('make test');
  expect(lastSign(...both, replied('p1'), replied('p2'))).toMatchObject({
    ...{ status: 'working', question: null },
  });
});

test('a question of the model is one, and files and addresses are named in permissions', () => {
  const question = event('question.asked', {
    ...{ id: 'q', sessionID: main, questions: [{ question: 'Which colour?', options: [] }] },
  });
  expect(lastSign(question)?.question).toMatchObject({ kind: 'question', text: 'Which colour?' });
  const edit = event('permission.asked', {
    ...{ id: 'p', sessionID: main, permission: 'edit', patterns: ['a.ts'] },
    metadata: { filepath: '/w/a.ts', diff: '…' },
  });
  expect(lastSign(edit)?.question?.text).toBe('edit /w/a.ts');
});

describe('errors', () => {
  test.each<[string, object, object]>([
    ['APIError', { message: 'invalid key', statusCode: 401 }, { status: 'failed', until: null }],
    ['APIError', { message: 'overloaded', statusCode: 529 }, { status: 'failed' }],
    ['APIError', { message: 'You reached your usage limit' }, { status: 'limited' }],
    [
      'APIError',
      { message: 'Your credit balance is too low to access the API.', statusCode: 400 },
      { status: 'failed', until: null },
    ],
    [
      'APIError',
      { message: 'You exceeded your current quota, please check your plan and billing details.' },
      { status: 'failed', until: null },
    ],
    [
      'APIError',
      { message: 'You exceeded your quota, please check billing. Please retry in 38.2s.' },
      { status: 'limited' },
    ],
    ['ProviderAuthError', { message: 'log in' }, { status: 'failed', until: null }],
    ['ContentFilterError', { message: 'The response was blocked' }, { status: 'failed' }],
    ['ContextOverflowError', { message: 'too long' }, { status: 'exhausted' }],
    ['MessageAbortedError', { message: 'aborted' }, { status: 'idle' }],
  ])('%s %j', (name, data, expected) => {
    const turn = [status({ type: 'busy' }), failed(name, data), status({ type: 'idle' }), idle];
    expect(lastSign(...turn)).toMatchObject(expected);
    // The next turn is a new one.
    expect(lastSign(...turn, status({ type: 'busy' }), idle)?.status).toBe('idle');
  });

  test('a retry tells its attempt and error; one that lies far ahead is a limit with its time', () => {
    const retry = (next: number) =>
      lastSign(status({ type: 'retry', attempt: 3, message: 'Overloaded', next }));
    expect(retry(9_000)).toMatchObject({
      ...{ status: 'retrying', says: 'retrying, attempt 3: Overloaded' },
    });
    expect(retry(3_600_000)).toMatchObject({ status: 'limited', until: 3_630_000 });
  });
});

test('usage is the sum of the session and its subagents; context is that of the newest answer', () => {
  const told = (id: string, input: number, cost: number, parentID?: string) => {
    const tokens = { input, output: 1, reasoning: 2, cache: { read: 10, write: 4 } };
    return event('session.updated', { sessionID: id, info: { id, parentID, tokens, cost } });
  };
  const tokens = { input: 40, output: 5, reasoning: 5, cache: { read: 30, write: 20 } };
  const info = { id: 'm', role: 'assistant', sessionID: main, tokens, modelID: 'big' };
  const signals = read(
    event('belfry.model', { sessionID: main, window: 1_000 }),
    told(main, 100, 0.5),
    begunPart,
    told(part, 20, 0.25, main),
    event('message.updated', { sessionID: main, info }),
  );
  expect(signals.at(-1)).toEqual({
    ...{ kind: 'usage', contextUsed: 0.1, contextWindow: 1_000, model: 'big', costUsd: 0.75 },
    tokens: { input: 128, cached: 20, output: 6 },
  });
  expect(read(told(main, 100, 0))).toMatchObject([{ costUsd: null }]);
});

test('each prompt is confirmed once, and what it cannot read says nothing', () => {
  const prompt = (id: string) =>
    event('message.updated', { sessionID: main, info: { id, role: 'user', sessionID: main } });
  const signals = read(prompt('msg_1'), prompt('msg_1'), prompt('msg_2'), prompt('msg_1'));
  expect(signals).toEqual([{ kind: 'promptReceived' }, { kind: 'promptReceived' }]);
  expect(read('{"type":"session.sta', '[]', event('new.event', {}), '{"type":"x"}')).toEqual([]);
});

test('its input box is found when what stands below it breaks', () => {
  const lines = [
    '  ┃',
    '  ┃  Build · A Model',
    `  ╹${'▀'.repeat(90)}`,
    '   /srv/src/a-folder-with-a-name/that-is-longer-than/  3.0K (2%) · $0.ctrl+p',
    '   the-line-allows                                                   commands',
  ];
  const signs = { told: [], title: 'OpenCode', notification: '', quietMs: 0, now: 0 };
  const cli = agentCliNamed('opencode');
  expect(cli.readStatus({ ...signs, lines }).status).toBe('idle');
  const working = [...lines.slice(0, 3), '   ■■■⬝⬝⬝⬝⬝  esc interrupt      ctrl+p commands'];
  expect(cli.readStatus({ ...signs, lines: working }).status).toBe('working');
});

const box = (...rows: readonly string[]) => ['', ...rows, ''].map(row => `  ┃  ${row}`.trimEnd());
const closed = (more = ' · 2.4s') => `     ▣  Build · A Model${more}`;
test.each<[string, readonly string[], string]>([
  [
    'an error behind the prompt',
    [...box('Count'), ...box('no key', '', 'at all'), closed('')],
    'failed',
  ],
  [
    'an error that a message in the corner stands over',
    ['  ┃  Count', `  ┃${' '.repeat(30)}┃  a filter  ┃`, `${' '.repeat(33)}┃  of ours   ┃`].concat(
      ...[`  ┃${' '.repeat(30)}┃${' '.repeat(12)}┃`, '  ┃  no key', '  ┃', closed()],
    ),
    'failed',
  ],
  ['an error behind words', [...box('Count'), '     Two.', ...box('a filter'), closed()], 'failed'],
  [
    'an answer',
    [...box('Count'), ...box('no key'), ...box('Go on'), '     Two.', closed()],
    'idle',
  ],
  ['a prompt without an answer', ['     Two.', closed(), ...box('Go on'), closed('')], 'idle'],
  ['a tool that was cut', [...box('Count'), ...box('$ seq 2', '', '1'), closed('')], 'idle'],
  ['a turn that was cut', ['     Two', ...box('no key'), closed(' · interrupted')], 'idle'],
])('its screen tells how a turn ended: %s', (_name, rows, expected) => {
  const lines = [...rows, ...box('', 'Build · A Model'), `  ╹${'▀'.repeat(90)}`];
  const signs = { told: [], title: 'OC | it', notification: '', quietMs: 0, now: 0 };
  const { status: told, reason } = agentCliNamed('opencode').readStatus({ ...signs, lines });
  expect(told).toBe(expected);
  if (told === 'failed') expect(reason).toMatch(/^its screen says (no key|a filter)$/);
});

test('an attempt that is made again is seen on its screen; that a limit is waited for, its plugin tells', () => {
  const row = '   ⬝⬝⬝■■■■■ Rate limited [retrying in 25s attempt #1]          esc interrupt';
  const lines = ['  ┃  Build · A Model', `  ╹${'▀'.repeat(70)}`, row];
  const signs = { title: 'OC | it', notification: '', quietMs: 0, now: 0, lines };
  const cli = agentCliNamed('opencode');
  expect(cli.readStatus({ ...signs, told: [] }).status).toBe('retrying');
  const [limit] = read(status({ type: 'retry', attempt: 1, message: 'Exceeded', next: 9e6 }));
  if (limit?.kind !== 'sign') throw new Error('the plugin says nothing');
  const told = [{ source: 'its plugin', sign: limit.sign, ageMs: 0 }];
  expect(cli.readStatus({ ...signs, told }).status).toBe('limited');
});

test.each<[string, readonly string[], string, string]>([
  [
    'an edit',
    [
      '△ Permission required',
      '  → Edit parse.ts',
      '1 + # Do it?',
      'Allow once   Allow always   Reject',
    ],
    ...(['permission', 'Edit parse.ts'] as const),
  ],
  [
    'a page',
    [
      '% WebFetch https://a.b',
      'URL: https://a.b/docs',
      'Allow once   Allow always   Reject  ⇆ select',
    ],
    ...(['permission', 'https://a.b/docs'] as const),
  ],
  [
    'a question of the model',
    [
      'Which parser do you want?',
      '',
      '1. Old',
      '2. New',
      '',
      '↑↓ select  enter submit  esc dismiss',
    ],
    ...(['question', 'Which parser do you want?'] as const),
  ],
])('its screen tells what is asked: %s', (_name, rows, expected, text) => {
  const lines = [...rows, ''].map(row => `  ┃  ${row}`.trimEnd());
  const signs = { told: [], title: 'OC | it', notification: '', quietMs: 0, now: 0 };
  const { status: told, question } = agentCliNamed('opencode').readStatus({ ...signs, lines });
  expect([told, question?.text]).toEqual([expected, text]);
});

describe('launch', () => {
  let home = '';
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'belfry-opencode-'));
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));

  const launch = (more: Partial<LaunchRequest>) =>
    agentCliNamed('opencode').launch({
      ...{ agent: 'eng-1' as AgentId, role: 'engineer', session: 's-1', resume: false, home },
      ...{ worktree: '/w', model: null, permissions: 'ask', args: [], env: {} },
      systemPrompt: 'You are …',
      ...more,
    });
  const settingsOf = (env: Readonly<Record<string, string>>) =>
    JSON.parse(env['OPENCODE_CONFIG_CONTENT'] ?? '');

  test('settings are added to those that the person gives, and nothing is written elsewhere', () => {
    const own = { theme: 'mine', plugin: ['theirs'], instructions: ['theirs.md'] };
    const { env, args } = launch({ env: { OPENCODE_CONFIG_CONTENT: JSON.stringify(own) } });
    expect(args).toEqual([]);
    const settings = settingsOf(env);
    expect(settings).toMatchObject({ theme: 'mine', permission: { bash: 'ask', edit: 'ask' } });
    expect(settings.plugin).toEqual(['theirs', pathToFileURL(join(home, 'belfry-plugin.js')).href]);
    expect(settings.instructions).toEqual(['theirs.md', join(home, 'instructions.md')]);
    expect(readFileSync(join(home, 'instructions.md'), 'utf8')).toBe('You are …');
  });

  test('full asks nothing, auto-edit edits', () => {
    const full = launch({ permissions: 'full' });
    expect([full.args, settingsOf(full.env).permission]).toEqual([['--auto'], undefined]);
    const { permission } = settingsOf(launch({ permissions: 'auto-edit' }).env);
    expect(permission).toMatchObject({ edit: 'allow', bash: 'ask' });
  });

  test('it resumes the session whose id it told, and begins afresh without one', () => {
    const { sources } = launch({});
    expect(launch({ resume: true }).args).toEqual([]);
    const [events] = sources(1);
    events?.parse(begunPart);
    expect(launch({ resume: true }).args).toEqual([]);
    events?.parse(event('session.created', { info: { id: main } }));
    expect(launch({ resume: true }).args).toEqual(['--session', main]);
    expect(launch({ resume: true, session: 's-2' }).args).toEqual([]);
  });

  test('the plugin writes the events that count, without what is large, and bears a full disk', async () => {
    const file = join(home, 'events.jsonl');
    const client = {};
    const load = async (path: string) => {
      const text = Buffer.from(pluginText(path)).toString('base64');
      const { Belfry } = await import(`data:text/javascript;base64,${text}`);
      return Belfry({ client });
    };
    const plugin = await load(file);
    await plugin.event({ event: { type: 'message.part.delta', properties: {} } });
    expect(existsSync(file)).toBe(false);
    const info = { id: 'm', role: 'user', summary: { diffs: ['x'.repeat(1_000)] } };
    await plugin.event({ event: { type: 'message.updated', properties: { info } } });
    await plugin['chat.params']({ sessionID: main, model: { limit: { context: 5 } } });
    const lines = readFileSync(file, 'utf8')
      .trim()
      .split('\n')
      .map(line => JSON.parse(line));
    expect(lines).toMatchObject([
      { type: 'message.updated', properties: { info: { id: 'm', role: 'user' } } },
      { type: 'belfry.model', properties: { sessionID: main, window: 5 } },
    ]);
    expect(lines[0].properties.info.summary).toBeUndefined();
    const homeless = await load(join(home, 'no', 'such', 'folder'));
    await homeless.event({ event: { type: 'session.idle', properties: {} } });
  });

  test('the plugin says yes to a word to Belfry alone, and tells Belfry of what it could not', async () => {
    const file = join(home, 'events.jsonl');
    const answered: object[] = [];
    let error: object | undefined;
    const client = {
      postSessionIdPermissionsPermissionId: async (answer: object) => {
        answered.push(answer);
        return { error };
      },
    };
    const text = Buffer.from(pluginText(file)).toString('base64');
    const { Belfry } = await import(`data:text/javascript;base64,${text}#own`);
    const plugin = await Belfry({ client });
    const asks = (command: string, more = {}) =>
      plugin.event({ event: { ...JSON.parse(asked('p', command)), ...more } });
    await asks("belfry done --summary 'it is; done'");
    expect(answered).toEqual([
      { path: { id: main, permissionID: 'p' }, body: { response: 'once' } },
    ]);
    expect(existsSync(file)).toBe(false);
    await asks('PATH=.; belfry done');
    const properties = { id: 'p', sessionID: main, permission: 'edit' };
    await asks('', { properties: { ...properties, metadata: { command: 'belfry done' } } });
    await asks('', { properties: { ...properties, permission: 'bash' } });
    expect(answered).toHaveLength(1);
    error = {};
    await asks('belfry done');
    expect(answered).toHaveLength(2);
    expect(readFileSync(file, 'utf8').trim().split('\n')).toHaveLength(4);
  });
});
