import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { noPrices } from '../../../src/adapters/agent-cli/prices.ts';
import { createAgentCli, UnknownAgentCliError } from '../../../src/adapters/agent-cli/registry.ts';
import { createScriptedCli } from '../../../src/adapters/agent-cli/scripted.ts';
import { surely } from '../../../src/adapters/agent-cli/signs.ts';
import { tailSignals } from '../../../src/adapters/following/signal-tail.ts';
import { createTerminals } from '../../../src/adapters/terminal/terminals.ts';
import type { AgentId } from '../../../src/core/ids.ts';
import type { LaunchRequest, Sign, StatusSigns } from '../../../src/ports/agent-cli.ts';
import type { Terminal } from '../../../src/ports/terminals.ts';
import { ScriptedStage, scriptedEntry } from '../../support/scripted-program.ts';

const options = { command: ['belfry', 'x'], scenario: '/s.yaml', speed: 2 } as const;
const cli = createScriptedCli(options);
const plainRequest: LaunchRequest = {
  ...{ agent: 'eng-1' as AgentId, role: 'engineer', session: 's-1', resume: false },
  ...{ worktree: '/w', home: '/h', model: null, permissions: 'ask', args: [] },
  ...{ systemPrompt: 'unused', env: {} },
};

describe('what the signs mean', () => {
  const status = (status: 'idle' | 'working' | 'exhausted') => surely(status, `${status}: r`);
  const question = surely('permission', 'it asks: rm it', {
    question: { id: 'q', kind: 'permission', text: 'rm it' },
  });
  const asks = ['', 'Allow this command?', '  rm it'];
  const old = 60_000;
  const signs = (
    sign: Sign | null,
    title: string,
    { ageMs = old, quietMs = old, lines = ['>'] as readonly string[] } = {},
  ): StatusSigns => ({
    told: sign === null ? [] : [{ source: 'its own record', sign, ageMs }],
    ...{ title, notification: '', lines, quietMs, now: 0 },
  });

  test.each<[string, StatusSigns, string, RegExp]>([
    ['nothing at all', signs(null, '', { lines: [] }), 'starting', /nothing yet/],
    ['text alone', signs(null, ''), 'unknown', /neither its title nor its own record/],
    ['a title alone', signs(null, '✳ scripted eng-1'), 'unknown', /its title says idle/],
    ['idle', signs(status('idle'), '✳ scripted eng-1'), 'idle', /its own record says idle: r/],
    ['working', signs(status('working'), '⠹ scripted eng-1'), 'working', /working/],
    ['exhausted', signs(status('exhausted'), '✖ scripted eng-1'), 'exhausted', /exhausted/],
    ['a question', signs(question, '✋ scripted x', { lines: asks }), 'permission', /asks: rm it/],
    [
      'a question that is not shown',
      signs(question, '✋ scripted eng-1'),
      'unknown',
      /does not tell/,
    ],
    ['a question while it works', signs(question, '⠹ scripted eng-1'), 'unknown', /says working/],
    [
      'idle record, working title',
      signs(status('idle'), '⠋ scripted x'),
      'unknown',
      /says working/,
    ],
    [
      'working record, idle title',
      signs(status('working'), '✳ scripted x'),
      'unknown',
      /says idle/,
    ],
    ['a title of somebody else', signs(status('idle'), 'vim'), 'unknown', /does not tell/],
    [
      'the record just ahead',
      signs(status('idle'), '⠋ scripted x', { ageMs: 100 }),
      'idle',
      /idle/,
    ],
    [
      'the screen just ahead',
      signs(status('working'), '✳ scripted x', { quietMs: 100 }),
      ...(['working', /working/] as const),
    ],
    [
      'a moving screen never makes it idle',
      signs(status('idle'), '⠋ scripted x', { quietMs: 100 }),
      ...(['unknown', /says working/] as const),
    ],
  ])('%s', (_name, given, expected, reason) => {
    const reading = cli.readStatus(given);
    expect(reading.status).toBe(expected);
    expect(reading.reason).toMatch(reason);
    expect(reading.question !== null).toBe(expected === 'permission');
  });
});

test.each<[string, string]>([
  ['{"kind":"status","status":"idle","reason":"r"}', 'sign'],
  ['{"kind":"promptReceived","message":"M-7"}', 'promptReceived'],
  ['{"kind":"usage","contextUsed":0.5,"costUsd":null}', 'usage'],
  ['{"kind":"question","id":"1","about":"permission","text":"t"}', 'sign'],
  ['{"kind":"status","status":"dancing","reason":"r"}', 'nothing'],
  ['{"kind":"usage","contextUsed":7,"costUsd":0}', 'nothing'],
  ['{"kind":"sta', 'nothing'],
  ['null', 'nothing'],
  ['', 'nothing'],
])('the line %s is %s', (line, kind) => {
  const [source] = cli.launch(plainRequest).sources(1);
  expect(source?.parse(line)[0]?.kind ?? 'nothing').toBe(kind);
});

test('unknown agent CLIs are refused with the known ones', () => {
  const all = { scripted: options, manifests: new Map(), prices: noPrices };
  expect(createAgentCli('scripted', all).name).toBe('scripted');
  for (const name of ['clade', 'toString', '__proto__'])
    expect(() => createAgentCli(name, all)).toThrow(UnknownAgentCliError);
  expect(() => createAgentCli('clade', all)).toThrow(/“clade”. Known: claude, codex, scripted/);
});

describe('on the real program', () => {
  let stage: ScriptedStage;
  let terminal: Terminal | undefined;
  let stopTail = () => {};
  beforeEach(() => {
    stage = new ScriptedStage();
    mkdirSync(stage.home);
  });
  afterEach(async () => {
    stopTail();
    await terminal?.end(500);
    await stage.close();
  });

  const request = (resume = false): LaunchRequest => ({
    ...plainRequest,
    ...{ resume, worktree: stage.folder, home: stage.home, env: stage.env },
  });

  test('each state is told right, and prompts and answers arrive', async () => {
    stage.scenario = `engineer:
  T-1:
    task:
      - until: test -e go
      - ask-permission: { command: rm it, on-yes: [exhaust] }`;
    const real = createScriptedCli({
      ...{ command: [process.execPath, scriptedEntry], scenario: stage.scenarioFile, speed: 20 },
    });
    const plan = real.launch(request());
    const { file, args, env } = plan;
    const opened = createTerminals().open({
      ...{ id: 'eng-1', file, args, cwd: stage.folder, env, cols: 100, rows: 30 },
    });
    terminal = opened;
    const [source] = plan.sources(opened.pid);
    if (source === undefined) throw new Error('no signal file');
    let newest: Sign | null = null;
    let receipts = 0;
    stopTail = tailSignals(source.path, line => {
      for (const signal of source.parse(line)) {
        if (signal.kind === 'sign') newest = signal.sign;
        if (signal.kind === 'promptReceived') receipts += 1;
      }
    });
    // Old enough that the signal alone does not count: title and screen have to agree.
    const read = () =>
      real.readStatus({
        told: newest === null ? [] : [{ source: source.name, sign: newest, ageMs: 60_000 }],
        ...{
          title: opened.screen.title,
          lines: opened.screen.lines(),
          quietMs: 60_000,
          now: 0,
          notification: '',
        },
      });
    const expectStatus = (status: string) =>
      expect.poll(() => read().status, { timeout: 10_000 }).toBe(status);

    await expectStatus('idle');
    opened.paste('Belfry M-1 task T-1/1\n\nwork\n');
    opened.write('\r');
    await expectStatus('working');
    expect(receipts).toBe(1);
    stage.append('go', '');
    await expectStatus('permission');
    expect(read().question).toMatchObject({ kind: 'permission', text: 'rm it' });
    opened.write(real.answerKeys('yes', opened.screen.lines())?.keys ?? '');
    await expectStatus('exhausted');
  });

  test('what an earlier run of the session said is forgotten at the start', () => {
    const old = join(stage.home, 'signals-s-1.jsonl');
    writeFileSync(old, '{"kind":"status","status":"idle","reason":"long ago"}\n');
    const { args, file, sources } = cli.launch(request(true));
    expect(sources(1)[0]?.path).toBe(old);
    expect(existsSync(old)).toBe(false);
    expect([file, ...args]).toEqual([
      ...['belfry', 'x', 'scripted-agent', '--scenario', '/s.yaml', '--role', 'engineer'],
      ...['--agent', 'eng-1', '--session', 's-1', '--home', stage.home, '--resume', '--speed', '2'],
    ]);
  });
});
