import { mkdirSync, readFileSync, renameSync, rmdirSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runVerifyCommand } from '../../../src/cli/receipts/verify-command.ts';
import { UserError } from '../../../src/cli/user-error.ts';
import { type LandedStage, landedStage } from './landed-stage.ts';

let stage: LandedStage;
beforeAll(async () => {
  stage = await landedStage();
}, 60_000);
afterAll(() => stage.remove());

async function run(...args: readonly string[]) {
  for (const path of [stage.paths.file, stage.state.journal]) utimesSync(path, 1, 1);
  const parts: string[] = [];
  const env = { ...process.env, XDG_STATE_HOME: join(stage.root, 'state') };
  const io = { cwd: stage.team.repository, env, stderr: () => {} };
  const code = await runVerifyCommand(args, { ...io, stdout: part => void parts.push(part) });
  return { code, text: parts.join('') };
}

test('a proof says what it does not prove, and where the key is', async () => {
  const { code, text } = await run();
  expect(code).toBe(0);
  expect(text).toMatch(/^Proven: each of the 2 commits that Belfry landed passed the gate before/);
  expect(text).toContain('  1 commit before the first landing');
  expect(text).toContain('that the gate is a good one');
  expect(text).toContain(stage.paths.rootKey);
  expect(text).toMatch(/7 lines, 1 run; root key SHA256:\S+; newest receipt [0-9a-f]{64}\./);
});

test('the same as JSON names the receipts of each landing', async () => {
  const { code, text } = await run('--json');
  expect(code).toBe(0);
  expect(JSON.parse(text)).toMatchObject({
    ...{ repository: stage.team.repository, outcome: 'proven', flaws: [] },
    commits: [
      { task: 'T-2', attempt: 1, state: 'proven', landing: { line: 7 }, gate: { line: 5 } },
      { task: 'T-1', attempt: 1, state: 'proven', landing: { line: 4 }, gate: { line: 2 } },
    ],
    receipts: { lines: 7 },
  });
});

test('what was kept elsewhere must still be there', async () => {
  const { receipts } = JSON.parse((await run('--json')).text) as {
    receipts: { root: string; newest: string };
  };
  expect((await run('--root', receipts.root, '--known', receipts.newest)).code).toBe(0);
  const other = await run('--root', 'SHA256:other', '--known', '0'.repeat(64));
  expect(other.code).toBe(1);
  expect(other.text).toMatch(/^NOT PROVEN/);
  expect(other.text).toContain(`root key: it is ${receipts.root}, not SHA256:other.`);
  expect(other.text).toContain(`receipt ${'0'.repeat(64)}: it is not among the receipts any more.`);
});

test('commits of which none is Belfry’s are nothing that could be proved', async () => {
  const { code, text } = await run(stage.team.base);
  expect(code).toBe(3);
  expect(text).toMatch(/^Nothing is proved: among these commits is none that Belfry landed\.\n/);
  expect(text).toContain(`  ${stage.team.base.slice(0, 12)} start`);
});

test('words that git does not know, and flags that nobody knows, are said', async () => {
  await expect(run('no-such')).rejects.toThrow(UserError);
  await expect(run('no-such')).rejects.toThrow('git does not know “no-such”');
  await expect(run('--al')).rejects.toThrow('there is no flag --al');
});

test.each([
  ['the receipts', 'file'],
  ['the root key', 'rootPublic'],
] as const)('a folder in place of %s is said with its path', async (_, name) => {
  const path = stage.paths[name];
  renameSync(path, `${path}.kept`);
  mkdirSync(path);
  try {
    await expect(run()).rejects.toThrow(`${path} cannot be read: EISDIR`);
  } finally {
    rmdirSync(path);
    renameSync(`${path}.kept`, path);
  }
});

test('it changes nothing but what every command makes sure of', async () => {
  const before = [stage.paths.file, stage.state.journal].map(path => readFileSync(path, 'utf8'));
  await run();
  const after = [stage.paths.file, stage.state.journal].map(path => readFileSync(path, 'utf8'));
  expect(after).toEqual(before);
});
