import { expect, test } from 'vitest';
import { apply } from '../../../src/core/apply/apply.ts';
import type { Event } from '../../../src/core/event.ts';
import type { TaskId } from '../../../src/core/ids.ts';
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
  const notices: string[] = [];
  const lanes = new Lanes((_, error) => void notices.push(String(error)));
  const notify = (text: string) => void notices.push(text);
  return { lanes, notices, desk: new ReceiptDesk({ receipts, lanes, notify }) };
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
  const { desk, lanes, notices } = openDesk(receipts);
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
  expect([told, notices]).toEqual([1, []]);
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

test('a disk that refuses is said once, and what is due goes with the next', async () => {
  const { events } = landedTeam();
  const receipts = new MemoryReceipts();
  const { desk, lanes, notices } = openDesk(receipts);
  const start = await desk.catchUp([]);
  receipts.breaks = 2;
  let state = start;
  for (const event of events) {
    desk.take(state, [event]);
    await lanes.drained();
    state = apply(state, event);
  }
  expect(notices).toEqual([
    expect.stringContaining('A receipt cannot be written: the disk is full.'),
  ]);
  desk.take(state, [{ type: 'team.paused', at: 1 }]);
  await lanes.drained();
  expect(linesOf(receipts.lines)).toEqual(linesOf((await written(events)).lines));
});
