import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { openProgram } from '../support/pty-driver.ts';
import { type Figure, quantile } from './figure.ts';
import { Stage } from './stage.ts';

const pairs = 9;
const program = fileURLToPath(new URL('../../dist/belfry.js', import.meta.url));

/**
 * From the start of the process to the first row on the screen, and to the whole page, against a Node
 * process that does nothing. The first of the starts also fills the cache of compiled code.
 */
export async function measureStart(): Promise<readonly Figure[]> {
  const stage = new Stage({ engineers: 1, tasks: 0, steps: '      - say: nothing\n' });
  const first: number[] = [];
  const whole: number[] = [];
  try {
    for (let pair = 0; pair < pairs; pair += 1) {
      const emptyStart = performance.now();
      spawnSync(process.execPath, ['-e', '0']);
      const emptyMs = performance.now() - emptyStart;
      const start = performance.now();
      const { repository: cwd, env } = stage;
      const page = openProgram({ file: process.execPath, args: [program, 'run'], cwd, env });
      await page.waitFor('starting', { timeoutMs: 20_000 });
      first.push((performance.now() - start) / emptyMs);
      await page.waitFor('1 Team', { timeoutMs: 20_000 });
      whole.push((performance.now() - start) / emptyMs);
      page.kill('SIGTERM');
      await page.exited;
      await page.close();
    }
  } finally {
    await stage.close();
  }
  const figure = (name: string, ratios: readonly number[], bound: number): Figure => ({
    ...{ name: `${name} against an empty Node process`, unit: '×', bound },
    value: quantile(ratios, 0.5),
  });
  return [figure('first frame', first, 3), figure('whole page', whole, 6)];
}
