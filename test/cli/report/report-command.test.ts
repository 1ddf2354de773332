import { appendFileSync, copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { openJournal } from '../../../src/adapters/journal/file-journal.ts';
import { acquireInstanceLock } from '../../../src/adapters/journal/instance-lock.ts';
import { createDemoRepository } from '../../../src/cli/demo/demo-repository.ts';
import { openState } from '../../../src/cli/open-state.ts';
import { parseMoment } from '../../../src/cli/report/parse-moment.ts';
import { runReportCommand } from '../../../src/cli/report/report-command.ts';
import { recordedIo } from '../agent-verbs/worktree.ts';

const root = mkdtempSync(join(tmpdir(), 'belfry-report-'));
const env = { HOME: root, XDG_STATE_HOME: join(root, 'state') };
const golden = join(import.meta.dirname, '../../fixtures/report');
const [worked, fresh, running] = ['tally', 'fresh', 'running'].map(name => join(root, name)) as [
  string,
  string,
  string,
];
let journal = '';

beforeAll(async () => {
  for (const folder of [worked, fresh, running]) await createDemoRepository(folder);
  journal = (await openState(worked, recordedIo(worked, env))).state.journal;
  copyFileSync(join(golden, 'journal.jsonl'), journal);
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

async function report(folder: string, ...args: string[]): Promise<string> {
  const io = recordedIo(folder, env);
  expect(await runReportCommand(args, io)).toBe(0);
  return io.out.join('');
}

/** Printed times are those of whoever runs the tests. */
const inUtc = (text: string): string =>
  text.replace(/\d{4}-\d\d-\d\d [\d:]{8} [+-]\d\d:\d\d/g, time =>
    new Date(parseMoment('since', time, 0)).toISOString(),
  );

test('a journal with an event of a later Belfry and a torn last line gives its report', async () => {
  const text = readFileSync(journal, 'utf8');
  expect(text).toContain('"type":"weather.changed"');
  expect(text.endsWith('\n')).toBe(false);
  const printed = await report(worked, '--tasks');
  await expect(inUtc(printed)).toMatchFileSnapshot(join(golden, 'report.md'));
});

const figure = z.strictObject({
  id: z.string().regex(/^[a-zA-Z]+$/),
  name: z.string().min(4),
  value: z.number().nonnegative().nullable(),
  unit: z.enum(['count', 'lines', 'ms', 'dollars', 'share', 'times']),
  isEstimate: z.boolean(),
  isAtLeast: z.boolean(),
  how: z.string().min(10),
});
const count = z.int().nonnegative();
const used = z.strictObject({
  tokens: z.strictObject({ input: count, cached: count, output: count }).nullable(),
  costUsd: z.number().nonnegative().nullable(),
});
const format = z.strictObject({
  format: z.literal('belfry-report'),
  version: z.literal(1),
  repository: z.string(),
  since: z.iso.datetime().nullable(),
  until: z.iso.datetime().nullable(),
  run: z.enum(['none', 'under way', 'cut off', 'ended']),
  week: z.array(figure).length(12),
  outcomes: z.array(figure).length(8),
  members: z.array(
    z.strictObject({
      ...{ agent: z.string(), role: z.string().nullable(), cli: z.string().nullable(), used },
      ...{ attempts: count, landed: count, givenBack: count, ms: count },
      lost: z.strictObject({ ms: count, used }).nullable(),
    }),
  ),
  tasks: z.array(
    z.strictObject({
      ...{ task: z.string(), title: z.string(), outcome: z.string(), agents: z.array(z.string()) },
      ...{ attempts: count, gateCatches: count, conflicts: count, ms: count, used },
      estimateMinutes: z.number().nullable(),
    }),
  ),
});

test.each([
  ['of a team that has worked', () => worked],
  ['of a repository without a team', () => fresh],
])('the JSON %s has the shape of version 1, and nothing beside it', async (_name, folder) => {
  const { since, members, week } = format.parse(JSON.parse(await report(folder(), '--json')));
  expect(since === null).toBe(folder() === fresh);
  expect(members).toHaveLength(folder() === fresh ? 0 : 4);
  expect(week[0]).toMatchObject({ id: 'completed', value: folder() === fresh ? 0 : 5 });
});

test('an empty history is said to be one', async () => {
  const text = await report(fresh);
  expect(text).toContain('No team has run here yet: nothing is measured.');
  expect(text).toMatch(/\| tasks completed +\| 0 +\|/);
  expect(text).toMatch(/\| estimated sequential time +\| not measured +\|/);
});

test('a part of the journal is told alone', async () => {
  const all = JSON.parse(await report(worked, '--json'));
  const middle = new Date(Date.parse(all.since) + 25 * 60_000).toISOString();
  const parts = [
    JSON.parse(await report(worked, '--json', '--until', middle)),
    JSON.parse(await report(worked, '--json', '--since', middle)),
  ];
  expect(parts.map(({ week }) => week[0].value)).toEqual([2, 3]);
  expect(parts.map(({ until }) => until)).toEqual([middle, all.until]);
});

test('it is read while a Belfry writes, and takes no lock', async () => {
  const path = (await openState(fresh, recordedIo(fresh, env))).state.journal;
  const open = await openJournal(path, { epoch: 1 });
  await open.append([{ at: 1_000, type: 'run.started', trunk: 'main', head: 'a' as never }]);
  await open.append([{ at: 61_000, type: 'team.paused' }]);
  appendFileSync(path, 'half a rec');
  const text = await report(fresh);
  expect(text).toMatch(/\| supervised time +\| 1 min +\| .*1 has no end yet/);
  expect(text).toContain('the last run was cut off');
  await open.close();
});

test('while a Belfry holds the lock its run counts until this moment', async () => {
  const { state } = await openState(running, recordedIo(running, env));
  const lock = acquireInstanceLock(state.lock);
  if (!lock.ok) throw new Error('nobody else is here');
  const startedAt = Date.now() - 10 * 60_000;
  const open = await openJournal(state.journal, { epoch: lock.epoch });
  await open.append([{ at: startedAt, type: 'run.started', trunk: 'main', head: 'a' as never }]);
  const text = await report(running);
  expect(text).toMatch(/\| supervised time +\| 10 min +\|/);
  expect(text).toContain('a run is under way');
  await open.close();
  lock.release();
  expect(await report(running)).toMatch(
    /the last run was cut off[\s\S]*\| supervised time +\| 0 s +\|/,
  );
});

test('after the last fact nothing has happened, and that is said', async () => {
  const text = inUtc(await report(worked, '--since', '2031-01-01'));
  expect(text).toMatch(/Nothing has happened since 20\d\d-.*: the last fact is of 2030-03-17T/);
  expect(text).toMatch(/\| tasks completed +\| 0 +\|/);
  // Of what comes later nothing can be told yet.
  const { until } = JSON.parse(await report(worked, '--json', '--until', '2031-01-01'));
  expect(until).toBe('2030-03-17T18:52:40.000Z');
});

test.each([
  [['--since', 'yesterday'], /--since takes so long ago \(90m, 12h, 7d\).*not “yesterday”/],
  [['--until', '2026-02-31'], /--until takes .* not “2026-02-31”/],
  [['--since', '1h', '--until', '2h'], /--since must be before --until/],
] as const)('%j is refused with what would do', async (args, message) => {
  await expect(runReportCommand(args, recordedIo(worked, env))).rejects.toThrow(message);
});
