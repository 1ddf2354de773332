import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { runDemoCommand } from '../../src/cli/demo/demo-command.ts';
import { createDemoRepository } from '../../src/cli/demo/demo-repository.ts';
import { runInitCommand } from '../../src/cli/team-file/init-command.ts';
import { engineersMax } from '../../src/core/limits.ts';
import { recordedIo } from './agent-verbs/worktree.ts';

const root = mkdtempSync(join(tmpdir(), 'belfry-ranges-'));
const env = { HOME: root, XDG_STATE_HOME: join(root, 'state') };
afterAll(() => rmSync(root, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 }));

test('the set-up writes no team that the first start would refuse', async () => {
  const folder = join(root, 'tally');
  await createDemoRepository(folder);
  const path = join(folder, '.belfry/team.yaml');
  rmSync(path);
  const init = (...args: string[]) => runInitCommand(args, recordedIo(folder, env));
  for (const count of ['0', '-3', '2.5', String(engineersMax + 1)])
    await expect(init(`--engineers=${count}`), count).rejects.toMatchObject({
      message: `--engineers takes a whole number from 1 to ${engineersMax}, not ${count}.`,
      exitCode: 2,
    });
  await expect(init('--gate=  ')).rejects.toThrow('--gate is empty');
  expect(existsSync(path)).toBe(false);
  expect(await init('--engineers', String(engineersMax), '--gate', 'true')).toBe(0);
});

test('a demo whose agents could not play at that speed is refused before it is made', async () => {
  const folder = join(root, 'demo');
  for (const speed of ['0', '-1', '1e9']) {
    const args = ['--folder', folder, `--speed=${speed}`];
    await expect(runDemoCommand(args, recordedIo(root, env)), speed).rejects.toMatchObject({
      message: `--speed takes a number above 0, at most 1000, not ${Number(speed)}.`,
      exitCode: 2,
    });
  }
  expect(existsSync(folder)).toBe(false);
});
