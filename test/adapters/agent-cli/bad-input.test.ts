import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createClaudeCli } from '../../../src/adapters/agent-cli/claude/claude.ts';
import { createHookParser } from '../../../src/adapters/agent-cli/claude/hook-signs.ts';
import { createTranscriptParser } from '../../../src/adapters/agent-cli/claude/transcript.ts';
import { createCodexCli } from '../../../src/adapters/agent-cli/codex/codex.ts';
import { createRolloutParser } from '../../../src/adapters/agent-cli/codex/rollout.ts';
import { appendCommand } from '../../../src/adapters/agent-cli/hook-command.ts';
import { noPrices } from '../../../src/adapters/agent-cli/prices.ts';
import type { AgentId } from '../../../src/core/ids.ts';
import type { AgentCli, LaunchPlan } from '../../../src/ports/agent-cli.ts';

const session = '00000000-0000-8000-8000-000000000001';
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'belfry-'));
  mkdirSync(join(folder, 'home'));
  mkdirSync(join(folder, 'worktree'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const launch = (cli: AgentCli, home = join(folder, 'home')): LaunchPlan =>
  cli.launch({
    ...{ agent: 'eng-1' as AgentId, role: 'engineer', session, resume: true, home },
    ...{ worktree: join(folder, 'worktree'), model: null, permissions: 'ask', args: [] },
    ...{ systemPrompt: 'Be brief.', env: { HOME: folder } },
  });

describe('a session id that is gone', () => {
  test('is not asked for: Claude Code begins it afresh under the same id', () => {
    expect(launch(createClaudeCli()).args).toEqual(
      expect.arrayContaining(['--session-id', session]),
    );
  });

  test('is not asked for: Codex begins a thread of its own', () => {
    const rollout = join(folder, '.codex', 'sessions', `rollout-${session}.jsonl`);
    writeFileSync(join(folder, 'home', `thread-${session}.json`), JSON.stringify({ rollout }));
    expect(launch(createCodexCli(noPrices)).args).not.toContain('resume');
  });
});

test('a CLI does not update itself in mid-run', () => {
  expect(launch(createClaudeCli()).env['DISABLE_AUTOUPDATER']).toBe('1');
  expect(launch(createCodexCli(noPrices)).args).toContain('check_for_update_on_startup=false');
});

describe('a hook', () => {
  const run = (path: string) =>
    spawnSync('sh', ['-c', appendCommand(path)], { input: '{"a":1}', encoding: 'utf8' });

  test('fails nothing and prints nothing when its file cannot be written', () => {
    const unwritable = join(folder, 'full');
    symlinkSync('/dev/full', unwritable);
    for (const path of [unwritable, folder, join(folder, 'no', 'such', 'folder')])
      expect(run(path)).toMatchObject({ status: 0, stdout: '' });
  });

  test('that hangs says nothing for ever: what is seen otherwise decides', () => {
    const [began] = createHookParser(() => null)(
      '{"hook_event_name":"PreToolUse","tool_name":"Bash"}',
    );
    if (began?.kind !== 'sign') throw new Error('no sign');
    const rule = '─'.repeat(60);
    const idle = { title: '✳ Claude Code', lines: ['● Done.', rule, '❯ ', rule, '  ? for help'] };
    const read = (ageMs: number, shown: { title: string; lines: readonly string[] }) =>
      createClaudeCli().readStatus({
        ...{
          told: [{ source: 'its hook', sign: began.sign, ageMs }],
          quietMs: 60_000,
          now: 0,
          notification: '',
        },
        ...shown,
      }).status;
    expect(read(600_000, idle)).toBe('idle');
    expect(read(600_000, { title: '', lines: ['something'] })).toBe('unknown');
  });
});

describe('records that nobody knows, and torn ones,', () => {
  const lines = [
    '',
    '{',
    'null',
    '[]',
    '"x"',
    '{"type":"next-year"}',
    '{"type":"assistant","message":7}',
  ];

  test('say nothing, and what comes after them counts', () => {
    const good = {
      type: 'assistant',
      message: { id: 'm1', usage: { input_tokens: 5, output_tokens: 2, thought_tokens: 9 } },
    };
    const parse = createTranscriptParser();
    expect(lines.flatMap(line => parse(line))).toEqual([]);
    expect(parse(JSON.stringify(good))).toMatchObject([{ tokens: { input: 5, output: 2 } }]);
    const rollout = createRolloutParser(noPrices);
    expect(lines.flatMap(line => rollout(line))).toEqual([]);
    const done = { type: 'event_msg', payload: { type: 'task_complete', next_year: {} } };
    expect(rollout(JSON.stringify(done))).toMatchObject([{ sign: { status: 'idle' } }]);
  });
});

test('a folder that cannot be written is named by the launch', () => {
  expect(() => launch(createClaudeCli(), join(folder, 'gone'))).toThrow(/ENOENT.*claude-settings/);
});
