import { setTimeout as delay } from 'node:timers/promises';
import type { PtyProgram } from '../support/pty-driver.ts';
import { ccmanagerVersion, findCcmanager } from './ccmanager.ts';
import { type Figure, quantile } from './figure.ts';
import { ccmanagerKeysToScreen } from './measure-ccmanager.ts';
import { hasTmux, tmuxKeysToScreen } from './measure-tmux.ts';
import { Stage } from './stage.ts';

const quietMs = 20_000;
const settleMs = 6_000;
const keyPresses = 200;

/** Every task that is not blocked waits for the person's review: nothing is left for the team to do. */
const waiting = `      - blocked: nobody says what is meant
  T-2:
    task:
      - write: { file: two.txt, text: two }
      - commit: Write it
      - done: it is written
`;

/** Five agents at their prompts, nobody at the keyboard. */
export async function measureQuiet(): Promise<readonly Figure[]> {
  const idle = { engineers: 3, tasks: 0, steps: '      - say: nothing\n' };
  const stuck = { engineers: 3, tasks: 6, steps: waiting, policy: 'policy: { land: review }\n' };
  return [
    ...(await quietFigures('quiet team of five', idle, '5 idle')),
    ...(await quietFigures('the same with six tasks that all wait', stuck, '! 6 need you')),
  ];
}

async function quietFigures(
  name: string,
  team: ConstructorParameters<typeof Stage>[0],
  awaited: string,
): Promise<readonly Figure[]> {
  const stage = new Stage(team);
  try {
    const page = await stage.open();
    await page.waitFor(awaited, { timeoutMs: 120_000 });
    await delay(settleMs);
    // The header's clock and the ages on it change once a minute; the window must not hold that moment.
    const intoMinuteMs = Date.now() % 60_000;
    if (intoMinuteMs + quietMs > 59_000) await delay(60_500 - intoMinuteMs);
    const [cpu, calls, bytes] = [stage.cpuMs(), stage.gitCalls(), page.rawOutput().length];
    await delay(quietMs);
    return [
      {
        name: `${name}: bytes drawn in ${quietMs / 1_000} s`,
        value: page.rawOutput().length - bytes,
        unit: 'B',
        bound: 0,
      },
      {
        name: `${name}: part of a core`,
        value: ((stage.cpuMs() - cpu) / quietMs) * 100,
        unit: '%',
        bound: 0.5,
      },
      {
        name: `${name}: git processes a second`,
        value: ((stage.gitCalls() - calls) * 1_000) / quietMs,
        unit: '/s',
        bound: 0,
      },
    ];
  } finally {
    await stage.close();
  }
}

/** About 20 lines a second from each of five agents. */
const lines =
  'i=0; while [ $i -lt 1500 ]; do echo line $i of a long run of tests; i=$((i+1)); sleep 0.05; done';
const stream = `      - run: "${lines}"\n`;
/** As the stage opens it. */
const size = { cols: 160, rows: 50 };

export async function measureKeys(): Promise<readonly Figure[]> {
  const stage = new Stage({ engineers: 5, tasks: 5, steps: stream });
  try {
    const page = await stage.open();
    await page.waitFor('5 working', { timeoutMs: 40_000 });
    await delay(settleMs);
    const calls = stage.gitCalls();
    const samples: number[] = [];
    for (let press = 0; press < keyPresses; press += 1) {
      samples.push(await keyToScreen(page, press % 2 === 0 ? '2' : '1'));
      await delay(37 + ((press * 29) % 60));
    }
    const gitCalls = stage.gitCalls() - calls;
    return [
      ...(await comparedToTmux(samples)),
      ...(await comparedToCcmanager(samples)),
      {
        name: 'key to screen, five agents streaming: median',
        value: quantile(samples, 0.5),
        unit: 'ms',
        bound: 16,
      },
      {
        name: 'key to screen, five agents streaming: 99th percentile',
        value: quantile(samples, 0.99),
        unit: 'ms',
        bound: 33,
      },
      {
        name: `git processes during ${keyPresses} keys`,
        value: gitCalls,
        unit: '',
        bound: 0,
      },
    ];
  } finally {
    await stage.close();
  }
}

/** The same streams in tmux, measured right after, while the machine is as busy as it was. */
async function comparedToTmux(samples: readonly number[]): Promise<readonly Figure[]> {
  const name = 'key to screen, as a part of what tmux takes with the same streams';
  if (!hasTmux())
    return [{ name: `${name}: tmux is not installed`, value: null, unit: '', bound: null }];
  const theirs = await tmuxKeysToScreen({ stream: lines, keyPresses, ...size });
  return ratios(name, samples, theirs);
}

/** The same again in the program that people compare this one with. */
async function comparedToCcmanager(samples: readonly number[]): Promise<readonly Figure[]> {
  const name = `key to screen, as a part of what ccmanager ${ccmanagerVersion} takes, in its list alone, with the same streams`;
  const notRun = (why: string): readonly Figure[] => [
    { name: `${name}: ${why}`, value: null, unit: '', bound: null },
  ];
  const found = findCcmanager();
  if ('why' in found) return notRun(found.why);
  try {
    const wish = { stream: lines, keyPresses, ...size };
    return ratios(name, samples, await ccmanagerKeysToScreen(found.program, wish));
  } catch (error) {
    const [why = ''] = String(error instanceof Error ? error.message : error).split('\n');
    return notRun(why);
  }
}

const ratios = (
  name: string,
  ours: readonly number[],
  theirs: readonly number[],
): readonly Figure[] =>
  (
    [
      ['median', 0.5],
      ['99th percentile', 0.99],
    ] as const
  ).map(([words, part]) => ({
    name: `${name}: ${words} (${quantile(theirs, part).toFixed(1)} ms there)`,
    value: quantile(ours, part) / quantile(theirs, part),
    unit: '',
    bound: null,
  }));

/** The frame of the panel that a key chooses is drawn heavy. */
async function keyToScreen(page: PtyProgram, key: '1' | '2'): Promise<number> {
  const corner = key === '1' ? '┏━ 1 Team' : '┏━ 2 Board';
  const start = performance.now();
  page.press(key);
  await page.waitFor(screen => screen.includes(corner), { what: corner });
  return performance.now() - start;
}

export async function measureFlood(): Promise<readonly Figure[]> {
  const stage = new Stage({ engineers: 8, tasks: 8, steps: '      - flood: 400MB\n' });
  try {
    const page = await stage.open({ withProbe: true });
    await page.waitFor('8 working', { timeoutMs: 60_000 });
    await delay(settleMs);
    const before = stage.memoryMb();
    await delay(10_000);
    return [
      {
        name: 'eight flooding agents: event-loop delay, 99th percentile',
        value: stage.lagMs(),
        unit: 'ms',
        bound: 50,
      },
      {
        name: 'eight flooding agents: growth of memory in 10 s',
        value: Math.max(0, stage.memoryMb() - before),
        unit: 'MB',
        bound: 100,
      },
    ];
  } finally {
    await stage.close();
  }
}
