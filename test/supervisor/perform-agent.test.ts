import { beforeEach, expect, test } from 'vitest';
import type { Observation } from '../../src/core/input.ts';
import type { Message } from '../../src/core/message.ts';
import type { State } from '../../src/core/state.ts';
import { Lanes } from '../../src/supervisor/lanes.ts';
import { performOnAgent } from '../../src/supervisor/perform/perform-agent.ts';
import type { Performing } from '../../src/supervisor/perform/performing.ts';
import { agent, agentId, heldBy, message, state, task, taskId } from '../support/core-builders.ts';
import { MemoryMailbox } from '../support/memory-mailbox.ts';
import { MemoryRepository } from '../support/memory-repository.ts';
import { MemoryTrunk } from '../support/memory-trunk.ts';
import { MemoryWorktrees } from '../support/memory-worktrees.ts';

const eng1 = agentId('eng-1');
const work = { agent: eng1, task: taskId('T-1'), attempt: 1 } as const;
const prompt: Partial<Message> = {
  ...{ kind: 'task', task: work.task, attempt: 1, from: 'belfry', text: '' },
  ...{ delivery: 'typed', tries: 1, deadline: 1 },
};

/** Worktrees whose disk can fail. */
class FailingWorktrees extends MemoryWorktrees {
  fails: 'nothing' | 'saving' | 'everything' = 'nothing';

  override async startTask(...given: Parameters<MemoryWorktrees['startTask']>): Promise<void> {
    if (this.fails === 'everything') throw new Error(`EACCES ${'x'.repeat(2_000)}`);
    return super.startTask(...given);
  }

  override async saveWork(...given: Parameters<MemoryWorktrees['saveWork']>) {
    if (this.fails !== 'nothing') throw new Error('EACCES');
    return super.saveWork(...given);
  }

  override async branchWork(...given: Parameters<MemoryWorktrees['branchWork']>) {
    if (this.fails === 'everything') throw new Error('EACCES');
    return super.branchWork(...given);
  }
}

let worktrees: FailingWorktrees;
let mailbox: MemoryMailbox;
let given: Performing;
let log: string[];
let typed: string[];
let seen: Observation[];
let lanes: Lanes;
let isRunning: boolean;
let now: State;

beforeEach(async () => {
  const repository = new MemoryRepository({ 'a.ts': 'one\n' });
  const trunk = new MemoryTrunk(repository);
  worktrees = new FailingWorktrees(repository);
  mailbox = new MemoryMailbox();
  isRunning = true;
  [typed, seen, log] = [[], [], []];
  lanes = new Lanes((_lane, error) => {
    throw error;
  });
  now = state({
    trunk: { head: await trunk.head() },
    agents: [agent('eng-1')],
    tasks: [task('T-1', heldBy('eng-1'))],
    messages: [message('M-1', 'eng-1', prompt)],
  });
  const parts = {
    world: { worktrees, trunk, mailbox, log: { write: (line: string) => void log.push(line) } },
    members: new Map([[eng1, { agent: eng1 }]]),
    agents: {
      deliver: async (_member: unknown, _id: string, text: string) => void typed.push(text),
      submitAgain: async () => {
        if (!isRunning) throw new Error('eng-1 has no running terminal');
        return ['', 'Really leave?', '', '  y/N'];
      },
    },
    unprepared: new Map(),
    ...{ lanes, state: () => now, observe: (one: Observation) => void seen.push(one) },
  };
  given = parts as unknown as Performing;
});

async function perform(...effects: Parameters<typeof performOnAgent>[0][]): Promise<void> {
  for (const effect of effects) performOnAgent(effect, given);
  await lanes.drained();
}

const prepare = { type: 'prepareWorktree', ...work } as const;
const deliver = { type: 'deliverMessage', agent: eng1, message: 'M-1' } as const;
const inspect = { type: 'inspectWork', ...work } as const;

test('a prompt is typed into a worktree that is ready for it', async () => {
  await perform(prepare, deliver);
  expect(typed.join()).toContain('T-1');
  expect(mailbox.assignments.get(eng1)).toMatchObject({ task: 'T-1', attempt: 1 });
  expect(seen).toEqual([{ type: 'message.entered', id: 'M-1' }]);
});

test('and never into one that could not be prepared: the fault is told, and the message stays', async () => {
  worktrees.fails = 'everything';
  await perform(prepare, deliver);
  expect(typed).toEqual([]);
  expect(mailbox.assignments.has(eng1)).toBe(false);
  expect(seen).toMatchObject([
    { type: 'worktree.failed', ...work },
    { type: 'message.failed', id: 'M-1', why: 'its worktree is not prepared' },
  ]);
  expect((seen[0] as { why: string }).why).toHaveLength(500);
  worktrees.fails = 'nothing';
  await perform(prepare, deliver);
  expect(typed).toHaveLength(1);
});

test('the log keeps what an agent showed that did not take its prompt', async () => {
  await perform({ type: 'submitAgain', agent: eng1, message: 'M-1' });
  expect(log).toEqual(['eng-1: M-1 was not confirmed. It shows: Really leave? ⏎   y/N']);
  expect(seen).toEqual([{ type: 'message.entered', id: 'M-1' }]);
  isRunning = false;
  await perform({ type: 'submitAgain', agent: eng1, message: 'M-1' });
  expect(seen.slice(1)).toEqual([
    { type: 'message.failed', id: 'M-1', why: 'eng-1 has no running terminal' },
  ]);
});

test('who holds no task any more has nothing left to claim, but for what it was given meanwhile', async () => {
  await perform(prepare, { type: 'endAssignment', agent: eng1 });
  expect(mailbox.assignments.get(eng1)).toMatchObject({ task: 'T-1' });
  now = state({ agents: [agent('eng-1')] });
  await perform({ type: 'endAssignment', agent: eng1 });
  expect(mailbox.assignments.get(eng1)).toBeNull();
});

test('work that cannot be saved is judged by what was committed', async () => {
  await perform(prepare);
  worktrees.commit(eng1, { 'b.ts': 'two\n' });
  worktrees.fails = 'saving';
  await perform(inspect);
  expect(seen).toMatchObject([{ type: 'work.inspected', task: 'T-1', commits: 1 }]);
});

test('work that cannot be looked at is judged by nobody', async () => {
  await perform(prepare);
  worktrees.fails = 'everything';
  await perform(inspect);
  expect(seen).toMatchObject([{ type: 'worktree.failed', ...work, why: 'EACCES' }]);
});
