import { expect, test } from 'vitest';
import { apply } from '../../../src/core/apply/apply.ts';
import type { Event } from '../../../src/core/event.ts';
import type { TaskId } from '../../../src/core/ids.ts';
import { receiptRetryMs } from '../../../src/core/limits.ts';
import { emptyState, type State } from '../../../src/core/state.ts';
import { Lanes } from '../../../src/supervisor/lanes.ts';
import { ReceiptDesk } from '../../../src/supervisor/receipts/receipt-desk.ts';
import { contentOf } from '../../core/plan/plan-builder.ts';
import { type MemoryLine, MemoryReceipts } from '../../support/memory-receipts.ts';
import { TeamDriver } from '../../support/team-driver.ts';

const t1 = 'T-1' as TaskId;

/** A task that is tested and landed, as the journal has it. */
function landedTeam(): TeamDriver {
  const team = new TeamDriver(1);
  team.addTasks({ 'T-1': contentOf('Do it') });
  team.claim('T-1');
  team.build('T-1');
  team.gate('passed');
  const { landing } = team.state;
  const commit = landing?.candidate?.commit ?? ('' as never);
  team.input({
    ...{ type: 'landing.answered', task: t1, attempt: 1, commit },
    ...{ answer: 'landed', head: commit, reason: '' },
  });
  return team;
}

function openDesk(receipts: MemoryReceipts) {
  const errors: string[] = [];
  const lanes = new Lanes((_, error) => void errors.push(String(error)));
  const log = (line: string) => void errors.push(line);
  const clock = { now: 5 };
  const desk = new ReceiptDesk({ receipts, lanes, now: () => clock.now, log });
  return { lanes, errors, clock, desk };
}

const linesOf = (lines: readonly MemoryLine[]) =>
  lines.map(({ receipt: { fact, kind }, isAfterwards }) => ({ fact, kind, isAfterwards }));

/** What an undisturbed run writes of these facts, turn by turn. */
async function written(events: readonly Event[]): Promise<MemoryReceipts> {
  const receipts = new MemoryReceipts();
  const { desk, lanes } = openDesk(receipts);
  let state: State = await desk.catchUp([]);
  for (const event of events) {
    desk.take(state, [event]);
    state = apply(state, event);
  }
  await lanes.drained();
  return receipts;
}

test('gate run, attempt and landing are written while the facts come, and known by their task', async () => {
  const { events } = landedTeam();
  const receipts = new MemoryReceipts();
  const { desk, lanes, errors } = openDesk(receipts);
  await desk.catchUp([]);
  let told = 0;
  desk.onChange(() => {
    told += 1;
  });
  desk.take(emptyState, events);
  await lanes.drained();
  expect(receipts.lines.map(({ receipt }) => receipt.kind)).toEqual(['gate', 'attempt', 'landing']);
  expect(receipts.lines.every(({ isAfterwards }) => !isAfterwards)).toBe(true);
  expect(desk.of(t1).map(({ hash }) => hash)).toEqual(receipts.lines.map(({ hash }) => hash));
  expect(desk.of('T-2' as TaskId)).toEqual([]);
  expect([told, errors, desk.concerns]).toEqual([1, [], []]);
});

test('wherever a kill cuts, the next start writes what is missing, once, and says that it came afterwards', async () => {
  const { events } = landedTeam();
  const whole = linesOf((await written(events)).lines);
  for (let kept = 1; kept <= whole.length; kept += 1) {
    const lines = (await written(events)).lines.slice(0, kept);
    for (let start = 0; start < 2; start += 1)
      await openDesk(new MemoryReceipts(events.length, lines)).desk.catchUp(events);
    const expected = whole.map((line, index) => ({ ...line, isAfterwards: index >= kept }));
    expect(linesOf(lines)).toEqual(expected);
  }
});

test('a disk that refuses is told once, until it takes again, and what is due goes with the next', async () => {
  const { events } = landedTeam();
  const receipts = new MemoryReceipts();
  const { desk, lanes, errors, clock } = openDesk(receipts);
  let state = await desk.catchUp([]);
  receipts.breaks = 2;
  const about = { kind: 'receipts', key: 'receipts', since: expect.any(Number), agents: [] };
  const concern = { ...about, why: 'the disk is full' };
  const seen: unknown[] = [];
  desk.onChange(() => seen.push(desk.concerns));
  for (const event of [...events, { type: 'team.paused', at: 1 } as const]) {
    desk.take(state, [event]);
    await lanes.drained();
    state = apply(state, event);
    clock.now += receiptRetryMs;
  }
  expect(seen.slice(0, 2)).toEqual([[concern], []]);
  expect(desk.concerns).toEqual([]);
  expect(errors).toEqual(['receipts: the disk is full']);
  expect(linesOf(receipts.lines)).toEqual(linesOf((await written(events)).lines));
});

test('a disk that refuses is not asked in every turn', async () => {
  const { events } = landedTeam();
  const receipts = new MemoryReceipts();
  const { desk, lanes, clock } = openDesk(receipts);
  desk.take(await desk.catchUp([]), events.slice(0, -1));
  receipts.breaks = 2;
  await lanes.drained();
  const state = events.reduce(apply, emptyState);
  const turns = async (times: number) => {
    for (let turn = 0; turn < times; turn += 1) desk.take(state, [{ type: 'team.paused', at: 1 }]);
    await lanes.drained();
  };
  await turns(50);
  expect(receipts.tries).toBe(1);
  clock.now += receiptRetryMs;
  await turns(50);
  expect(receipts.tries).toBe(2);
  clock.now += receiptRetryMs;
  await turns(1);
  expect([receipts.lines.length > 0, desk.concerns]).toEqual([true, []]);
});

test('a run that can write none says so from its start, until the person has noted it', async () => {
  const receipts = new MemoryReceipts();
  receipts.refusal = 'none is written in this run';
  const { desk } = openDesk(receipts);
  expect(desk.concerns).toMatchObject([{ kind: 'receipts', why: 'none is written in this run' }]);
  desk.note('another');
  expect(desk.concerns).toHaveLength(1);
  desk.note('receipts');
  expect(desk.concerns).toEqual([]);
});
