import { execFileSync, spawnSync } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { openProgram } from '../support/pty-driver.ts';

export type StreamWish = {
  /** Shell command that each of the five panes runs. */
  readonly stream: string;
  readonly keyPresses: number;
  readonly cols: number;
  readonly rows: number;
};

const settleMs = 3_000;
const panes = 5;

/** True when this machine has a tmux to compare with. */
export const hasTmux = (): boolean => spawnSync('tmux', ['-V']).status === 0;

/**
 * The same streams in five panes of a tmux of its own, and the same kind of key: one that chooses another
 * pane, which is then drawn as the chosen one. Milliseconds from the key to the screen.
 */
export async function tmuxKeysToScreen(wish: StreamWish): Promise<readonly number[]> {
  const server = `belfry-bench-${process.pid}`;
  const tmux = (...args: string[]) =>
    execFileSync('tmux', ['-L', server, '-f', '/dev/null', ...args]);
  const env = { PATH: process.env['PATH'] ?? '', TERM: 'xterm-256color', LANG: 'C.UTF-8' };
  const size = ['-x', String(wish.cols), '-y', String(wish.rows)];
  tmux('new-session', '-d', '-s', 'bench', ...size, wish.stream);
  try {
    for (let pane = 1; pane < panes; pane += 1) {
      tmux('split-window', '-t', 'bench', wish.stream);
      tmux('select-layout', '-t', 'bench', 'tiled');
    }
    tmux('set', '-g', 'pane-border-status', 'top');
    tmux('set', '-g', 'pane-border-format', '#{?pane_active,chosen,other} #{pane_index} ');
    tmux('bind', '-n', 'F1', 'select-pane', '-t', '0');
    tmux('bind', '-n', 'F2', 'select-pane', '-t', '1');
    const client = openProgram({
      ...{ file: 'tmux', args: ['-L', server, 'attach', '-t', 'bench'], cwd: '/', env },
      ...{ cols: wish.cols, rows: wish.rows },
    });
    await client.waitFor('other 0', { timeoutMs: 20_000 });
    await delay(settleMs);
    const samples: number[] = [];
    for (let press = 0; press < wish.keyPresses; press += 1) {
      const [key, shown] = press % 2 === 0 ? ['\u001bOP', 'chosen 0'] : ['\u001bOQ', 'chosen 1'];
      const start = performance.now();
      client.press(key);
      await client.waitFor(shown, { what: shown });
      samples.push(performance.now() - start);
      await delay(37 + ((press * 29) % 60));
    }
    await client.close();
    return samples;
  } finally {
    tmux('kill-server');
  }
}
