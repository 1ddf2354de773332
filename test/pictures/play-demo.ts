import { setTimeout as delay } from 'node:timers/promises';
import { JourneyStage, patience, type Size } from '../support/journey-stage.ts';
import { keys, type PtyProgram } from '../support/pty-driver.ts';
import { darkPalette, lightPalette, type SvgPalette } from '../support/screen-svg.ts';
import type { TourFrame } from './tour-svg.ts';

export type Still = {
  readonly name: string;
  readonly rows: readonly string[];
  readonly cols: number;
  readonly palette: SvgPalette;
};

const stillSize: Size = [140, 42];
const tourSize: Size = [120, 34];
const whole = { timeoutMs: 120_000 };
/** Long enough for a page to be drawn, and short enough that the demo stays where it was. */
const drawMs = 400;

/** The demo twice: once for single pictures, once for the tour. */
export async function playDemo(
  say: (text: string) => void,
): Promise<{ stills: readonly Still[]; tour: { frames: readonly TourFrame[]; cols: number } }> {
  const stage = new JourneyStage();
  try {
    say('single pictures …');
    const stills = await playStills(stage);
    say('the tour …');
    return { stills, tour: { frames: await playTour(stage), cols: tourSize[0] } };
  } finally {
    await stage.close();
  }
}

async function playStills(stage: JourneyStage): Promise<readonly Still[]> {
  const page = stage.open(['demo', '--fresh', '--speed', '5'], { size: stillSize });
  const stills: Still[] = [];
  const take = async (name: string, palette: SvgPalette = darkPalette): Promise<void> => {
    await delay(drawMs);
    stills.push({ name, rows: rowsOf(stage, page, palette), cols: stillSize[0], palette });
  };
  await page.waitFor(one => /[1-9] landed · [1-9]/.test(one) && /[1-5] of 5 work/.test(one), whole);
  await take('page');
  await take('page-light', lightPalette);
  await page.waitFor(/asks permission/, whole);
  await take('needs-you');
  page.press('y');
  page.press('2');
  await page.waitFor(/┏━ 2 Board/, patience);
  page.press('d');
  await page.waitFor(/Diff of T-\d+: \d+ file/, patience);
  await take('diff');
  page.press('1');
  page.press('b');
  await page.waitFor('REPLAY', patience);
  page.press('[');
  await take('replay');
  page.press(keys.escape);
  await page.close();
  return stills;
}

/** Where the demo stands on this machine is nobody's business: a picture shows where it usually is. */
const usualPlace = '~/.local';

function rowsOf(stage: JourneyStage, page: PtyProgram, palette: SvgPalette): readonly string[] {
  const { root } = stage;
  // In as many columns, for the cells behind it to stay where they are.
  const place = usualPlace.padStart(root.length);
  return page.picture(palette).map(row => row.replaceAll(root, place));
}

/** A frame every so often while the story runs, and one for each key that shows something. */
async function playTour(stage: JourneyStage): Promise<readonly TourFrame[]> {
  const page = stage.open(['demo', '--fresh', '--speed', '4'], { size: tourSize });
  const frames: TourFrame[] = [];
  const take = async (seconds: number): Promise<void> => {
    await delay(drawMs);
    frames.push({ rows: rowsOf(stage, page, darkPalette), seconds });
  };
  const watch = async (count: number): Promise<void> => {
    for (let taken = 0; taken < count; taken += 1) {
      await delay(900);
      await take(1);
    }
  };
  const show = async (text: string, seconds: number): Promise<void> => {
    page.press(text);
    await take(seconds);
  };
  await page.waitFor(/[1-5] of 5 working/, whole);
  await watch(8);
  await page.waitFor(/landed (?:T-|[1-9])|[1-9] landed/, whole);
  await take(2);
  await show('2', 1.5);
  await show(keys.enter, 2.5);
  await show('t', 2.5);
  await show('o', 2);
  await watch(3);
  await show('o', 0.5);
  await show('o', 0.5);
  await page.waitFor(/asks permission/, whole);
  await take(2.5);
  await show('y', 2);
  await show('1', 0.5);
  await show('b', 1.5);
  await show('[', 1.5);
  await show('[', 1.5);
  await show(keys.escape, 0.5);
  await show('?', 2.5);
  await show(keys.escape, 0.5);
  await watch(3);
  await leave(page);
  return frames;
}

async function leave(page: PtyProgram): Promise<void> {
  page.kill('SIGTERM');
  await page.exited;
}
