import { afterEach, expect, test } from 'vitest';
import { noon } from '../support/memory-team-store.ts';
import { morningStore } from '../support/morning.ts';
import { closeDrivers, driveUi } from '../support/ui-driver.tsx';

afterEach(closeDrivers);

const heard = async () => {
  const store = morningStore();
  const ui = await driveUi({ store, settings: { isScreenReader: true } });
  let read = 0;
  return {
    ...{ ui, store },
    all: () => ui.bytes(),
    /** What was said since the last question. */
    async news() {
      await ui.frame();
      const text = ui.bytes().slice(read);
      read = ui.bytes().length;
      return text;
    },
  };
};

test('begins with where everything stands, what needs the person with its keys, and the keys', async () => {
  const { news } = await heard();
  const text = await news();
  expect(text).toMatch(
    /^Belfry: harbour, 3 need you, main green, .*, at least \$5\.00, .*09:30\.$/m,
  );
  expect(text).toMatch(/^Needs you: .*: .*Keys: .*y yes, N no/m);
  expect(text).toMatch(/^Keys: w what needs you, 1 team, 2 board/m);
});

test('writes text and line ends alone: no sequence moves, colours or clears anything', async () => {
  const { ui, all } = await heard();
  await ui.press('w', 'j', 'k', '1', 'j', 'enter', '2', 'j', 'l', 'enter', 'd', 'J', 't', 'v');
  await ui.press(
    '?',
    'down',
    'esc',
    ':',
    'p',
    'esc',
    'n',
    'a',
    'b',
    'esc',
    'x',
    'n',
    'z',
    'z',
    '/',
  );
  await ui.press('q', 'u', 'esc', 'ctrl+l', 'i', 'x', 'ctrl+g');
  expect(all()).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
});

test('says what the team did, once, and nothing when nothing changed', async () => {
  const { store, news } = await heard();
  await news();
  const landed = {
    ...{ type: 'landing.finished', at: noon, seq: 0, task: 'T-4', attempt: 1 },
    commit: 'a'.repeat(40),
  } as never;
  store.publish(store.getState(), [landed]);
  expect((await news()).match(/T-4/g)).toHaveLength(1);
  store.publish(store.getState());
  expect(await news()).toBe('');
});

test('a key says where it led, and an answer reaches the team', async () => {
  const { ui, store, news } = await heard();
  await news();
  await ui.press('2');
  expect(await news()).toMatch(/^Board: T-\d+ .*, (backlog|ready|doing|gate|done)/);
  await ui.press('1', 'down');
  expect(await news()).toMatch(/^Team: \S+, \w+.*\n/);
  await ui.press('w');
  expect(await news()).toMatch(/^Needs you: /);
  await ui.press('y');
  expect(store.commands).toHaveLength(1);
});

test('questions, forms and lists are read out with their keys; typed text is echoed', async () => {
  const { ui, news } = await heard();
  await ui.press('1', 'home');
  await news();
  await ui.press('x');
  expect(await news()).toMatch(/y yes, any other key no\.\n$/);
  await ui.press('n');
  expect(await news()).toMatch(/Closed\.\n$/);
  await ui.press('n', 'a', 'b');
  expect(await news()).toMatch(/Tab next field, Ctrl\+s sends, Esc leaves\.\n.*: \nab$/s);
  await ui.press('tab');
  expect(await news()).toMatch(/^\n\S+ \(.*\): \n$/);
  await ui.press('esc', ':', 'q', 'u', 'i', 't');
  expect(await news()).toMatch(/palette: \d+ entries.*\nq.*\n.*quit/s);
});

test('a long text is read in portions', async () => {
  const { ui, news } = await heard();
  await ui.press('?', 'esc', 'v');
  expect(await news()).toMatch(/events:\n/);
  await ui.press('down');
  expect((await news()).split('\n').length).toBeLessThanOrEqual(2);
});
