import { afterEach, expect, test } from 'vitest';
import { keymap } from '../../src/ui/keymap/keymap.ts';
import { morningStore } from '../support/morning.ts';
import { closeDrivers, driveUi } from '../support/ui-driver.tsx';

afterEach(closeDrivers);

/** Small, seeded and good enough to reach every corner: a linear congruential generator (Numerical Recipes). */
function randomFrom(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return below => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const stepsMax = 10_000;
/** Keys between two looks at the page; a person does not look after each either. */
const keysPerLook = 25;

/** Keys that give the terminal to another program: rarer, since each takes the page down and up again. */
const givingAway: readonly string[] = ['ctrl+z', '!', 'ctrl+e'];

const waysOut = [
  /\? help/,
  /n {2}No/,
  /Esc/,
  /Ctrl\+g/,
  // Too small for a footer.
  /q\s+quits/,
];

const sizes = [
  [80, 24],
  [250, 70],
  [60, 14],
  [39, 11],
  [100, 30],
] as const;

test('10,000 random keys, clicks, pastes and sizes: the page never throws, never blanks and always shows how to leave', async () => {
  const random = randomFrom(7);
  const store = morningStore();
  const ui = await driveUi({ store, columns: 80, rows: 24 });
  const keys = [...new Set(keymap.flatMap(row => row.keys))].filter(
    key => !givingAway.includes(key),
  );
  const others = [
    'a',
    'ü',
    '文',
    'backspace',
    'delete',
    'ctrl+s',
    'ctrl+g',
    'ctrl+j',
    '\u001b[200~x\ny\u001b[201~',
    `\u001b[200~${'\u0000\u001b[2J\u202e🙂'.repeat(50)}\u001b[201~`,
  ];
  /** A press, a release, the wheel or a button that means nothing, somewhere, or beside the terminal. */
  const mouse = (): string =>
    `\u001b[<${[0, 0, 0, 64, 65, 1, 35][random(7)]};${random(260)};${random(75)}${random(4) === 0 ? 'm' : 'M'}`;
  const pool = [...keys, ...keys, ...others, 'esc', 'esc', 'enter'];
  let failure: unknown = null;
  ui.page.waitUntilExit().catch(error => {
    failure = error;
  });
  const recent: string[] = [];
  for (let step = 0; step < stepsMax; step += keysPerLook) {
    const some = Array.from({ length: keysPerLook }, () =>
      random(5) === 0 ? mouse() : (pool[random(pool.length)] as string),
    );
    if (random(40) === 0) some.push(givingAway[random(givingAway.length)] as string);
    recent.push(...some);
    ui.type(...some);
    if (random(40) === 0) {
      const [columns, rows] = sizes[random(sizes.length)] as (typeof sizes)[number];
      await ui.resize(columns, rows);
    }
    // While a shell has the terminal, or a new size is on its way, there is nothing to see for a moment.
    const frame = await ui.until(
      text => waysOut.some(way => way.test(text)),
      `a way out after ${recent.slice(-60).join(' ')}`,
    );
    const trail = `after ${recent.slice(-60).join(' ')}:\n${frame}`;
    expect(failure, trail).toBeNull();
  }
}, 120_000);
