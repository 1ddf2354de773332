import { setTimeout as delay } from 'node:timers/promises';
import type { PtyProgram } from '../support/pty-driver.ts';
import type { Figure } from './figure.ts';
import { Stage } from './stage.ts';

const windowMs = 10_000;
const settleMs = 6_000;
/** What the compositor begins each repaint with (mode 2026, synchronized output). */
const repaint = '\u001b[?2026h';

/** One agent prints as fast as it can, one is at its prompt: how often either's terminal is drawn. */
export async function measurePanes(): Promise<readonly Figure[]> {
  const stage = new Stage({ engineers: 2, tasks: 1, steps: '      - flood: 4000MB\n' });
  try {
    const page = await stage.open();
    await page.waitFor('1 working', { timeoutMs: 40_000 });
    await showAgent(page, 'eng-1');
    await delay(settleMs);
    const flooded = await drawnIn(page);
    const repaints = flooded.split(repaint).length - 1;
    if (repaints === 0) throw new Error('nothing was drawn: the agent does not print');
    await showAgent(page, 'eng-2');
    await delay(settleMs);
    const quiet = await drawnIn(page);
    return [
      {
        name: 'a terminal that is flooded: repaints a second',
        value: repaints / (windowMs / 1_000),
        unit: '/s',
        bound: 30,
      },
      {
        name: 'a terminal that does not change, beside it: bytes drawn in 10 s',
        value: quiet.length,
        unit: 'B',
        bound: 0,
      },
    ];
  } finally {
    await stage.close();
  }
}

async function showAgent(page: PtyProgram, agent: string): Promise<void> {
  page.press('1');
  for (let at = 0; at < 4; at += 1) {
    if (page.text().includes(`Terminal of ${agent}`)) return;
    page.press('j');
    await delay(200);
  }
  await page.waitFor(`Terminal of ${agent}`);
}

/** What reaches the screen within the window, which must not hold the moment in which the clock moves on. */
async function drawnIn(page: PtyProgram): Promise<string> {
  const intoMinuteMs = Date.now() % 60_000;
  if (intoMinuteMs + windowMs > 59_000) await delay(60_500 - intoMinuteMs);
  const before = page.rawOutput().length;
  await delay(windowMs);
  return page.rawOutput().slice(before);
}
