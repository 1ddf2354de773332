import { afterEach, expect, test } from 'vitest';
import { runVerifyCommand } from '../../src/cli/receipts/verify-command.ts';
import { runReportCommand } from '../../src/cli/report/report-command.ts';
import { AgentStage } from './support/agent-stage.ts';
import { newest, programOf } from './support/pinned-clis.ts';
import { writesParts } from './support/teams.ts';

let stage: AgentStage | undefined;
afterEach(async () => {
  await stage?.close();
}, 60_000);

const isThere = programOf(newest('claude')) !== null && programOf(newest('codex')) !== null;
const team = `gate: test -f README.md
policy: { land: auto }
roles:
  architect: { cli: claude, permissions: full, env: ENV }
  manager: { cli: claude, permissions: full, env: ENV }
  engineer: { cli: codex, count: 3, permissions: full, env: ENV }
`;
type Report = {
  readonly week: readonly { readonly id: string; readonly value: number | null }[];
  readonly members: readonly { readonly agent: string }[];
};
const numbers = [1, 2, 3, 4, 5, 6];

test.skipIf(!isThere)(
  'a team of two Claude Code and three Codex lands six tasks',
  async () => {
    const at = await AgentStage.create({ team, script: writesParts });
    stage = at;
    for (const number of numbers) at.addTask(number, `Write part-${number}.txt`);
    await at.open();
    const tasks = () => Object.values(at.state.tasks);
    await at.until(
      'all six have landed',
      () => tasks().length === 6 && tasks().every(task => task.column === 'done'),
      240_000,
    );
    await at.until('main follows', () =>
      numbers.every(number => at.onTrunk(`part-${number}.txt`) === `${number}\n`),
    );
    expect(at.state.counters.landed).toBe(6);
    expect(tasks().map(task => task.retries)).toEqual([0, 0, 0, 0, 0, 0]);
    const workers = new Set(tasks().map(task => task.attempts.at(-1)?.agent));
    expect(workers.size).toBeGreaterThan(1);
    // Nobody was asked anything beyond the first start, and everybody waits for work.
    await at.until('all wait', () =>
      Object.values(at.state.agents).every(agent => agent.status === 'idle'),
    );
    const [code, proof] = await at.run(runVerifyCommand);
    expect([code, proof]).toEqual([0, expect.stringContaining('6 commits')]);
    const [, report] = await at.run(runReportCommand, ['--json']);
    const { week, members } = JSON.parse(report) as Report;
    const told = Object.fromEntries(week.map(({ id, value }) => [id, value]));
    expect(told).toMatchObject({ completed: 6, gateCatches: 0 });
    expect(told['costUsd']).toBeGreaterThan(0);
    expect(members.map(({ agent }) => agent).sort()).toEqual(
      ['architect', 'manager', 'eng-1', 'eng-2', 'eng-3'].sort(),
    );
  },
  360_000,
);
