import { execFileSync } from 'node:child_process';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { Oid } from '../../../src/core/ids.ts';
import { gateLogBytesMax } from '../../../src/core/limits.ts';
import { command } from '../../contract/gate.ts';
import { commitIn, gitIn, picture, writeScript } from '../git/temporary-team.ts';
import { temporaryGate } from './temporary-gate.ts';

type TemporaryGate = Awaited<ReturnType<typeof temporaryGate>>;
let made: TemporaryGate;
afterEach(() => made.remove());

const run = async (commit: Oid, line: string, id = 'T-1-1-1') =>
  made.gate.run({ id, commit, commands: [command(line)] });

async function expectPass(commit: Oid, line: string) {
  const result = await run(commit, line);
  expect(result).toMatchObject({ outcome: 'passed' });
}

test('what an earlier run left behind is gone, ignored or not, and a changed file is as committed', async () => {
  made = await temporaryGate();
  const commit = await made.commit({ '.gitignore': 'dist/\n', 'a.txt': 'a\n' });
  const leave =
    'mkdir -p dist nested && echo x > dist/x && echo u > untracked && echo b > a.txt && git init -q nested && git add untracked';
  await expectPass(commit, leave);
  await expectPass(
    commit,
    'test ! -e dist && test ! -e untracked && test ! -e nested && grep -qx a a.txt && test -z "$(git status --porcelain)"',
  );
  const { state, root } = made;
  expect(Object.keys(picture(state.gate))).toEqual(['.gitignore', 'a.txt']);
  // Where the next tree has a file, the last run left a folder, and the other way round.
  await expectPass(commit, 'mkdir new.txt && echo x > new.txt/x && echo y > sub');
  const next = await made.commit({ 'new.txt': 'n\n', 'sub/s.txt': 's\n' });
  await expectPass(next, 'grep -qx n new.txt && grep -qx s sub/s.txt && test ! -e a.txt');
  expect(gitIn(root, `--git-dir=${state.gateRepository}`, 'rev-parse', 'refs/belfry/gate')).toBe(
    next,
  );
});

test('a failure that speaks of a variable that was not given says so, and a pass says nothing', async () => {
  made = await temporaryGate();
  const commit = await made.commit({ 'a.txt': 'a\n' });
  const failed = await run(commit, 'echo "ENV: SECRET_TOKEN is not set"; exit 1');
  if (failed.outcome !== 'failed') throw new Error(failed.outcome);
  expect(failed.excerpt).toContain(
    'is not given SECRET_TOKEN. Where it needs it, the person names it',
  );
  const other = await run(commit, 'echo "no SECRET_TOKENS"; exit 1');
  expect(JSON.stringify(other)).not.toContain('is not given');
  await expectPass(commit, 'echo SECRET_TOKEN');
});

test('a commit that a killed fetch left without its files is fetched whole', async () => {
  made = await temporaryGate();
  await expectPass(await made.commit({ 'a.txt': 'a\n' }), 'true');
  const commit = await made.commit({ 'sub/b.txt': 'b\n' });
  const object = execFileSync('git', ['--git-dir', made.state.hub, 'cat-file', 'commit', commit]);
  const alone = ['hash-object', '-t', 'commit', '-w', '--stdin', '--literally'];
  execFileSync('git', ['--git-dir', made.state.gateRepository, ...alone], { input: object });
  await expectPass(commit, 'grep -qx b sub/b.txt');
});

test('setup runs once for each change of what it installs from, and what it made stays', async () => {
  made = await temporaryGate({
    command:
      'mkdir -p "node modules[1]" && echo x >> "node modules[1]/log" && echo . >> "$HOME/ran"',
  });
  const count = () => readFileSync(join(made.root, 'ran'), 'utf8').length / 2;
  const lock = { 'package-lock.json': '1', '.gitignore': 'node*\n' };
  const first = await made.commit({ ...lock, 'a.txt': '1' });
  const second = await made.commit({ ...lock, 'a.txt': '2' });
  const third = await made.commit({ ...lock, 'package-lock.json': '2' });
  await expectPass(first, 'test -f "node modules[1]/log" && echo l > leftover');
  await expectPass(second, 'test -f "node modules[1]/log" && test ! -e leftover');
  expect(count()).toBe(1);
  await expectPass(third, 'test "$(cat "node modules[1]/log")" = x');
  expect(count()).toBe(2);
  await expectPass(third, 'rm -r "node modules[1]"');
  await expectPass(third, 'test -f "node modules[1]/log"');
  expect(count()).toBe(3);
});

test('a setup that fails is the verdict, and runs again the next time', async () => {
  made = await temporaryGate({ command: 'echo cannot install; test -f "$HOME/net"' });
  const commit = await made.commit({ 'a.txt': 'a' });
  expect(await run(commit, 'true')).toMatchObject({
    ...{ outcome: 'failed', excerpt: expect.stringMatching(/^setup: .*\ncannot install/) },
  });
  writeFileSync(join(made.root, 'net'), '');
  await expectPass(commit, 'true');
});

test('files that git does not have are copied from the checkout, and never through a link', async () => {
  made = await temporaryGate({ copy: ['.env', 'config/local.json', 'not-there'] });
  made.write({ '.env': 'KEY=1\n', 'config/local.json': '{}\n' });
  made.git('stash', '--quiet', '--include-untracked');
  const commit = await made.commit({ 'a.txt': 'a' });
  const outside = join(made.root, 'outside');
  mkdirSync(outside);
  made.git('checkout', '--quiet', '--orphan', 'draft');
  symlinkSync(outside, join(made.repository, 'config'));
  const linked = commitIn(made.repository, { 'b.txt': 'b' });
  made.git('checkout', '--quiet', 'main');
  made.git('stash', 'pop', '--quiet');
  made.hub('fetch', '--quiet', made.repository, '+draft:refs/belfry/linked');
  await expectPass(commit, 'grep -q KEY .env && test -f config/local.json');
  expect(await run(linked, 'true')).toMatchObject({
    ...{ outcome: 'faulted', reason: expect.stringContaining('through a link') },
  });
  expect(existsSync(join(outside, 'local.json'))).toBe(false);
});

test.each<[string, string]>([
  [
    'a file that is marked as unchanged',
    'git update-index --assume-unchanged a.txt; echo evil > a.txt',
  ],
  [
    'a file that is marked to be skipped',
    'git update-index --skip-worktree a.txt; echo evil > a.txt',
  ],
  ['a sparse checkout', 'git sparse-checkout set --no-cone nothing'],
  [
    'a configuration with filters',
    'git config filter.x.smudge "sed s/a/evil/" && git config filter.x.clean cat && mkdir -p "$(git rev-parse --git-common-dir)/info" && echo "* filter=x" > "$(git rev-parse --git-common-dir)/info/attributes" && rm a.txt',
  ],
  ['another work tree', 'git config core.worktree /nonexistent'],
  ['broken configuration', 'echo "[[[" > "$(git rev-parse --git-common-dir)/config"'],
  [
    'another common folder',
    'git init -q --bare "$HOME/evil.git" && echo "$HOME/evil.git" > "$(git rev-parse --git-dir)/commondir"',
  ],
  [
    'hooks',
    'd="$(git rev-parse --git-common-dir)/hooks"; mkdir -p "$d"; for h in post-checkout post-index-change reference-transaction; do printf "#!/bin/sh\\necho evil > a.txt; echo x > $HOME/ran\\n" > "$d/$h"; chmod +x "$d/$h"; done',
  ],
  ['a lock', 'd="$(git rev-parse --git-dir)"; touch "$d/index.lock" "$d/HEAD.lock"'],
  ['a broken index', 'echo x > "$(git rev-parse --git-dir)/index"'],
  ['a broken HEAD', 'echo x > "$(git rev-parse --git-dir)/HEAD"'],
  ['a worktree without git', 'rm .git'],
  ['a repository in its place', 'rm .git && git init -q .'],
  ['no worktree at all', 'rm -rf "$PWD"'],
  [
    'a replaced commit',
    'h=$(git rev-parse HEAD); git -c user.name=x -c user.email=x@x commit -q --allow-empty -m x; git replace -f "$h" HEAD',
  ],
])('a run that leaves %s does not reach the next one', async (_name, leave) => {
  made = await temporaryGate();
  const commit = await made.commit({ 'a.txt': 'a\n' });
  await run(commit, leave);
  await expectPass(commit, 'grep -qx a a.txt && test "$(ls)" = a.txt');
  expect(existsSync(join(made.root, 'ran'))).toBe(false);
});

test('a pipe that a run left in the place of git’s own file holds up no other', async () => {
  made = await temporaryGate();
  const commit = await made.commit({ 'a.txt': 'a\n' });
  await expectPass(commit, 'rm .git && mkfifo .git');
  await expectPass(commit, 'test -f a.txt');
});

test('a link in the place of the worktree is not followed', async () => {
  made = await temporaryGate();
  const commit = await made.commit({ 'a.txt': 'a\n' });
  await expectPass(commit, 'true');
  const { state, repository } = made;
  rmSync(state.gate, { recursive: true });
  symlinkSync(repository, state.gate);
  made.write({ 'precious.txt': 'mine\n' });
  const before = picture(repository);
  await expectPass(commit, 'grep -qx a a.txt');
  expect(picture(repository)).toEqual(before);
  expect(lstatSync(state.gate).isDirectory()).toBe(true);
});

test('the ways a command ends are told apart', async () => {
  made = await temporaryGate();
  const commit = await made.commit({ 'a.txt': 'a\n' });
  expect(await run(commit, 'no-such-command')).toMatchObject({
    ...{ outcome: 'failed', excerpt: expect.stringContaining('127: a command was not found') },
  });
  for (const signal of ['KILL', 'TERM', 'HUP'])
    expect(await run(commit, `kill -${signal} $$`)).toMatchObject({ outcome: 'faulted' });
  // The machine took a program that the shell waited for.
  expect(await run(commit, 'sh -c "kill -KILL \\$\\$"; exit $?')).toMatchObject({
    outcome: 'faulted',
  });
  expect(await run(commit, 'kill -SEGV $$')).toMatchObject({ outcome: 'failed' });
});

test('the log on disk holds every command, its output and the verdict', async () => {
  made = await temporaryGate();
  const commit = await made.commit({ 'a.txt': 'a\n' });
  const commands = [command('echo one'), command('printf two; exit 3')];
  await made.gate.run({ id: 'T-7-2-1', commit, commands });
  const text = readFileSync(join(made.state.gateLogs, 'T-7-2-1.log'), 'utf8');
  expect(text).toBe(
    '$ echo one\none\n$ printf two; exit 3\ntwo\nbelfry: test: “printf two; exit 3” exited with code 3\n',
  );
  expect(made.gate.current?.logFile).toBe(join(made.state.gateLogs, 'T-7-2-1.log'));
});

test('a log that cannot be written is a fault that says so', async () => {
  made = await temporaryGate();
  const commit = await made.commit({ 'a.txt': 'a\n' });
  renameSync(made.state.gateLogs, `${made.state.gateLogs}.away`);
  expect(await run(commit, 'true')).toMatchObject({
    ...{ outcome: 'faulted', reason: expect.stringContaining('ENOENT') },
  });
});

test('the gate of a branch cannot be bent by what stands in its files', async () => {
  made = await temporaryGate();
  const commit = await made.commit({ '.gitattributes': '* filter=x\n', 'a.txt': 'a\n' });
  const canary = join(made.root, 'canary');
  const evil = writeScript(join(made.root, 'evil'), `touch ${canary}; cat`);
  gitIn(made.repository, 'config', 'filter.x.smudge', evil);
  await expectPass(commit, 'grep -qx a a.txt');
  expect(existsSync(canary)).toBe(false);
});

test('a gate that prints 500 MB takes bounded memory and disk, and its end is seen', async () => {
  made = await temporaryGate();
  const commit = await made.commit({ 'a.txt': 'a\n' });
  const before = process.memoryUsage().rss;
  let most = 0;
  const watch = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss);
  }, 50);
  const print = `yes ${'x'.repeat(119)} | head -c 500000000`;
  // On a busy machine this takes longer than the other gates here may.
  const commands = [{ ...command(`${print}; echo; echo the end`), timeoutMs: 100_000 }];
  const result = await made.gate.run({ id: 'T-1-1-1', commit, commands });
  expect(result).toMatchObject({ outcome: 'passed' });
  clearInterval(watch);
  expect(most - before).toBeLessThan(250_000_000);
  expect(statSync(join(made.state.gateLogs, 'T-1-1-1.log')).size).toBeLessThan(
    gateLogBytesMax + 1_000,
  );
  expect(made.gate.current?.tail.at(-1)).toBe('the end');
}, 120_000);
