import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createChatParser } from '../../../src/adapters/agent-cli/gemini/chat-signs.ts';
import { createLogParser } from '../../../src/adapters/agent-cli/gemini/log-signs.ts';
import { loadPrices } from '../../../src/adapters/agent-cli/prices.ts';
import type { AgentId } from '../../../src/core/ids.ts';
import type { LaunchRequest, SignalSource } from '../../../src/ports/agent-cli.ts';
import { agentCliNamed } from '../../support/recordings.ts';

const user = (...content: readonly object[]) => JSON.stringify({ id: 'u', type: 'user', content });
const answer = (id: string, tokens?: object, model = 'gemini-pro') =>
  JSON.stringify({ id, type: 'gemini', content: 'x', tokens, model });
const tokens = { input: 3_000, cached: 2_000, output: 20, thoughts: 5, tool: 0 };

describe('the log', () => {
  const at = '[2026-11-26T00:58:50.076Z] [WARN]';
  const thrown = String.raw`_ApiError: {"error":{"code":500,"message":"An \"internal\" error."}}`;
  test.each([
    [
      `${at} Attempt 1 failed with status 500. Retrying with backoff... ${thrown}`,
      /^attempt 1 failed: 500 An .*internal.* error\.$/,
      40_000,
    ],
    [
      `${at} Attempt 2 failed: You exceeded your quota. Retrying after 5000ms...`,
      /^attempt 2 failed: You exceeded your quota$/,
      45_000,
    ],
    [`${at} Attempt 3 failed. Retrying with backoff...`, /^attempt 3 failed: an error$/, 40_000],
    [
      `${at} Attempt 1 failed. Retrying with backoff... Error: exception TypeError: fetch failed sending request`,
      /^attempt 1 failed: TypeError: fetch failed sending request$/,
      40_000,
    ],
    [
      `${at} Attempt 4 failed with 429 error (no Retry-After header). Retrying with backoff... Error: no`,
      /^attempt 4 failed: 429 no$/,
      40_000,
    ],
    [
      `${at} Attempt 5 failed with 5xx error. Retrying with backoff... Error: 502 Bad Gateway`,
      /^attempt 5 failed: 5xx 502 Bad Gateway$/,
      40_000,
    ],
  ])('%s', (line, says, holdsForMs) => {
    const [signal] = createLogParser()(line);
    expect(signal).toMatchObject({ kind: 'sign', sign: { status: 'retrying', holdsForMs } });
    expect(signal?.kind === 'sign' && signal.sign.says).toMatch(says);
  });

  test('what a limit of a minute says in several lines is one attempt that failed', () => {
    const parse = createLogParser();
    const lines = [
      `${at} Attempt 2 failed: You exceeded your current quota, please check your plan. `,
      '* Quota exceeded for metric: input_token_count, limit: 125000, model: gemini-2.5-pro',
      'Please retry in 38.204817317s.',
      'Suggested retry after 38s.. Retrying after 44488ms...',
    ];
    expect(lines.slice(0, 3).flatMap(parse)).toEqual([]);
    expect(parse(lines[3] ?? '')).toMatchObject([
      { kind: 'sign', sign: { status: 'retrying', holdsForMs: 84_488 } },
    ]);
    expect(parse('Retrying after 44488ms...')).toEqual([]);
    // Another entry ends it.
    expect([lines[0] ?? '', `${at} Something else`, lines[3] ?? ''].flatMap(parse)).toEqual([]);
  });

  test('until it is set up, the input box that it shows takes nothing', () => {
    const starts = `${at.replace('WARN', 'DEBUG')} Experiments loaded {`;
    const lines = [' >   Type your message or @path/to/file'];
    const status = (line: string, ageMs: number, title = '◇  Ready (eng-1)') => {
      const [told] = createLogParser()(line).flatMap(one =>
        one.kind === 'sign' ? [one.sign] : [],
      );
      if (told === undefined) throw new Error('it says nothing');
      return agentCliNamed('gemini').readStatus({
        told: [{ source: 'its record', sign: told, ageMs }],
        ...{ title, notification: '', lines, quietMs: 0, now: 0 },
      }).status;
    };
    expect(status(starts, 10_000)).toBe('starting');
    expect(status(starts, 10_000, '✦  Working… (eng-1)')).toBe('working');
    const ends = '[STARTUP] StartupProfiler.flush() called with 10 phases';
    const ended = `${at.replace('WARN', 'DEBUG')} ${ends}`;
    expect(status(ended, 2_000)).toBe('starting');
    expect(status(ended, 3_001)).toBe('idle');
  });

  test.each([
    `${at} Attempt 10 failed: no. Max attempts reached`,
    `${at} Ripgrep is not available. Falling back to GrepTool.`,
    `the model says: ${at} Attempt 1 failed. Retrying with backoff...`,
    '    at async retryWithBackoff (file:///x.js:1:2)',
  ])('says nothing by %s', line => expect(createLogParser()(line)).toEqual([]));
});

test.each([
  [401, null],
  [500, undefined],
])('whether a person has to mend an error %i is told', (code, until) => {
  const lines = [` > go`, `✕ [API Error: {"error":{"code":${code},"message":"No.","status":"X"}}]`];
  const signs = { told: [], title: '◇  Ready (eng-1)', notification: '', quietMs: 0, now: 0 };
  const { status, ...reading } = agentCliNamed('gemini').readStatus({ ...signs, lines });
  expect([status, reading.until]).toEqual(['failed', until]);
  const broken = [
    ...lines.join('\n').replace('Error: {', 'Error:\n  {').split('\n'),
    'ℹ It failed.',
  ];
  const narrow = agentCliNamed('gemini').readStatus({ ...signs, lines: broken });
  expect([narrow.status, narrow.until]).toEqual(['failed', until]);
});

test.each(['✋  Action Required (eng-1)', '⏲  Working… (eng-1)', '✦  Working… (eng-1)'])(
  'a silent command is work, though the input box stands there, and the title says %s',
  title => {
    const lines = [
      ...['│ ⊶  Shell npm test              (Tab to focus) │', '╰──────────────╯'],
      ' ! Shell awaiting input (Tab to focus)                    ? for shortcuts',
      ...[' Shift+Tab to accept edits', ' >   Type your message or @path/to/file'],
    ];
    const signs = { told: [], title, notification: '', quietMs: 0, now: 0 };
    const { status, reason } = agentCliNamed('gemini').readStatus({ ...signs, lines });
    expect([status, reason]).toEqual(['working', expect.stringMatching(/silent|Working/)]);
  },
);

test('a model that the account may not use is asked about in its own words', () => {
  const lines = [
    ...['│ It seems like you don’t have access to gemini-pro. │', '│ ● 1. Keep trying │'],
    ...['│   2. Stop │'],
  ];
  const signs = { told: [], title: '✦  Working…', notification: '', quietMs: 0, now: 0 };
  expect(agentCliNamed('gemini').readStatus({ ...signs, lines }).question?.text).toMatch(
    /access to/,
  );
});

const prices = loadPrices('assets/prices.yaml', '2026-10-07');

describe('the chat file', () => {
  test('what it cost is reckoned by the price of each answer’s model, dearer for a long prompt', () => {
    const parse = createChatParser(prices, () => {});
    const cost = (line: string) =>
      parse(line).flatMap(one => (one.kind === 'usage' ? one.costUsd : []));
    const used = { input: 3_000, cached: 2_000, output: 20, thoughts: 5, tool: 0 };
    const short = (1_000 * 2 + 2_000 * 0.2 + 25 * 12) / 1e6;
    const [first] = cost(answer('a', used, 'gemini-3.1-pro-preview'));
    expect(first).toBeCloseTo(short, 10);
    expect(cost(answer('a', used, 'gemini-3.1-pro-preview'))).toEqual([]);
    const long = (248_000 * 4 + 2_000 * 0.4 + 25 * 18) / 1e6;
    const [both] = cost(answer('b', { ...used, input: 250_000 }, 'gemini-3.1-pro-preview'));
    expect(both).toBeCloseTo(short + long, 10);
    expect(cost(answer('c', used, 'gemini-of-next-year'))).toEqual([null]);
    expect(cost(answer('d', used, 'gemini-2.5-pro'))).toEqual([null]);
  });

  test('a prompt is confirmed; results of tools and what the program tells the model are none', () => {
    let prompts = 0;
    const parse = createChatParser(prices, () => {
      prompts += 1;
    });
    expect(parse(user({ text: 'do it' }))[0]).toEqual({ kind: 'promptReceived' });
    expect(parse(user({ functionResponse: { id: 'f' } }))).toEqual([]);
    expect(parse(user({ text: '<session_context>\nThis is …' }))).toEqual([]);
    expect(parse('{"$set":{"lastUpdated":"…"}}')).toEqual([]);
    expect(parse('{"id":"u","type":"us')).toEqual([]);
    expect(prompts).toBe(1);
  });

  test('an answer that is written again counts once', () => {
    const parse = createChatParser(prices, () => {});
    const usage = (line: string) => parse(line).filter(one => one.kind === 'usage');
    expect(usage(answer('a', tokens))).toMatchObject([
      {
        ...{ costUsd: null, model: 'gemini-pro', contextWindow: 1_048_576 },
        tokens: { input: 1_000, cached: 2_000, output: 25 },
      },
    ]);
    expect(usage(answer('a', tokens))).toEqual([]);
    expect(usage(answer('b', tokens))).toMatchObject([{ tokens: { input: 2_000 } }]);
    expect(usage(answer('c'))).toEqual([]);
    const [told] = usage(answer('d', { ...tokens, input: 524_263 }));
    expect(told?.kind === 'usage' && told.contextUsed).toBeCloseTo(0.5, 5);
    expect(usage(answer('e', tokens, 'other'))).toMatchObject([{ contextUsed: null }]);
  });

  test('a resumed chat begins with all that was: it is counted, and confirms nothing', () => {
    const parse = createChatParser(prices, () => {});
    const messages = [JSON.parse(user({ text: 'old' })), JSON.parse(answer('a', tokens))];
    const signals = parse(JSON.stringify({ $set: { messages } }));
    expect(signals.map(({ kind }) => kind)).toEqual(['usage']);
    expect(parse(answer('b', tokens)).at(-1)).toMatchObject({ tokens: { input: 2_000 } });
  });
});

describe('launch', () => {
  const session = '72d73977-a566-41ad-8f20-8d3cc44efb33';
  let folder = '';
  let worktree = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'belfry-gemini-'));
    worktree = join(folder, 'worktree');
    mkdirSync(worktree);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const launch = (more: Partial<LaunchRequest> = {}) =>
    agentCliNamed('gemini').launch({
      ...{ agent: 'eng-1' as AgentId, role: 'engineer', session, resume: false, home: folder },
      ...{ worktree, model: null, permissions: 'ask', args: [], env: { HOME: folder } },
      systemPrompt: 'You are …',
      ...more,
    });
  const projects = () => JSON.stringify({ projects: { [worktree]: 'worktree-1' } });
  const chats = () => join(folder, '.gemini', 'tmp', 'worktree-1', 'chats');
  const followed = (source: SignalSource | undefined, text: string): readonly SignalSource[] =>
    (source?.parse(text) ?? []).flatMap(one => (one.kind === 'follow' ? [one.source] : []));

  test('the chat file of the session is found by the names that Gemini CLI gives', () => {
    const { sources, args, env } = launch();
    expect(args.slice(0, 4)).toEqual(['--session-id', session, '--approval-mode', 'default']);
    const [log, projectsFile] = sources(1);
    expect(env['GEMINI_DEBUG_LOG_FILE']).toBe(log?.path);
    expect(followed(projectsFile, '{"projects":{"/other":"x"}}')).toEqual([]);
    const evil = JSON.stringify({ projects: { [worktree]: '../../x' } });
    expect(followed(projectsFile, evil)).toEqual([]);
    const [names] = followed(projectsFile, projects());
    expect(names).toMatchObject({ path: chats(), reading: 'whole' });
    const chat = 'session-2026-11-23T23-50-72d73977.jsonl';
    const [found, ...others] = followed(names, `session-2026-11-23T23-50-3afb6334.jsonl\n${chat}`);
    expect(found).toMatchObject({ path: join(chats(), chat), reading: 'lines' });
    expect(others).toEqual([]);
  });

  test('its policy stands beside those of the person, and behind what their settings name', () => {
    const own = join(folder, 'gemini-policy.toml');
    const policies = (more: Partial<LaunchRequest> = {}) => launch(more).args.slice(4);
    expect(policies()).toEqual(['--policy', own]);
    expect(policies({ permissions: 'full' })).toEqual(['--skip-trust']);
    const settings = join(folder, '.gemini', 'settings.json');
    const theirs = join(folder, '.gemini', 'policies');
    mkdirSync(theirs, { recursive: true });
    expect(policies()).toEqual(['--policy', theirs, '--policy', own]);
    writeFileSync(settings, '{ "ui": {} }');
    expect(policies()).toHaveLength(4);
    for (const key of ['policyPaths', 'policy\\u0050aths']) {
      writeFileSync(settings, `{ "${key}": ["~/mine.toml"] }`);
      expect(policies()).toEqual([]);
    }
    writeFileSync(settings, '{}');
    const system = join(folder, 'system.json');
    writeFileSync(system, '{ "policyPaths": [] }');
    const env = { HOME: folder, GEMINI_CLI_SYSTEM_SETTINGS_PATH: system };
    expect(policies({ env })).toEqual([]);
  });

  test('it resumes a session only once it had a prompt, and for as long as its chat file is there', () => {
    const chat = join(chats(), 'session-2026-11-23T23-50-72d73977.jsonl');
    mkdirSync(chats(), { recursive: true });
    writeFileSync(chat, '');
    writeFileSync(join(folder, '.gemini', 'projects.json'), projects());
    const [, projectsFile] = launch({ resume: true }).sources(1);
    const [names] = followed(projectsFile, projects());
    const [found] = followed(names, 'session-2026-11-23T23-50-72d73977.jsonl');
    // It was there before the launch: what stands in it is over.
    expect(found?.reading).toBe('newLines');
    expect(launch({ resume: true }).args[0]).toBe('--session-id');
    found?.parse(user({ text: 'do it' }));
    expect(launch({ resume: true }).args.slice(0, 2)).toEqual(['--resume', session]);
    rmSync(chat);
    expect(launch({ resume: true }).args[0]).toBe('--session-id');
  });

  test('the question for trust is told and explained, whatever its title says', () => {
    const lines = [
      ' ╭──────────────────────────────────────────╮',
      ' │ Do you trust the files in this folder?   │',
      ' │                                          │',
      ' │ ● 1. Trust folder (eng-1)                │',
      ' │   2. Trust parent folder (worktrees)     │',
      " │   3. Don't trust                         │",
      ' ╰──────────────────────────────────────────╯',
    ];
    const cli = agentCliNamed('gemini');
    const signs = { told: [], notification: '', lines, quietMs: 0, now: 0 };
    const reading = cli.readStatus({ ...signs, title: '◇  Ready (eng-1)' });
    expect(reading.question?.text).toMatch(/^Gemini CLI asks whether you trust this worktree/);
    expect(cli.answerKeys('yes', lines)).toEqual({ keys: '1', isLast: true });
    const after = [...lines, ' >   Type your message or @path/to/file'];
    expect(cli.readStatus({ ...signs, lines: after, title: '◇  Ready (eng-1)' }).status).toBe(
      'idle',
    );
  });
});
