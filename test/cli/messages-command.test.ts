import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openJournal } from '../../src/adapters/journal/file-journal.ts';
import { createDemoRepository } from '../../src/cli/demo/demo-repository.ts';
import { runMessagesCommand } from '../../src/cli/messages-command.ts';
import { openState } from '../../src/cli/open-state.ts';
import { contentOf } from '../core/plan/plan-builder.ts';
import { agentId } from '../support/core-builders.ts';
import { TeamDriver } from '../support/team-driver.ts';
import { recordedIo } from './agent-verbs/worktree.ts';

const root = mkdtempSync(join(tmpdir(), 'belfry-messages-'));
const folder = join(root, 'tally');
const env = { HOME: root, XDG_STATE_HOME: join(root, 'state') };
const count = 250;
let kept = 0;

beforeAll(async () => {
  await createDemoRepository(folder);
  const team = new TeamDriver(1);
  const to = agentId('eng-1');
  for (let number = 1; number <= count; number += 1) {
    team.input({ type: 'message.send', from: 'person', to, text: `word ${number}`, isGoal: false });
    team.look(to, 'idle');
  }
  team.input({ type: 'agent.stop', agent: to });
  team.input({
    type: 'message.send',
    from: 'person',
    to,
    text: 'two\n\x1b[31mrows',
    isGoal: false,
  });
  kept = team.state.messages.length;
  const { state } = await openState(folder, recordedIo(folder, env));
  const journal = await openJournal(state.journal, { epoch: 1 });
  await journal.append(team.events);
  await journal.close();
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

async function messages(...args: string[]): Promise<string> {
  const io = recordedIo(folder, env);
  expect(await runMessagesCommand(args, io)).toBe(0);
  return io.out.join('');
}

test('prints what the page keeps no more, each with what became of it', async () => {
  expect(kept).toBeLessThan(count);
  const text = await messages();
  expect(text).toMatch(
    /^\S+ \S+ [+-]\d\d:\d\d M-1 person to eng-1 \(note, delivered\)\n {4}word 1\n/,
  );
  expect(text).toContain(`    word ${count}\n`);
  expect(text).toMatch(/\(note, queued\)\n {4}two\n {4}rows\n/);
  expect(text).not.toContain('\x1b');
});

test('as JSON, of one member', async () => {
  const all = JSON.parse(await messages('eng-1', '--json'));
  expect(all).toHaveLength(count + 1);
  expect(all[0]).toMatchObject({ id: 'M-1', kind: 'note', delivery: 'delivered', why: null });
  expect(all.at(-1)).toMatchObject({ delivery: 'queued' });
});

test('a name that nobody has is answered with those that there are', async () => {
  await expect(messages('eng-7')).rejects.toThrow('there are eng-1, person');
});

test('does not say that there is nothing where Belfry itself has typed something', async () => {
  const elsewhere = { ...env, XDG_STATE_HOME: join(root, 'other-state') };
  const { state } = await openState(folder, recordedIo(folder, elsewhere));
  const team = new TeamDriver(1);
  team.addTasks({ 'T-1': contentOf('Keep the order') });
  expect(team.state.messages).not.toEqual([]);
  const read = async (...args: string[]) => {
    const io = recordedIo(folder, elsewhere);
    await runMessagesCommand(args, io);
    return io.out.join('');
  };
  expect(await read()).toBe('Nobody has written a message yet.\n');
  const journal = await openJournal(state.journal, { epoch: 1 });
  await journal.append(team.events);
  await journal.close();
  expect(await read()).toContain('--all shows what Belfry typed itself');
  expect(await read('--all')).toMatch(/M-1 belfry to eng-1 \(task of T-1/);
});
