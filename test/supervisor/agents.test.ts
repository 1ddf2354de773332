import { beforeEach, expect, test } from 'vitest';
import type { Observation } from '../../src/core/input.ts';
import type { AgentCli, StatusReading } from '../../src/ports/agent-cli.ts';
import { Agents } from '../../src/supervisor/agents.ts';
import type { Member, World } from '../../src/supervisor/world.ts';
import { agentId } from '../support/core-builders.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { MemoryMailbox } from '../support/memory-mailbox.ts';
import {
  createMemoryTerminals,
  type MemoryTerminals,
  type ProgramSide,
} from '../support/memory-terminals.ts';

const eng1 = agentId('eng-1');
const down = '\x1b[B';

/** A CLI whose dialog is on the screen when a line asks; its menu never comes to the answer. */
const cli: AgentCli = {
  ...{ name: 'test', isScripted: false, environment: [], takesInstructions: true },
  abilities: { signals: [], holdsForMs: null } as unknown as AgentCli['abilities'],
  ...{ submitDelayMs: 0, interruptKeys: '\x1b', exitKeys: '' },
  sessionsFolder: () => null,
  launch: () => ({ file: 'test', args: [], env: {}, continues: false, sources: () => [] }),
  readStatus: ({ lines }): StatusReading =>
    lines.some(line => line.includes('allow?'))
      ? {
          ...{ status: 'permission', reason: 'its dialog', evidence: [] },
          question: { id: 'rm', kind: 'permission', text: 'rm' },
        }
      : { status: 'idle', reason: 'its prompt', evidence: [], question: null },
  answerKeys: () => ({ keys: down, isLast: false }),
} as AgentCli;

const member = {
  ...{ agent: eng1, role: 'engineer', cli, model: null, args: [], permissions: 'ask' },
  ...{ systemPrompt: '', home: '/home', environment: () => ({}) },
} as unknown as Member;

let clock: FakeClock;
let terminals: MemoryTerminals;
let program: ProgramSide;
let seen: Observation[];
let agents: Agents;
let worktree: Promise<string>;

beforeEach(() => {
  clock = new FakeClock();
  seen = [];
  worktree = Promise.resolve('/worktrees/eng-1');
  terminals = createMemoryTerminals(side => {
    program = side;
  });
  const world = {
    ...{ clock, terminals, mailbox: new MemoryMailbox() },
    ...{
      tailLines: () => () => {},
      watchText: () => () => {},
      notes: { keep: () => {}, close: () => {} },
    },
    worktrees: { ensure: () => worktree },
    log: { write: () => {} },
  };
  agents = new Agents(world as unknown as World, observation => seen.push(observation));
});

const launch = (session: string) => agents.launch(member, session, session, false);
const turn = () => new Promise(resolve => setImmediate(resolve));
async function pass(ms: number): Promise<void> {
  await turn();
  clock.advance(ms);
  await turn();
}
const questions = () =>
  seen.flatMap(one => (one.type === 'agent.looked' ? (one.question?.id ?? []) : []));

test('the tools of a program that ended by itself are ended, when it is stopped and when it is replaced', async () => {
  await launch('s-1');
  program.exit(1);
  await turn();
  await agents.stop(eng1);
  expect(terminals.opened[0]?.endings).toBe(1);
  await launch('s-2');
  expect(terminals.opened[0]?.endings).toBe(2);
  program.exit(1);
  await agents.stopAll();
  expect(terminals.opened[1]?.endings).toBe(1);
});

test('nothing is started after all was ended, also when its worktree is ready only then', async () => {
  let isReady = (_path: string) => {};
  worktree = new Promise(resolve => {
    isReady = resolve;
  });
  const launched = launch('s-1');
  await agents.stopAll();
  isReady('/worktrees/eng-1');
  await launched;
  expect(terminals.opened).toEqual([]);
});

test('a question whose answer the menu never comes to is asked again', async () => {
  await launch('s-1');
  program.print('allow?');
  await pass(1_000);
  const [first] = questions();
  expect(first).toBe('s-1 1 rm');
  const answered = agents.answer(member, first as string, 'yes');
  for (let step = 0; step < 10; step += 1) await pass(250);
  await answered;
  expect(terminals.opened[0]?.typed).toBe(down.repeat(8));
  await pass(5_000);
  expect(questions()).toEqual(['s-1 1 rm', 's-1 2 rm']);
});

test('a message of which nothing is on the screen is typed whole again, otherwise Enter alone', async () => {
  await launch('s-1');
  program.print('> \r\n');
  await pass(1_000);
  const text = 'Belfry M-1 note\n\nhello';
  const again = async () => {
    const before = terminals.opened[0]?.typed.length;
    const typing = agents.submitAgain(member, 'M-1');
    await pass(1);
    expect((await typing)[0]).toBe('>');
    return terminals.opened[0]?.typed.slice(before);
  };
  const delivered = agents.deliver(member, 'M-1', text);
  await pass(1);
  await delivered;
  const whole = terminals.opened[0]?.typed;
  expect(whole).toContain('hello');
  expect(await again()).toBe(whole);
  program.print('> Belfry M-1 note\r\n  hello');
  await pass(1_000);
  expect(await again()).toBe('\r');
  program.print('\x1b[2K\x1b[A\x1b[2Kallow?');
  await pass(1_000);
  expect(await again()).toBe('');
});

test('what stands over the input box and asks nothing is closed before a message is typed', async () => {
  const clears = { ...cli, clearKeys: (lines: readonly string[]) => (lines[0] ? '\x1b' : null) };
  const other = { ...member, cli: clears as AgentCli };
  await agents.launch(other, 's-1', 's-1', false);
  program.print('What do you want to do?');
  await turn();
  const delivered = agents.deliver(other, 'm-1', 'go on');
  await turn();
  expect(terminals.opened[0]?.typed).toBe('\x1b');
  await pass(250);
  await pass(0);
  await delivered;
  expect(terminals.opened[0]?.typed).toContain('go on');
});
