import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openJournal } from '../../src/adapters/journal/file-journal.ts';
import { acquireInstanceLock } from '../../src/adapters/journal/instance-lock.ts';
import { createDemoRepository } from '../../src/cli/demo/demo-repository.ts';
import { openState } from '../../src/cli/open-state.ts';
import { runStatusCommand } from '../../src/cli/status-command.ts';
import type { AgentId } from '../../src/core/ids.ts';
import { fullTime } from '../../src/ui/present/age.ts';
import { contentOf, ids } from '../core/plan/plan-builder.ts';
import { TeamDriver } from '../support/team-driver.ts';
import { recordedIo } from './agent-verbs/worktree.ts';

const root = mkdtempSync(join(tmpdir(), 'belfry-status-'));
const folder = join(root, 'tally');
const env = { HOME: root, XDG_STATE_HOME: join(root, 'state') };
beforeAll(async () => {
  await createDemoRepository(folder);
  const team = new TeamDriver(1);
  const queue = { files: ['src/queue.ts'] };
  team.addTasks({
    'T-1': contentOf('Keep the order', queue),
    'T-2': contentOf('Drop old entries', queue),
    'T-3': contentOf('Show both', { dependsOn: ids('T-1') }),
  });
  const agent = 'eng-1' as AgentId;
  const session = team.state.agents[agent]?.session ?? '';
  team.input({ type: 'agent.measured', agent, session, contextUsed: null, costUsd: 1.5 });
  const question = { id: 'q-1', kind: 'permission', text: 'Run npm install?' } as const;
  const asks = { status: 'permission', reason: 'its dialog', question } as const;
  team.input({ type: 'agent.looked', agent, session, ...asks });
  const { state } = await openState(folder, recordedIo(folder, env));
  const journal = await openJournal(state.journal, { epoch: 1 });
  await journal.append(team.events);
  await journal.close();
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

async function status(...args: string[]): Promise<string> {
  const io = recordedIo(folder, env);
  expect(await runStatusCommand(args, io)).toBe(0);
  return io.out.join('');
}

test('says of every task why it is where it is, also while it waits', async () => {
  const text = await status();
  expect(text).toMatch(/T-1 +Keep the order +eng-1 +eng-1 was free\n/);
  expect(text).toMatch(/T-2 +Drop old entries +waits: overlaps T-1 in src\/queue.ts\n/);
  expect(text).toMatch(/T-3 +Show both +waits for T-1\n/);
});

test('the time is the person’s where a person reads it, and ISO in UTC where a program does', async () => {
  const { at } = JSON.parse(await status('--json'));
  expect(at).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  expect(await status()).toContain(`as of ${fullTime(Date.parse(at))}\n`);
});

test('says first what needs the person, how the trunk is, and whether anybody is at work', async () => {
  const [, ...rows] = (await status()).split('\n');
  expect(rows.slice(0, 5)).toEqual([
    'no Belfry runs: “belfry” goes on from here',
    'main is not checked',
    '',
    'needs you (1)',
    '  eng-1 asks permission: Run npm install?',
  ]);
  const told = JSON.parse(await status('--json'));
  expect(told).toMatchObject({
    pid: null,
    needs: [{ kind: 'question', agent: 'eng-1', task: 'T-1', text: 'Run npm install?' }],
  });
});

test('names the Belfry that has the team', async () => {
  const { state } = await openState(folder, recordedIo(folder, env));
  const lock = acquireInstanceLock(state.lock);
  if (!lock.ok) throw new Error('somebody has the team already');
  try {
    expect(await status()).toContain(
      `the Belfry in process ${process.pid} has the team, which has 0 of`,
    );
  } finally {
    lock.release();
  }
});

test('as JSON it says what an agent has put out since something came of its work', async () => {
  const { agents } = JSON.parse(await status('--json'));
  expect(agents).toContainEqual(
    expect.objectContaining({
      id: 'eng-1',
      sinceOutcome: { costUsd: 1.5, tokens: null, bytes: null },
    }),
  );
});
