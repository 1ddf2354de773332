import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { Oid } from '../../../src/core/ids.ts';
import { command } from '../../contract/gate.ts';
import { commitIn, gitIn } from '../git/temporary-team.ts';
import { temporaryGate } from './temporary-gate.ts';

type TemporaryGate = Awaited<ReturnType<typeof temporaryGate>>;
let made: TemporaryGate;
afterEach(() => made.remove());

async function expectPass(commit: Oid, line: string) {
  const result = await made.gate.run({ id: 'T-1-1-1', commit, commands: [command(line)] });
  expect(result).toMatchObject({ outcome: 'passed' });
}

describe('what one run writes into what setup made is not there in the next one', () => {
  const check = 'test "$(cat tools/run)" = real && test -z "$(ls tools/cache 2>/dev/null)"';
  const cases: readonly (readonly [string, string, number])[] = [
    ['nothing', 'cat tools/run', 1],
    ['a new file, which is taken away', 'mkdir -p tools/cache && echo x > tools/cache/new', 1],
    ['a changed file, and setup runs anew', 'echo fake > tools/run', 2],
    [
      'a changed file with its times set back',
      'touch -r tools/run mark && echo fake > tools/run && touch -r mark tools/run',
      2,
    ],
    ['a link in place of a file', 'mv tools/run other && ln -s ../other tools/run', 2],
    ['a deleted file', 'rm tools/run', 2],
  ];
  test.each(cases)('%s', async (_what, line, runs) => {
    made = await temporaryGate({
      command: 'mkdir -p tools && echo real > tools/run && echo . >> "$HOME/ran"',
      copy: ['.env'],
    });
    const commit = await made.commit({ 'package-lock.json': '1', '.gitignore': 'tools\n.env\n' });
    made.write({ '.env': 'KEY=1\n' });
    await expectPass(commit, check);
    await expectPass(commit, line);
    // What is copied changes with the person's file, and is no reason to set up anew.
    made.write({ '.env': 'KEY=2\n' });
    await expectPass(commit, `${check} && grep -q KEY=2 .env`);
    await expectPass(commit, 'true');
    expect(readFileSync(join(made.root, 'ran'), 'utf8')).toHaveLength(2 * runs);
    const said = readFileSync(made.gate.current?.logFile ?? '', 'utf8');
    expect(said).not.toContain('setup runs anew');
  });

  test('the run that sets up anew says what was changed, and what helps', async () => {
    made = await temporaryGate({
      command: 'mkdir -p dist && for n in 1 2 3; do echo real > dist/$n; done',
    });
    const commit = await made.commit({ 'package-lock.json': '1', '.gitignore': 'dist\n' });
    await expectPass(
      commit,
      'rm -r dist && mkdir dist && echo built > dist/2 && echo built > dist/3',
    );
    await expectPass(commit, 'test "$(cat dist/1 dist/2 | uniq)" = real');
    const said = readFileSync(made.gate.current?.logFile ?? '', 'utf8');
    expect(said).toContain('changed what setup made (dist/1 and 2 more), so that setup runs anew');
    expect(said).toContain('what every run builds is built sooner by the gate’s own command');
  });
});

/** Commits in the hub that differ in the commit of their submodule alone. */
async function withSubmodule(
  from: string,
  versions: readonly string[],
  path = 'lib',
): Promise<readonly Oid[]> {
  const text = `[submodule "lib"]\n\tpath = ${path}\n\turl = ${from}\n`;
  const plain = await made.commit({ '.gitmodules': text });
  const env = { ...process.env, GIT_DIR: made.state.hub, GIT_INDEX_FILE: join(made.root, 'index') };
  const git = (...args: string[]) => execFileSync('git', args, { env, encoding: 'utf8' }).trim();
  return versions.map(version => {
    git('read-tree', plain);
    git('update-index', '--add', '--cacheinfo', `160000,${version},${path}`);
    const commit = git('commit-tree', '-m', 'with lib', git('write-tree'));
    git('update-ref', `refs/belfry/${version}`, commit);
    return commit as Oid;
  });
}

test('a submodule is tested as the commit says, whatever a run did to it', async () => {
  const from = mkdtempSync(join(tmpdir(), 'belfry-'));
  gitIn(from, 'init', '--quiet');
  const versions = ['1\n', '2\n'].map(text => commitIn(from, { 'version.txt': text }));
  made = await temporaryGate({
    command: 'git -c protocol.file.allow=always submodule --quiet update --init',
  });
  const [first, second] = await withSubmodule(from, versions);
  await expectPass(first as Oid, 'grep -q 1 lib/version.txt && echo 3 > lib/version.txt');
  await expectPass(first as Oid, 'grep -q 1 lib/version.txt && touch lib/more');
  await expectPass(second as Oid, 'grep -q 2 lib/version.txt && test ! -e lib/more');
  rmSync(from, { recursive: true });
});

test('a link that a run put above a submodule leads nowhere: what is behind it stays', async () => {
  made = await temporaryGate({ command: 'true' });
  const [commit] = await withSubmodule('nowhere', ['a'.repeat(40)], 'vendor/lib');
  const outside = mkdtempSync(join(tmpdir(), 'belfry-'));
  mkdirSync(join(outside, 'lib'));
  writeFileSync(join(outside, 'lib', 'precious'), '1');
  await expectPass(commit as Oid, `rm -rf vendor && ln -s ${outside} vendor`);
  const next = { id: 'T-1-2-1', commit: commit as Oid, commands: [command('test ! -L vendor')] };
  const { outcome } = await made.gate.run(next);
  expect(readdirSync(join(outside, 'lib'))).toEqual(['precious']);
  expect(outcome).toBe('passed');
  rmSync(outside, { recursive: true });
});
