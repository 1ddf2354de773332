import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDemoRepository } from '../../../src/cli/demo/demo-repository.ts';
import { runLintCommand } from '../../../src/cli/plan/lint-command.ts';
import { runTaskCommand } from '../../../src/cli/task-command.ts';
import { recordedIo } from '../agent-verbs/worktree.ts';

const root = mkdtempSync(join(tmpdir(), 'belfry-lint-'));
const demo = join(root, 'tally');
beforeAll(() => createDemoRepository(demo));
afterAll(() => rmSync(root, { recursive: true, force: true }));

async function run(
  command: typeof runLintCommand,
  args: readonly string[],
  cwd = demo,
): Promise<{ code: number; out: string; err: string }> {
  const io = recordedIo(cwd, { HOME: root });
  const code = await command(args, io);
  return { code, out: io.out.join(''), err: io.err.join('') };
}

test('finds in the demo what its story is about: names that two branches change', async () => {
  const { code, out } = await run(runLintCommand, []);
  expect(code).toBe(0);
  expect(out).toContain('T-11   warning  symbols\n       T-3 changes formatMoney');
  expect(out).toMatch(/12 open tasks, 0 errors, 2 warnings\n360 minutes of work/);
});

test('says the same as JSON, with why each rule is there', async () => {
  const { out } = await run(runLintCommand, ['--json']);
  const { findings, shape, rules, blind } = JSON.parse(out);
  expect(findings[0]).toMatchObject({ rule: 'symbols', task: 'T-4', other: 'T-3' });
  expect(shape).toMatchObject({ tasks: 12, pathMinutes: 65, path: ['T-1', 'T-11'] });
  expect(Object.keys(rules)).toContain('critical-path');
  expect(blind).toBeNull();
});

test('a task that a person adds is taken with warnings, or refused with what would pass', async () => {
  const add = [
    'add',
    '--title',
    'Sort the money',
    '--file',
    'src/money.ts',
    '--accept',
    'npm test',
  ];
  const taken = await run(runTaskCommand, add);
  expect(taken).toMatchObject({ code: 0, out: expect.stringMatching(/^T-13 /) });
  expect(taken.err).toContain('warning overlap: T-3 (“Write large amounts');
  expect(taken.err).toContain('--depends T-3');
  await expect(run(runTaskCommand, [...add, '--depends', 'T-99'])).rejects.toThrow(
    /nothing was added.\nerror unknown-dependency: .*T-99/,
  );
});

test('an error ends it with 1, and where git can say nothing, it says so', async () => {
  const plain = join(root, 'plain');
  mkdirSync(join(plain, '.git'), { recursive: true });
  mkdirSync(join(plain, '.belfry', 'tasks'), { recursive: true });
  for (const [id, on] of ['2', '1'].entries())
    writeFileSync(
      join(plain, '.belfry', 'tasks', `T-${id + 1}.md`),
      `---\nid: T-${id + 1}\ntitle: Part ${id}\u001b[2J\ndepends_on: [T-${on}]\nfiles: [a${id}]\naccept: [b]\n---\n`,
    );
  const { code, out } = await run(runLintCommand, [], plain);
  expect(code).toBe(1);
  expect(out).toContain('T-1 waits for T-2, which waits for T-1');
  expect(out).toContain('without the repository');
  expect(out).not.toContain('\u001b');
});
