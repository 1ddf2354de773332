import { describe, expect, test } from 'vitest';
import { createClaudeCli } from '../../../src/adapters/agent-cli/claude/claude.ts';
import { createHookParser } from '../../../src/adapters/agent-cli/claude/hook-signs.ts';
import { createCodexCli } from '../../../src/adapters/agent-cli/codex/codex.ts';
import { createRolloutParser } from '../../../src/adapters/agent-cli/codex/rollout.ts';
import { loadManifests } from '../../../src/adapters/agent-cli/manifest/load-manifests.ts';
import { createManifestCli } from '../../../src/adapters/agent-cli/manifest/manifest-cli.ts';
import { noPrices } from '../../../src/adapters/agent-cli/prices.ts';
import type { AgentCli, Signal } from '../../../src/ports/agent-cli.ts';

const now = Date.UTC(2026, 7, 12, 14, 30);
const at = (hour: number, minute = 0) => Date.UTC(2026, 7, 12, hour, minute);

function readingOf(
  cli: AgentCli,
  lines: readonly string[],
  source = '',
  signals: readonly Signal[] = [],
) {
  const told = signals.flatMap(one =>
    one.kind === 'sign' ? [{ source, sign: one.sign, ageMs: 5_000 }] : [],
  );
  const { status, until } = cli.readStatus({
    told,
    title: '',
    notification: '',
    lines,
    quietMs: 5_000,
    now,
  });
  return { status, until };
}

describe('Claude Code', () => {
  const rule = '─'.repeat(60);
  const screen = (text: string) => [
    '❯ go on',
    `  ⎿  ${text}`,
    '',
    rule,
    '❯ ',
    rule,
    '  ? for help',
  ];

  test.each([
    ['You’ve hit your session limit · resets 5:40pm (Europe/Berlin)', at(15, 40)],
    ['Claude usage limit reached. Your limit will reset at 1pm (America/New_York).', at(17)],
    ['5-hour limit reached ∙ resets 4pm (UTC)', at(16)],
    ['You’ve hit your 5-hour limit · resets 3:32pm (UTC) · progress saved', at(15, 32)],
    ['You’ve hit your Sonnet limit · resets Aug 15, 7:33pm (UTC)', Date.UTC(2026, 7, 15, 19, 33)],
    ['You’ve hit your session limit · resets 12:50am (America/Los_Angeles)', at(31, 50)],
    ['You’ve hit your Fable limit. It resets 5pm (Europe/Berlin).', at(15)],
    ['You’ve reached your Fable 5 limit · resets 2am (Asia/Tokyo)', at(17)],
    ['You’re out of usage credits · resets Aug 13, 9am (UTC)', at(33)],
    // Only a person buys more, or has more bought.
    ['You’ve hit your monthly spend limit · /usage-credits to raise it', null],
    ['You’ve hit your org’s monthly usage limit', null],
    ['Your org is out of usage · contact your admin', null],
  ])('%s', (text, until) => {
    expect(readingOf(createClaudeCli(), screen(text))).toEqual({ status: 'limited', until });
  });

  test('tells it by a hook, too', () => {
    const line = JSON.stringify({
      ...{ hook_event_name: 'StopFailure', error: 'rate_limit' },
      last_assistant_message: 'You’ve hit your weekly limit · resets Aug 15 at 10am (UTC)',
    });
    const signals = createHookParser(() => null)(line);
    const until = Date.UTC(2026, 7, 15, 10);
    const reading = readingOf(createClaudeCli(), [rule, '❯ ', rule], 'its hook', signals);
    expect(reading).toEqual({ status: 'limited', until });
  });

  test('an outage tells no time', () => {
    const reading = readingOf(
      createClaudeCli(),
      screen('API Error: 529 Overloaded. Try again in a moment'),
    );
    expect(reading).toEqual({ status: 'failed', until: undefined });
  });
});

describe('Codex', () => {
  const cli = createCodexCli(noPrices);
  const record = (payload: object) => JSON.stringify({ type: 'event_msg', payload });
  const limited = (message: string) =>
    record({ type: 'task_complete', error: { message, codex_error_info: 'usage_limit_exceeded' } });

  test.each([
    [
      'You’ve hit your usage limit. Upgrade to Pro (https://a.b) or try again in 3 hours 2 minutes.',
      at(17, 32),
    ],
    [
      'You’ve hit your usage limit. Visit https://a.b or try again at Aug 12th, 2026 6:59 PM UTC',
      at(18, 59),
    ],
    [
      'You’ve hit your usage limit for gpt-6. Switch to another model now, or try again at 11:14 PM UTC.',
      at(23, 14),
    ],
  ])('%s', (text, until) => {
    const signals = createRolloutParser(noPrices)(limited(text));
    expect(readingOf(cli, [], 'its rollout file', signals)).toEqual({ status: 'limited', until });
  });

  test('the window that is used up is known from its record to the second', () => {
    const parse = createRolloutParser(noPrices);
    const window = (used_percent: number, resets_at: number) => ({ used_percent, resets_at });
    const rate_limits = {
      primary: window(100, at(19) / 1_000),
      secondary: window(40, at(23) / 1_000),
    };
    parse(record({ type: 'token_count', info: null, rate_limits }));
    const signals = parse(limited('You’ve hit your usage limit.'));
    expect(readingOf(cli, [], 'its rollout file', signals).until).toBe(at(19));
  });
});

test('Gemini CLI: its line says it', () => {
  const gemini = loadManifests(['assets/agent-clis']).get('gemini');
  if (gemini === undefined) throw new Error('there is no gemini.yaml');
  const lines = [
    ' > go on',
    '✕ [API Error: You have exhausted your capacity on this model. Your quota will reset after 1h30m.]',
    ' >   Type your message or @path/to/file',
  ];
  expect(readingOf(createManifestCli(gemini), lines)).toMatchObject({ until: at(16) });
  const broken = [
    ' > go on',
    '✕ [API Error: You have exhausted your capacity on this model. Your',
    '  quota will reset after 1h30m.]',
    'ℹ This request failed.',
    ' >   Type your message or @path/to/file',
  ];
  expect(readingOf(createManifestCli(gemini), broken)).toMatchObject({
    ...{ status: 'limited', until: at(16) },
  });
});
