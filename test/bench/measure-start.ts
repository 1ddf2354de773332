import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { openProgram } from '../support/pty-driver.ts';
import { type Figure, quantile } from './figure.ts';
import { Stage } from './stage.ts';

const pairs = 9;
const program = fileURLToPath(new URL('../../dist/belfry.js', import.meta.url));

/** From the start of the process to the first drawn page, against a Node process that does nothing. */
export async function measureStart(): Promise<readonly Figure[]> {
  const stage = new Stage({ engineers: 1, tasks: 0, steps: '      - say: nothing\n' });
  const ratios: number[] = [];
  try {
    for (let pair = 0; pair < pairs; pair += 1) {
      const emptyStart = performance.now();
      spawnSync(process.execPath, ['-e', '0']);
      const emptyMs = performance.now() - emptyStart;
      const start = performance.now();
      const { repository: cwd, env } = stage;
      const page = openProgram({ file: process.execPath, args: [program, 'run'], cwd, env });
      await page.waitFor('1 Team', { timeoutMs: 20_000 });
      const firstFrameMs = performance.now() - start;
      ratios.push(firstFrameMs / emptyMs);
      page.kill('SIGTERM');
      await page.exited;
      await page.close();
    }
  } finally {
    await stage.close();
  }
  const value = quantile(ratios, 0.5);
  return [{ name: 'first frame against an empty Node process', value, unit: '×', bound: 3 }];
}
