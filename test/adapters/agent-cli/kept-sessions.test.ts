// Which of the sessions that lie on the disk an agent CLI goes on with. Both refuse to resume one that holds no
// conversation: the starts would be in vain.
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createClaudeCli } from '../../../src/adapters/agent-cli/claude/claude.ts';
import { createCodexCli } from '../../../src/adapters/agent-cli/codex/codex.ts';
import { noPrices } from '../../../src/adapters/agent-cli/prices.ts';
import type { AgentId } from '../../../src/core/ids.ts';
import type { AgentCli } from '../../../src/ports/agent-cli.ts';

const session = '01a20ac6-a804-7ea1-ad4d-1e3c68b3e22f';
const next = '01a20ac6-a804-7ea1-ad4d-1e3c68b3e220';
let folder: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'belfry-')));
  for (const name of ['home', 'tree', 'projects', '.codex/sessions'])
    mkdirSync(join(folder, name), { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const launch = (cli: AgentCli) =>
  cli.launch({
    ...{ agent: 'eng-1' as AgentId, role: 'engineer', session, resume: true },
    ...{ worktree: join(folder, 'tree'), home: join(folder, 'home'), model: null, args: [] },
    ...{ permissions: 'ask', systemPrompt: 'Be brief.', env: { HOME: folder } },
  });

const mode = JSON.stringify({ type: 'mode', mode: 'normal' });
const prompt = JSON.stringify({ type: 'user', message: { role: 'user', content: 'go' } });
const snapshot = JSON.stringify({ type: 'file-history-snapshot', of: 'x'.repeat(200_000) });

describe('Claude Code', () => {
  function transcript(id: string, text: string): void {
    const project = join(folder, '.claude/projects', join(folder, 'tree').replace(/\W|_/g, '-'));
    mkdirSync(project, { recursive: true });
    writeFileSync(join(project, `${id}.jsonl`), text);
  }
  const begins = (id: string) => ({ args: ['--session-id', id], continues: false });
  const resumes = (id: string) => ({ args: ['--resume', id], continues: true });
  function launched() {
    const { args, continues } = launch(createClaudeCli());
    return { args: args.slice(2, 4), continues };
  }

  test.each<[string, string]>([
    ['is empty', ''],
    ['holds settings alone', `${mode}\n`],
    ['ends in the middle of the prompt', `${mode}\n${prompt.slice(0, -9)}`],
    ['is no text', 'xx\n\0\0\0\n'],
    ['holds the work of a subagent alone', '{"type":"user","isSidechain":true}\n'],
  ])('a transcript that %s is not resumed, and not created again', (_name, text) => {
    transcript(session, text);
    expect(launched()).toEqual(begins(next));
  });

  test.each<[string, string]>([
    ['its prompt', `${mode}\n${prompt}\n`],
    ['its prompt without an end of the line', `${mode}\n${prompt}`],
    ['holes in the file', `\0\0\0\n${prompt}\n{"type":"assis`],
    ['its prompt after much else', `${mode}\n${snapshot}\n${prompt}\n`],
    ['more than is looked at', `${snapshot}\n`.repeat(11)],
  ])('one with %s is resumed', (_name, text) => {
    transcript(session, text);
    expect(launched()).toEqual(resumes(session));
  });

  test('what took the place of one that was never written is found again', () => {
    expect(launched()).toEqual(begins(session));
    transcript(session, '');
    transcript(next, `${prompt}\n`);
    expect(launched()).toEqual(resumes(next));
  });
});

describe('Codex', () => {
  const meta = JSON.stringify({ type: 'session_meta', payload: { id: session } });
  const event = (type: string) => JSON.stringify({ type: 'event_msg', payload: { type } });

  test.each<[string, readonly string[], boolean]>([
    ['is empty', [''], false],
    ['ends in its first line', [meta.slice(0, -9)], false],
    ['holds no turn', [meta, event('task_started'), ''], false],
    [
      'ends in the prompt',
      [meta, event('task_started'), event('item_completed').slice(0, -5)],
      false,
    ],
    ['lost its first line', [event('item_completed'), ''], false],
    ['holds a prompt', [meta, event('task_started'), event('item_completed'), ''], true],
    ['holds a turn of an older version', [meta, event('user_message'), '{"ty'], true],
  ])('a rollout that %s', (_name, lines, isResumed) => {
    const rollout = join(folder, '.codex/sessions', `rollout-2026-01-02T03-04-05-${session}.jsonl`);
    writeFileSync(join(folder, 'home', `thread-${session}.json`), JSON.stringify({ rollout }));
    writeFileSync(rollout, lines.join('\n'));
    const { args, continues } = launch(createCodexCli(noPrices));
    expect([args.slice(0, 2).join(' ') === `resume ${session}`, continues]).toEqual([
      isResumed,
      isResumed,
    ]);
  });
});
