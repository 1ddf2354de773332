// What a person can do with keys while the demo runs, at three sizes, told by what the screen shows.
import { expect, test } from 'vitest';
import { createJourneyDemo, quit } from '../support/demo-journey.ts';
import { JourneyStage, patience, type Size } from '../support/journey-stage.ts';
import { keys, type PtyProgram } from '../support/pty-driver.ts';

const sizes: readonly Size[] = [
  [80, 24],
  [100, 30],
  [160, 50],
];
const ctrlS = '\x13';

type Scene = {
  readonly stage: JourneyStage;
  readonly folder: string;
  readonly program: PtyProgram;
  /** Presses keys and waits for what they bring onto the screen. */
  press(text: string, expected: string | RegExp): Promise<string>;
  gone(text: string | RegExp): Promise<string>;
};

test.concurrent.each(sizes)('%i×%i: looks, types, acts and quits', async (...size) => {
  const stage = new JourneyStage();
  try {
    const folder = await createJourneyDemo(stage);
    // Slow enough for everybody to be at the first tasks until the end.
    const program = stage.open(['demo', '--folder', folder, '--speed', '0.12'], { size });
    await program.waitFor(/eng-3 +● working/, patience);
    const scene: Scene = {
      ...{ stage, folder, program },
      press(text, expected) {
        program.press(text);
        return program.waitFor(expected, patience);
      },
      gone: text => program.waitFor(screen => screen.search(text) < 0, patience),
    };
    await look(scene);
    await type(scene);
    await pauseOne(scene);
    await actWhilePaused(scene);
    await resize(scene, size);
    expect(await quit(program)).toMatch(/saved\. \d+ of \d+ tasks are open/);
    expect(stage.processesOf(folder)).toEqual([]);
  } finally {
    await stage.close();
  }
});

async function look({ press, gone }: Scene): Promise<void> {
  await press('?', /Keys here(.|\n)*type to search/);
  await press('pause the whole', /P +pause the whole team/);
  await press(keys.escape, '1 Team');
  await gone('Keys here');
  await press('2', /2 Board/);
  await press(keys.enter, /3 Task T-\d+/);
  await press('d', /3 Diff of T-\d+/);
  await press('t', /3 Gate/);
  await press('v', /3 Timeline/);
  await press('z', /3 Timeline/);
  await gone('1 Team');
  await press('z', '1 Team');
  await press(`1${keys.enter}`, /3 Terminal of /);
}

async function resize({ program }: Scene, [cols, rows]: Size): Promise<void> {
  const widest = (screen: string) => Math.max(...screen.split('\n').map(line => line.length));
  const isWhole = (screen: string, width: number) =>
    widest(screen) === width && screen.includes('1 Team') && screen.includes('? help');
  program.resize(cols + 30, rows + 8);
  await program.waitFor(screen => isWhole(screen, cols + 30), patience);
  program.resize(cols, rows);
  await program.waitFor(screen => isWhole(screen, cols), patience);
}

/** Every key goes to the program in the terminal, also those that mean something to the page. */
async function type({ press, gone }: Scene): Promise<void> {
  await press('1', '1 Team');
  await press(`${keys.up.repeat(5)}j`, /3 Terminal of manager/);
  await press('i', 'EVERY KEY GOES TO manager');
  await press('quip?', /> quip\?/);
  await press(keys.enter, /I am a script without/);
  await press(keys.ctrlG, /3 Terminal of manager/);
  await gone('EVERY KEY');
}

async function pauseOne({ press, stage, folder }: Scene): Promise<void> {
  await press('1j', /3 Terminal of eng-1/);
  await press('p', /eng-1 +‖ paused/);
  expect(stage.state(folder).agents).toMatchObject({ 'eng-1': { paused: true } });
  await press('p', /eng-1 +[^‖ ] (working|idle|starting|asks you)/);
}

async function actWhilePaused({ press, gone, stage, folder, program }: Scene): Promise<void> {
  await press('P', /‖ team paused/);
  await program.waitFor(/architect +‖ paused(.|\n)*eng-3 +‖ paused/, patience);
  const assigned = () => stage.events(folder).filter(one => one.type === 'task.assigned').length;
  const before = assigned();

  await press('n', 'New task');
  await press(`Polish the bell${keys.tab}It shines.${keys.tab}docs/bell.md`, /docs\/bell\.md/);
  const [task] = /T-\d+(?= is added)/.exec(await press(ctrlS, /T-\d+ is added/)) ?? [];
  await press('1', /▸eng-1/);
  await press('s', 'Message to eng-1');
  await press('How far are you?', 'How far are you?');
  program.press(ctrlS);
  await gone('Message to eng-1');
  expect(stage.state(folder).messages.map(one => one.text)).toContain('How far are you?');

  // Taken from eng-1, who is free then; yet nothing is given out.
  await press('r', /Give T-\d+ to/);
  await press('eng-2', /▸ eng-2/);
  await press(keys.enter, /T-\d+ goes to eng-2/);
  expect(stage.state(folder).agents).toMatchObject({ 'eng-1': { task: null } });

  await press('2', new RegExp(`▸${task}`));
  await press('x', `Drop ${task}?`);
  program.press('n');
  await gone('Drop T-');
  await press('x', `Drop ${task}?`);
  await press('y', `${task} is dropped`);
  expect(stage.state(folder).counters).toMatchObject({ dropped: 1, reassigned: 1 });
  expect(assigned()).toBe(before);

  program.press('P');
  await gone(/team paused/);
  await program.waitFor(() => assigned() > before, { ...patience, what: 'work for eng-1' });
}
