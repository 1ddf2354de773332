import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createHookParser } from '../../../src/adapters/agent-cli/codex/hook-signs.ts';
import { hookSettings } from '../../../src/adapters/agent-cli/codex/own-hooks.ts';
import {
  flatOwnCommandPattern,
  ownCommandPattern,
} from '../../../src/adapters/agent-cli/own-commands.ts';

const own = [
  'belfry note',
  `belfry note --to manager "it isn't clear"`,
  `belfry done --summary 'a (b); "c" | $d > e'`,
  `belfry note --to=manager 'of\ntwo lines'`,
  'belfry ask "où est-il ?"',
  `belfry task add --title 'x'"y" --files src/a.ts,src/b.ts`,
];
const foreign = [
  ...['belfry demo', 'belfry notes', 'belfry', 'belfry note;', 'belfry note\n', ' belfry note'],
  ...[
    'belfry note "$(touch a)"',
    'belfry note `touch a`',
    'belfry note $HOME',
    'belfry note a > a',
  ],
  ...['belfry note "a" && touch a', "belfry note 'a'; touch a", 'belfry note a\ntouch a'],
  ...['belfry note a | tee a', 'belfry note a & touch a', 'PATH=.:$PATH belfry note'],
  ...['PATH=.; belfry note', 'belfry() { touch a; }; belfry note', 'belfry note <(touch a)'],
  ...['belfry note "a\\" ; touch a; \\"', 'belfry note "a!touch"', 'belfry note {a,b}'],
  // In fish a backslash would let the second quote begin no word.
  ...["belfry note 'a\\' '; touch a; '", "belfry note 'a", 'belfry note "a', 'belfry note \\;'],
];

describe('a word to Belfry, and nothing beside it', () => {
  const isOwn = (command: string) =>
    new RegExp(`^${ownCommandPattern}$`).test(JSON.stringify(command));
  const isFlatOwn = (command: string) =>
    new RegExp(`^${flatOwnCommandPattern}\0$`).test(`${JSON.stringify(command)}\0`);
  test.each(own)('%j', command => expect([isOwn(command), isFlatOwn(command)]).toContain(true));
  test.each(foreign)('not %j', command => {
    expect(isOwn(command)).toBe(false);
    // That one is read by bash alone, which knows no backslash between single quotes.
    if (!command.includes("'a\\'")) expect(isFlatOwn(command)).toBe(false);
  });

  test('a long one that is none is refused at once', () => {
    const words = `${'a'.repeat(5_000)} `.repeat(15);
    expect([isOwn(`belfry note ${words};`), isFlatOwn(`belfry note ${words};`)]).not.toContain(
      true,
    );
  });
});

describe('the hook of Codex', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'belfry-hook-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, maxRetries: 10, retryDelay: 200 }));

  const asks = (command: unknown, more: object = {}) =>
    JSON.stringify({
      ...{ session_id: 's', turn_id: null, cwd: '/a "b"\\', permission_mode: 'default' },
      ...{ hook_event_name: 'PermissionRequest', tool_name: 'Bash' },
      ...{ tool_input: { command, description: 'so' }, ...more },
    });
  /** What the hook of this event prints when it is given this. */
  const reply = (event: string, input: string) => {
    const file = join(folder, 'hooks.jsonl');
    const setting = hookSettings(file).find(one => one.startsWith(`hooks.${event}=`));
    const [, command = ''] = /command=(".*"),timeout/.exec(setting ?? '') ?? [];
    const printed = execFileSync('sh', ['-c', JSON.parse(command)], { input, encoding: 'utf8' });
    expect(readFileSync(file, 'utf8').endsWith(`${input}\n`)).toBe(true);
    return printed;
  };
  const questions = (input: string) =>
    createHookParser(() => null)(input).flatMap(one =>
      one.kind === 'sign' ? [one.sign.question !== null] : [],
    );

  test.each(own)('says yes to %j, and the person is not asked', command => {
    expect(JSON.parse(reply('PermissionRequest', asks(command)))).toEqual({
      hookSpecificOutput: {
        ...{ hookEventName: 'PermissionRequest', decision: { behavior: 'allow' } },
      },
    });
    expect(questions(asks(command))).toEqual([false]);
  });

  test.each([
    ...foreign.map(command => asks(command)),
    ...[asks(['belfry', 'note']), asks('belfry note', { tool_name: 'apply_patch' })],
    asks(`touch a; echo '"tool_name":"Bash","tool_input":{"command":"belfry note",'`),
    asks('', {
      tool_name: 'mcp__files__write',
      tool_input: { path: 'a', tool_name: 'Bash', tool_input: { command: 'belfry note' } },
    }),
  ])('says nothing to %s, and the person is asked', input => {
    expect(reply('PermissionRequest', input)).toBe('');
    expect(questions(input)).toEqual([true]);
  });

  test('says nothing but where it is asked', () => {
    expect(reply('PreToolUse', asks('belfry note'))).toBe('');
  });
});
