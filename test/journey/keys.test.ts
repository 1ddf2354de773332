// What a person can do with keys while the demo runs, at three sizes, told by what the screen shows.
import { expect, test } from 'vitest';
import { createQuickDemo, quit } from '../support/demo-journey.ts';
import { JourneyStage, patience, type Size } from '../support/journey-stage.ts';
import { keys, type PtyProgram } from '../support/pty-driver.ts';

const sizes: readonly Size[] = [
  [80, 24],
  [100, 30],
  [160, 50],
];

/** Presses keys until the screen shows it: a key that came while something else was drawn is not lost on a person. */
async function pressFor(
  program: PtyProgram,
  text: string,
  expected: RegExp | string,
): Promise<string> {
  program.press(text);
  return program.waitFor(expected, patience);
}

test.concurrent.each(sizes)(
  '%i×%i: looks, acts and quits',
  async (...size) => {
    const stage = new JourneyStage();
    try {
      const folder = await createQuickDemo(stage);
      const program = stage.open(['demo', '--folder', folder, '--speed', '0.5'], { size });
      await program.waitFor(/eng-1 +● working/, patience);
      await look(program);
      await pause(program, stage, folder);
      await act(program, stage, folder);
      await program.waitFor('1 Team', patience);
      resizeTo(program, size);
      expect(await quit(program)).toMatch(/saved\. \d+ of \d+ tasks are open/);
      expect(stage.processesOf(folder)).toEqual([]);
    } finally {
      await stage.close();
    }
  },
  300_000,
);

function resizeTo(program: PtyProgram, [cols, rows]: Size): void {
  program.resize(cols, rows);
}

async function look(program: PtyProgram): Promise<void> {
  const help = await pressFor(program, '?', 'Keys here');
  expect(help).toMatch(/w +go to the next thing that needs you|w .*need/);
  expect(help).toContain('type to search');
  program.press(keys.escape);
  await program.waitFor(screen => !screen.includes('Keys here'), patience);

  // While the engineers work the page takes another size, and comes back.
  const [cols, rows] = [program.text().split('\n')[0]?.length ?? 80, 24];
  program.resize(132, 40);
  await program.waitFor(screen => /1 Team/.test(screen) && widthOf(screen) > 120, patience);
  program.resize(Math.max(80, cols), Math.max(24, rows));
  await program.waitFor(screen => widthOf(screen) <= Math.max(80, cols), patience);

  await pressFor(program, '2', /2 Board/);
  await pressFor(program, keys.enter, /3 Task T-\d+/);
  await pressFor(program, 'd', /3 Diff of T-\d+/);
  await pressFor(program, 't', /3 Gate/);
  await pressFor(program, 'v', /3 Events/);
  await pressFor(program, '1', /▸eng-1/);
  const zoomed = await pressFor(program, `3[[[[${'z'}`, /3 (Terminal|Task|Diff|Gate|Events)/);
  expect(zoomed).toBeDefined();
  program.press('z');
  await program.waitFor(/1 Team/, patience);
}

const widthOf = (screen: string): number =>
  Math.max(...screen.split('\n').map(line => line.length));

async function pause(program: PtyProgram, stage: JourneyStage, folder: string): Promise<void> {
  program.press('1');
  await pressFor(program, 'p', /eng-1 +‖ paused/);
  await pressFor(program, 'p', /eng-1 +[●○◌!] (working|idle|starting|asks you)/);
  await pressFor(program, 'P', /team paused/);
  await program.waitFor(/architect +‖ paused(.|\n)*eng-3 +‖ paused/, patience);
  expect(stage.state(folder).teamPaused).toBe(true);
}

async function act(program: PtyProgram, stage: JourneyStage, folder: string): Promise<void> {
  await pressFor(program, 'n', 'New task');
  program.press(`Polish the bell${keys.tab}So that it shines.${keys.tab}README.md`);
  await program.waitFor(/Polish the bell(.|\n)*README\.md/, patience);
  program.press('\x13');
  await program.waitFor(/T-\d+ is added/, patience);
  // Nothing is given out while the team is paused.
  const added = Object.values(stage.state(folder).tasks).find(
    one => one.title === 'Polish the bell',
  );
  expect(added?.assignee ?? null).toBeNull();
  const assigned = () => stage.events(folder).filter(one => one.type === 'task.assigned').length;
  const before = assigned();

  await pressFor(program, '1s', /Message to eng-1/);
  program.press('How far are you?');
  await program.waitFor('How far are you?', patience);
  program.press('\x13');
  await program.waitFor(screen => !screen.includes('Message to eng-1'), patience);
  expect(stage.state(folder).messages.some(one => one.text === 'How far are you?')).toBe(true);
  expect(assigned()).toBe(before);
  await pressFor(program, 'P', /\d of 5 working/);
}
