import { afterEach, expect, test } from 'vitest';
import type { Event } from '../../src/core/event.ts';
import { initialUi } from '../../src/ui/model/model.ts';
import { reduce } from '../../src/ui/model/reduce.ts';
import { busyState, MemoryTeamStore, minutes, noon } from '../support/memory-team-store.ts';
import { closeDrivers, driveUi } from '../support/ui-driver.tsx';

afterEach(closeDrivers);

const landed = (task: string, at: number) =>
  ({ type: 'landing.finished', at, task, attempt: 1, commit: 'f'.repeat(40) }) as unknown as Event;

test('who left the desk reads what is new before the first key, in a terminal that kept its focus', async () => {
  const store = new MemoryTeamStore(busyState());
  const ui = await driveUi({ store });
  ui.store.publish(busyState(), [landed('T-4', noon + minutes(1))]);
  ui.store.time = noon + minutes(2);
  await ui.press('j');
  expect(await ui.row('since you looked')).toContain('since you looked, 09:30: landed T-4');

  ui.store.time = noon + minutes(32);
  ui.store.publish(busyState(), [landed('T-5', noon + minutes(20))]);
  await ui.until(frame => frame.includes('since you looked, 09:32: landed T-5'), 'what is new');
  const beforeTheKey = await ui.row('since you looked');
  await ui.press('j');
  expect(await ui.row('since you looked')).toBe(beforeTheKey);
});

test('what is read without a key for some minutes stays as it is', async () => {
  const left = reduce(initialUi(noon), { type: 'terminalFocus', hasFocus: false, at: noon });
  const back = { type: 'terminalFocus', hasFocus: true, at: noon + minutes(30) } as const;
  expect(reduce(left, back)).toMatchObject({ lookedAt: noon });
  const ui = await driveUi({ store: new MemoryTeamStore(busyState()) });
  ui.input.emit('data', '\u001b[O');
  ui.store.time = noon + minutes(30);
  ui.input.emit('data', '\u001b[I');
  ui.store.time = noon + minutes(34);
  ui.store.publish(busyState(), [landed('T-4', noon + minutes(10))]);
  await ui.until(frame => frame.includes('since you looked, 09:30: landed T-4'), 'what is new');
});
