import { beforeEach, describe, expect, test } from 'vitest';
import { createClaudeCli } from '../../src/adapters/agent-cli/claude/claude.ts';
import { createHookParser } from '../../src/adapters/agent-cli/claude/hook-signs.ts';
import { parseStatusLine } from '../../src/adapters/agent-cli/claude/status-line.ts';
import type { AgentId } from '../../src/core/ids.ts';
import type { Observation } from '../../src/core/input.ts';
import type { ReadingNote } from '../../src/ports/agent-cli.ts';
import { AgentWatch } from '../../src/supervisor/agent-watch.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { createMemoryTerminals, type ProgramSide } from '../support/memory-terminals.ts';

const rule = '─'.repeat(60);
const home = '\x1b[2J\x1b[H';
const page = (title: string, lines: readonly string[]) =>
  `\x1b]0;${title}\x07${home}${lines.join('\r\n')}`;
const idle = page('✳ Claude Code', [rule, '❯ ', rule, '  ? for shortcuts']);
const working = page('◐ Claude Code', ['✻ Thinking…', rule, '❯ ', rule, '  ? for shortcuts']);
const dialog = page('✳ Claude Code', [
  ...[rule, ' Bash command', '   rm -r build', ' Do you want to proceed?', ' ❯ 1. Yes', '   2. No'],
  ' Esc to cancel · Tab to amend',
]);

const retrying = page('◐ Claude Code', [
  ...[
    '❯ do it',
    '✻ 529 Overloaded · retrying in 1s · attempt 2/10',
    rule,
    '❯ ',
    rule,
    '  ? for help',
  ],
]);

let clock: FakeClock;
let program: ProgramSide;
let watch: AgentWatch;
let told: (line: string) => void;
let measure: (cost: number) => void;
let seen: Observation[];
let notes: ReadingNote[];

beforeEach(() => {
  clock = new FakeClock();
  seen = [];
  notes = [];
  const terminal = createMemoryTerminals(side => {
    program = side;
  }).open({ id: 'eng-1', file: 'claude', args: [], cwd: '/', env: {}, cols: 80, rows: 24 });
  watch = new AgentWatch(
    {
      ...{
        agent: 'eng-1' as AgentId,
        session: 's',
        isResumed: true,
        cli: createClaudeCli(),
        terminal,
        clock,
      },
      sources: [
        { name: 'its hook', path: '/h', reading: 'lines', parse: createHookParser(() => null) },
        { name: 'its status line', path: '/s', reading: 'lines', parse: parseStatusLine },
      ],
      follow: {
        tailLines: (path, onLine) => {
          if (path === '/h') told = onLine;
          else measure = cost => onLine(JSON.stringify({ cost: { total_cost_usd: cost } }));
          return () => {};
        },
        watchText: () => () => {},
      },
      notes: { keep: note => notes.push(note), close: () => {} },
    },
    observation => seen.push(observation),
  );
});

/** Lets the terminal tell its change, then lets time pass. */
async function pass(ms: number): Promise<void> {
  await Promise.resolve();
  await Promise.resolve();
  clock.advance(ms);
}

async function show(text: string, ms = 700): Promise<void> {
  program.print(text);
  await pass(ms);
}

/** A status that is told again with another reason counts once. */
const statuses = () =>
  seen
    .flatMap(one => (one.type === 'agent.looked' ? [one.status] : []))
    .filter((status, index, all) => status !== all[index - 1]);
const hook = (event: string, more: object = {}) =>
  told(JSON.stringify({ hook_event_name: event, ...more }));

test('whoever floods without a change of status is told of with each step of output', async () => {
  const bytes = () => seen.flatMap(one => (one.type === 'agent.looked' ? [one.bytes ?? 0] : []));
  await show(working);
  const [first = 0] = bytes();
  for (let megabytes = 0; megabytes < 3; megabytes += 1)
    for (let part = 0; part < 10; part += 1) await show(`${'~'.repeat(100_000)}${working}`);
  expect(new Set(statuses())).toEqual(new Set(['working']));
  const steps = bytes().map((count, index, all) => count - (all[index - 1] ?? first));
  expect(steps).toHaveLength(4);
  expect(steps.slice(1).every(step => step >= 1_000_000 && step < 1_200_000)).toBe(true);
});

test('a change of status is told once, however much the screen moves', async () => {
  await show(idle);
  for (let frame = 0; frame < 50; frame += 1) await show(working, 100);
  await show(idle);
  expect(statuses()).toEqual(['idle', 'working', 'idle']);
});

describe('a contradiction', () => {
  test('that passes is not told', async () => {
    await show(idle);
    hook('UserPromptSubmit');
    await pass(500);
    await show(working);
    expect(statuses()).toEqual(['idle', 'working']);
  });

  test('that lasts is unknown, and names both', async () => {
    await show(working);
    hook('Stop');
    await pass(10_000);
    expect(statuses()).toEqual(['working', 'unknown']);
    expect(notes.at(-1)?.reading.evidence.map(({ source }) => source)).toEqual([
      ...['its hook', 'its title', 'its screen'],
    ]);
  });
});

test('an interruption, of which no hook tells, is seen when the last hook has lost its time', async () => {
  await show(working);
  hook('PreToolUse', { tool_name: 'Bash' });
  await show(idle);
  await pass(5_000);
  expect(statuses()).toEqual(['working', 'idle']);
});

describe('a question', () => {
  const asked = () =>
    seen.flatMap(one => (one.type === 'agent.looked' && one.question ? [one.question.id] : []));

  test('that stands after its answer is asked again, under another name', async () => {
    await show(dialog);
    expect(asked()).toHaveLength(1);
    watch.answered();
    await pass(2_900);
    expect(asked()).toHaveLength(1);
    await pass(200);
    expect(new Set(asked()).size).toBe(2);
  });

  test('that goes away and comes back with the same text is another question', async () => {
    await show(dialog);
    watch.answered();
    await show(working);
    await show(dialog, 5_000);
    expect(new Set(asked()).size).toBe(2);
    expect(statuses()).toEqual(['permission', 'working', 'permission']);
  });
});

const receipts = () => seen.filter(one => one.type === 'message.confirmed');

test('a prompt is confirmed by the hook, once, and not before a turn could be seen', async () => {
  await show(idle);
  watch.expectReceipt('M-7');
  hook('UserPromptSubmit');
  hook('UserPromptSubmit');
  await pass(100);
  // Whoever was told now would take the agent for free, and replace it for the next message.
  expect(receipts()).toEqual([]);
  await pass(2_500);
  expect(receipts()).toHaveLength(1);
  await pass(5_000);
  expect(receipts()).toHaveLength(1);
});

test('a turn that has begun is told before the receipt of its prompt, and the receipt at once', async () => {
  await show(idle);
  watch.expectReceipt('M-7');
  hook('UserPromptSubmit');
  await show(working);
  const told = seen.flatMap(one =>
    one.type === 'agent.looked' ? [one.status] : one.type === 'message.confirmed' ? [one.type] : [],
  );
  expect(told.slice(-2)).toEqual(['working', 'message.confirmed']);
});

test('a turn that meets an outage at once has received its prompt all the same', async () => {
  await show(idle);
  watch.expectReceipt('M-7');
  await show(retrying);
  expect(statuses()).toEqual(['idle', 'retrying']);
  expect(receipts()).toHaveLength(1);
});

test('a program that ends behind its prompt has received it', async () => {
  await show(idle);
  watch.expectReceipt('M-7');
  hook('UserPromptSubmit');
  watch.stop();
  expect(receipts()).toHaveLength(1);
});

test('usage is told at once, then once a second with the newest, and what is left at the end', async () => {
  const costs = () => seen.flatMap(one => (one.type === 'agent.measured' ? [one.costUsd] : []));
  for (const cost of [1, 2, 3]) measure(cost);
  expect(costs()).toEqual([1]);
  await pass(1_100);
  expect(costs()).toEqual([1, 3]);
  await pass(5_000);
  measure(4);
  measure(5);
  watch.stop();
  expect(costs()).toEqual([1, 3, 4, 5]);
});

test('after the end nothing is told but the end', async () => {
  await show(idle);
  program.exit(1);
  await pass(10);
  hook('Stop');
  await pass(10_000);
  expect(seen.at(-1)).toMatchObject({ type: 'agent.exited' });
});

test('a program that ends over the session that it was to resume tells that it is lost, and no other', async () => {
  const words = 'No conversation found with session ID: 4f1c\r\n';
  await show(words);
  program.exit(1);
  await pass(10);
  expect(seen.slice(-2)).toEqual([
    expect.objectContaining({ type: 'agent.exited', session: 's' }),
    { type: 'agent.sessionLost', agent: 'eng-1', session: 's' },
  ]);
});

test.each([
  ['the words of a conversation', `${idle}\r\nthe session was not found`],
  ['another reason', 'Error: out of memory'],
])('not so one that ends with %s', async (_what, screen) => {
  await show(screen);
  program.exit(1);
  await pass(10);
  expect(seen.at(-1)).toMatchObject({ type: 'agent.exited' });
});

test('until when its provider takes no more is read once, however long the words stand there', async () => {
  const limited = page('✳ Claude Code', [
    ...['❯ go on', '  ⎿  You’ve hit your session limit · resets 11pm (UTC)'],
    ...[rule, '❯ ', rule, '  ? for shortcuts'],
  ]);
  await show(limited);
  const [first] = seen.filter(one => one.type === 'agent.looked');
  expect(first).toMatchObject({ status: 'limited', until: expect.any(Number) });
  clock.advance(20 * 3_600_000);
  await show(`${limited} `);
  expect(watch.latest?.until).toBe(first?.type === 'agent.looked' ? first.until : null);
});
