import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { keys, openProgram, type PtyProgram } from '../support/pty-driver.ts';
import type { StreamWish } from './measure-tmux.ts';

const settleMs = 3_000;
const sessions = 5;
const menu = 'Select a worktree';
const streamed = /line \d+ of/;
const triesMax = 5;
/** Takes the person from a session back to the list. */
const backToMenu = '\u0005';

/**
 * The same streams in five sessions of ccmanager, and the same kind of key: one that chooses another row of its
 * list, while all of them stream behind it. It shows no session beside the list. Milliseconds from the key to the
 * screen.
 */
export async function ccmanagerKeysToScreen(
  program: string,
  wish: StreamWish,
): Promise<readonly number[]> {
  const root = mkdtempSync(join(tmpdir(), 'belfry-bench-ccmanager-'));
  const repository = repositoryIn(root);
  const settings = join(root, '.config', 'ccmanager');
  mkdirSync(settings, { recursive: true });
  const command = { command: 'sh', args: ['-c', wish.stream] };
  writeFileSync(join(settings, 'config.json'), JSON.stringify({ command }));
  const page = openProgram({
    ...{ file: process.execPath, args: [program], cwd: repository },
    ...{ cols: wish.cols, rows: wish.rows },
    env: {
      ...{ HOME: root, XDG_CONFIG_HOME: join(root, '.config'), SHELL: '/bin/sh' },
      ...{ TERM: 'xterm-256color', LANG: 'C.UTF-8' },
      PATH: `${dirname(process.execPath)}:${process.env['PATH']}`,
    },
  });
  try {
    for (let session = 0; session < sessions; session += 1) await openSession(page, session);
    await delay(settleMs);
    const samples: number[] = [];
    for (let press = 0; press < wish.keyPresses; press += 1) {
      samples.push(await keyToScreen(page, press % 2 === 0 ? 1 : 0));
      await delay(37 + ((press * 29) % 60));
    }
    return samples;
  } finally {
    await page.close();
    rmSync(root, { recursive: true, force: true });
  }
}

async function openSession(page: PtyProgram, number: number): Promise<void> {
  await page.waitFor(menu, { timeoutMs: 20_000 });
  // Its list is drawn before its keys are read: a key that came too early is pressed again.
  for (let tries = 0; !streamed.test(page.text()); tries += 1) {
    if (tries === triesMax) throw new Error(`its session ${number} did not open`);
    page.press(String(number));
    await page.waitFor(streamed, { timeoutMs: 3_000 }).catch(() => {});
  }
  page.press(backToMenu);
  await page.waitFor(menu, { timeoutMs: 20_000 });
}

async function keyToScreen(page: PtyProgram, row: 0 | 1): Promise<number> {
  const chosen = `❯ ${row} ❯`;
  const start = performance.now();
  page.press(row === 1 ? keys.down : keys.up);
  await page.waitFor(screen => screen.includes(chosen), { what: chosen });
  return performance.now() - start;
}

function repositoryIn(root: string): string {
  const repository = join(root, 'repository');
  mkdirSync(repository);
  const git = (...args: string[]) => execFileSync('git', args, { cwd: repository });
  const identity = ['-c', 'user.name=Bench', '-c', 'user.email=bench@belfry.invalid'];
  git('init', '--quiet', '--initial-branch=main');
  git(...identity, 'commit', '--quiet', '--allow-empty', '--message', 'first');
  for (let session = 1; session < sessions; session += 1)
    git('worktree', 'add', '--quiet', join(root, `w${session}`), '-b', `w${session}`);
  return repository;
}
