import { afterEach, expect, test } from 'vitest';
import { noon } from '../support/memory-team-store.ts';
import { morningMessages, morningStore } from '../support/morning.ts';
import { closeDrivers, driveUi, type UiDriver } from '../support/ui-driver.tsx';

afterEach(closeDrivers);

async function withMessages(messages = morningMessages): Promise<UiDriver> {
  const store = morningStore();
  store.publish({ ...store.getState(), messages }, [
    { type: 'message.failed', at: noon, id: 'M-40', why: 'eng-3 did not take it three times' },
  ]);
  return driveUi({ store, columns: 120, rows: 40 });
}

test('M shows every thread with the state of each message, and why one did not arrive', async () => {
  const ui = await withMessages();
  await ui.press('M');
  const frame = await ui.frame();
  expect(frame).toContain('3 Messages');
  expect(await ui.row('─ eng-3 and manager')).toContain('1 message  1 undelivered');
  expect(frame).toContain('eng-3 did not take it three times');
  expect(await ui.row('you to eng-2')).toContain('◌ queued');
  expect(await ui.row('architect to eng-1')).toContain('→ delivered');
  expect(await ui.row('you to architect  goal')).toContain('✓ confirmed');
  // What Belfry types itself is no correspondence.
  expect(frame).not.toContain('task of T-5');
});

test('Enter writes to whoever the selected message is from, J goes on to the next thread', async () => {
  const ui = await withMessages();
  await ui.press('M', 'G', 'K');
  expect(await ui.frame()).toMatch(/▸─ you and architect/);
  await ui.press('K');
  await ui.press('j', 'enter', 'Take it as yours.', 'ctrl+s');
  expect(ui.store.commands).toEqual([
    { type: 'message.send', from: 'person', to: 'eng-1', text: 'Take it as yours.', isGoal: false },
  ]);
});

test('S writes to any member, from anywhere, and says when it will read', async () => {
  const ui = await withMessages();
  await ui.press('2', 'S');
  expect(await ui.row('1 queued for it')).toMatch(/eng-2 +asks you, 1 queued for it/);
  await ui.press('manager', 'enter', 'Who has T-6?', 'ctrl+s');
  expect(ui.store.commands).toMatchObject([{ to: 'manager', text: 'Who has T-6?' }]);
});

test('an undelivered message needs the person, and its line opens it', async () => {
  const ui = await withMessages();
  await ui.press('4', 'G');
  expect(await ui.row('M-40 not delivered')).toMatch(/Enter look +s write again/);
  await ui.press('enter');
  expect(await ui.frame()).toMatch(/▸\d\d:\d\d manager to eng-3/);
});

test('one that is under way again is nobody’s to write', async () => {
  const lost = morningMessages.find(({ id }) => id === 'M-40') as (typeof morningMessages)[0];
  const again = { ...lost, id: 'M-41', delivery: 'queued', freshSession: true } as const;
  const ui = await withMessages([...morningMessages, again]);
  await ui.press('4', 'G');
  expect(await ui.frame()).not.toContain('s write again');
  const other = await withMessages([...morningMessages, { ...again, text: 'Something else.' }]);
  await other.press('4', 'G');
  expect(await other.frame()).toContain('s write again');
});

test('the filter finds messages, and a thread of endless texts stays readable', async () => {
  const long = {
    ...(morningMessages[0] as (typeof morningMessages)[0]),
    text: 'x '.repeat(50_000),
  };
  const ui = await withMessages([long, ...morningMessages.slice(1)]);
  await ui.press('M', '/', 'private', 'enter');
  const frame = await ui.frame();
  expect(frame).toContain('Keep it private.');
  expect(frame).not.toContain('May reserve');
  await ui.press('/', 'ctrl+u', 'zebra', 'enter');
  expect(await ui.frame()).toContain('No message matches “zebra”');
});

test('a message that waits says what for, and that all of them are somewhere', async () => {
  const store = morningStore();
  const state = store.getState();
  const stopped = (isStopped: boolean) => {
    const [id, agent] = Object.entries(state.agents).find(([name]) => name === 'eng-2') ?? [];
    if (id === undefined || agent === undefined) throw new Error('no eng-2');
    const agents = { ...state.agents, [id]: { ...agent, stopped: isStopped } };
    return { ...state, agents, messages: morningMessages, messageCount: 400 };
  };
  store.publish(stopped(false));
  const ui = await driveUi({ store, columns: 120, rows: 40 });
  await ui.press('M');
  expect(await ui.frame()).toContain('waits: eng-2 asks you something first');
  ui.store.publish(stopped(true));
  await ui.until(frame => frame.includes('waits: eng-2 is stopped'), 'the new reason');
  await ui.press('G');
  expect(await ui.frame()).toContain('“belfry messages” in a shell prints all of them');
});

test('a message that begins with ! is urgent, and drawn so', async () => {
  const ui = await withMessages();
  await ui.press('S', 'manager', 'enter', '! The schema changes: stop.', 'ctrl+s');
  expect(ui.store.commands).toEqual([
    {
      ...{ type: 'message.send', from: 'person', to: 'manager', isGoal: false, isUrgent: true },
      text: 'The schema changes: stop.',
    },
  ]);
  expect(await ui.frame()).toContain('is interrupted for it at a safe point');
  await ui.press('S', 'manager', 'enter', '!', 'ctrl+s');
  expect(await ui.frame()).toContain('Nothing is written yet.');
  const [first, ...others] = morningMessages;
  const urgent = { ...(first as (typeof morningMessages)[0]), urgent: true } as const;
  const drawn = await withMessages([urgent, ...others]);
  await drawn.press('M');
  expect(await drawn.frame()).toContain('  urgent');
});
