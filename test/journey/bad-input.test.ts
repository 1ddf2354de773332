// Every way to start Belfry where it cannot work: one message with the remedy, an exit code that is not 0,
// and a repository in which nothing has changed.
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { expectTerminalRestored, quit } from '../support/demo-journey.ts';
import { JourneyStage, patience } from '../support/journey-stage.ts';
import { everythingIn, smallRepository } from '../support/small-repository.ts';

let stage: JourneyStage;
let folder: string;

beforeEach(() => {
  stage = new JourneyStage();
  folder = join(stage.root, 'work');
  mkdirSync(folder);
});
afterEach(() => stage.close());

/** Starts the page in the folder; it must end by itself. Gives what is left on the screen. */
async function refusal(env: Record<string, string> = {}): Promise<{ text: string; code: number }> {
  const before = await everythingIn(folder);
  const program = stage.open([], { cwd: folder, size: [100, 30], env });
  const { code } = await program.exited;
  expectTerminalRestored(program);
  expect(await everythingIn(folder)).toEqual(before);
  expect(stage.processesOf(folder)).toEqual([]);
  const text = program.text().replaceAll('\n', '').trim();
  expect(text.match(/belfry: /g)).toHaveLength(1);
  expect(text).not.toMatch(/at .*belfry\.js|Error:/);
  return { text, code };
}

describe('refuses with one message and changes nothing:', () => {
  test('a folder that is no git repository', async () => {
    const { text, code } = await refusal();
    expect(text).toMatch(/work is no git repository\. “git init” makes one/);
    expect(code).toBe(1);
  });

  test('a board that is a symbolic link', async () => {
    await smallRepository(stage, folder);
    mkdirSync(join(stage.root, 'elsewhere'));
    symlinkSync(join(stage.root, 'elsewhere'), join(folder, '.belfry/tasks'));
    const { text, code } = await refusal();
    expect(text).toMatch(/tasks is a symbolic link: the board must be/);
    expect(code).toBe(1);
  });

  test('a repository without commits', async () => {
    await stage.must('git init --quiet', folder);
    const { text, code } = await refusal();
    expect(text).toMatch(/has no commit yet\. Commit something first/);
    expect(code).toBe(1);
  });

  test('a bare repository', async () => {
    await stage.must('git init --quiet --bare', folder);
    const { text, code } = await refusal();
    expect(text).toMatch(/is a bare repository\. Clone it/);
    expect(code).toBe(1);
  });

  test('a detached HEAD, unless the team names its trunk', async () => {
    await smallRepository(stage, folder);
    await stage.must('git switch --quiet --detach', folder);
    const { text, code } = await refusal();
    expect(text).toMatch(/has a detached HEAD\. Check out the branch to land on, or name it/);
    expect(code).toBe(1);
  });

  test('a trunk that does not exist', async () => {
    await smallRepository(stage, folder, { team: 'trunk: mian\n' });
    const { text, code } = await refusal();
    expect(text).toMatch(/has no branch “mian” to land on\. Create it, or change “trunk”/);
    expect(code).toBe(1);
  });

  test('a git that is too old, and no git at all', async () => {
    await smallRepository(stage, folder);
    const bin = join(stage.root, 'bin');
    mkdirSync(bin);
    writeFileSync(join(bin, 'git'), '#!/bin/sh\necho git version 2.30.2\n');
    chmodSync(join(bin, 'git'), 0o755);
    const { text, code } = await refusal({ PATH: `${bin}:${stage.env['PATH']}` });
    expect(text).toMatch(/git 2\.30 is too old: Belfry needs 2\.38 or newer/);
    expect(code).toBe(1);
    const none = join(stage.root, 'no-git');
    mkdirSync(none);
    const links = ['sh', 'uname', 'stty', 'env'].map(name => `"$(command -v ${name})"`).join(' ');
    await stage.must(`ln -s ${links} ${none}`, folder);
    expect((await refusal({ PATH: none })).text).toMatch(/git is not installed.*Install git 2\.38/);
  });

  test('an agent CLI that nobody knows', async () => {
    await smallRepository(stage, folder, { engineer: 'scriptd' });
    const { text, code } = await refusal();
    expect(text).toMatch(/team\.yaml:\d+:\d+ +roles\.engineer\.cli: .*scriptd.*scripted/);
    expect(code).toBe(1);
  });

  test('a gate command that does not exist', async () => {
    await smallRepository(stage, folder, { gate: 'no-such-command --all' });
    const { text, code } = await refusal();
    expect(text).toMatch(/the gate “.*” cannot run: there is no command “no-such-command”/);
    expect(text).toMatch(/Install it, or change “gate” in \.belfry\/team\.yaml/);
    expect(code).toBe(1);
  });

  test('a team file with mistakes, all of them named with line and column', async () => {
    await smallRepository(stage, folder, { team: 'polcy: {}\nsetup: 7\n' });
    const { text, code } = await refusal();
    expect(text).toMatch(/the team file has mistakes:/);
    expect(text).toMatch(/team\.yaml:\d+:\d+ +.*polcy.*policy/);
    expect(text).toMatch(/team\.yaml:\d+:\d+ +setup/);
    expect(code).toBe(1);
  });

  test('a team file that is no YAML', async () => {
    await smallRepository(stage, folder);
    writeFileSync(join(folder, '.belfry/team.yaml'), 'gate: [unclosed\nroles: {');
    const { text, code } = await refusal();
    expect(text).toMatch(/team\.yaml:\d+:\d+/);
    expect(code).toBe(1);
  });

  test('a team file that is a pipe, and one that leads nowhere', async () => {
    await smallRepository(stage, folder);
    const team = join(folder, '.belfry/team.yaml');
    rmSync(team);
    execFileSync('mkfifo', [team]);
    expect((await refusal()).text).toContain(
      'team.yaml cannot be read: it is a pipe: put the file',
    );
    rmSync(team);
    symlinkSync('nowhere.yaml', team);
    expect((await refusal()).text).toContain('it leads to nowhere.yaml, which does not exist: put');
  });
});

describe('without a terminal', () => {
  test('the page says what works instead, and status works', async () => {
    await smallRepository(stage, folder);
    const before = await everythingIn(folder);
    const page = stage.run([], { cwd: folder });
    expect(page.code).toBe(1);
    expect(page.stderr).toBe(
      'belfry: the page needs a terminal for input and output. “belfry status --json” works without one.\n',
    );
    const status = stage.run(['status', '--json'], { cwd: folder });
    expect(status.code).toBe(0);
    expect(JSON.parse(status.stdout)).toMatchObject({ repository: folder, tasks: [] });
    expect(stage.run(['status'], { cwd: folder }).stdout).toMatch(/no team has run here yet/);
    expect(await everythingIn(folder)).toEqual(before);
  });

  test.each([
    [['staus'], /there is no command “staus”, nor a folder\. Did you mean “status”\?/, 2],
    [['status', '--jsno'], /--jsno/, 2],
    [['checkout', 'twelve'], /“twelve” is no task: write one like T-12/, 2],
  ])('belfry %s is refused', (args, words, code) => {
    const ran = stage.run(args, { cwd: folder });
    expect(ran.stderr).toMatch(words);
    expect(ran.code).toBe(code);
    expect(ran.stdout).toBe('');
  });
});

describe('works on nevertheless:', () => {
  test('a dirty checkout is never touched, and a broken task file only shown', async () => {
    await smallRepository(stage, folder);
    writeFileSync(join(folder, 'notes.txt'), 'changed by the person\n');
    writeFileSync(join(folder, 'new.txt'), 'not added yet\n');
    mkdirSync(join(folder, '.belfry/tasks'));
    writeFileSync(join(folder, '.belfry/tasks/T-7-broken.md'), '---\nid: T-7\ntitle: [\n---\n');
    const before = await everythingIn(folder);
    const program = stage.open([], { cwd: folder, size: [120, 36] });
    const screen = await program.waitFor(/T-7-broken\.md/, patience);
    expect(screen).toMatch(/broken/);
    await program.waitFor(/eng-1 +○ idle/, patience);
    await quit(program);
    expect(await everythingIn(folder)).toEqual(before);
    expect(readFileSync(join(folder, 'notes.txt'), 'utf8')).toBe('changed by the person\n');
  });

  test('a terminal too small says so and shows the page when it grows', async () => {
    await smallRepository(stage, folder);
    const program = stage.open([], { cwd: folder, size: [20, 5] });
    const words = (screen: string) => screen.replaceAll(/\s+/g, ' ');
    await program.waitFor(screen => words(screen).includes('Belfry needs 40×12'), patience);
    program.resize(100, 30);
    await program.waitFor(/1 Team(.|\n)*eng-1 +○ idle/, patience);
    program.resize(20, 5);
    await program.waitFor(screen => words(screen).includes('Belfry needs 40×12'), patience);
    program.resize(80, 24);
    await program.waitFor('1 Team', patience);
    await quit(program);
  });
});

describe('two at once', () => {
  test('a second Belfry says who holds the repository, and ends', async () => {
    await smallRepository(stage, folder);
    const first = stage.open([], { cwd: folder, size: [100, 30] });
    await first.waitFor(/eng-1 +○ idle/, patience);
    const second = stage.open([], { cwd: folder, size: [100, 30] });
    const { code } = await second.exited;
    expect(code).toBe(75);
    expectTerminalRestored(second);
    const text = second.text().replaceAll('\n', '');
    expect(text).toContain(
      `a Belfry already runs on ${folder}: process ${stage.belfryUnder(first)}`,
    );
    expect(text).toMatch(/, since \d{4}-\d\d-\d\d ?\d\d:\d\d:\d\d ?[+-]\d\d:\d\d\./);
    expect(text).toMatch(/watch” opens the page.*read-only;/);
    await first.waitFor(/eng-1 +○ idle/, patience);
    await quit(first);
  });

  test('an onlooker sees what happens as it happens, can change nothing, and outlives it', async () => {
    await smallRepository(stage, folder);
    const first = stage.open([], { cwd: folder, size: [100, 30] });
    await first.waitFor(/eng-1 +○ idle/, patience);
    const onlooker = stage.open(['watch'], { cwd: folder, size: [100, 30] });
    await onlooker.waitFor('read-only', patience);
    await onlooker.waitFor(/eng-1 +○ idle/, patience);
    onlooker.press('P');
    await onlooker.waitFor('P: read-only: the Belfry in process', patience);
    expect(first.text()).not.toContain('team paused');
    first.press('P');
    await onlooker.waitFor('‖ team paused', patience);
    await quit(first);
    // It shows by itself at the next full minute that nobody works any more, or with the next key.
    onlooker.press('2');
    await onlooker.waitFor('not running', patience);
    onlooker.press('q');
    expect((await onlooker.exited).code).toBe(0);
    expectTerminalRestored(onlooker);
  });
});

describe('a journal', () => {
  async function withJournal(): Promise<string> {
    await smallRepository(stage, folder);
    const program = stage.open([], { cwd: folder, size: [100, 30] });
    await program.waitFor(/eng-1 +○ idle/, patience);
    await quit(program);
    return stage.stateFolder(folder).journal;
  }

  test('damaged in the middle is refused and left as it is', async () => {
    const journal = await withJournal();
    const text = readFileSync(journal, 'utf8');
    const damaged = text.replace('"agent.joined"', '"agent.jolned"');
    expect(damaged).not.toBe(text);
    writeFileSync(journal, damaged);
    const { text: said, code } = await refusal();
    expect(said).toMatch(
      /journal\.jsonl is damaged at line \d+, byte \d+: its checksum does not fit/,
    );
    expect(said).toMatch(
      /Nothing has been changed\. Restore the file from a backup, or move it away/,
    );
    expect(code).toBe(65);
    expect(readFileSync(journal, 'utf8')).toBe(damaged);
    const status = stage.run(['status', '--json'], { cwd: folder });
    expect(status.stderr).toMatch(/^belfry: .*is damaged at line/);
    expect(status.code).toBe(65);
  });

  test('with a torn tail is cut, and what was cut is kept and named', async () => {
    const journal = await withJournal();
    const whole = readFileSync(journal, 'utf8');
    const tail = '1c0ffee5 {"seq":99,"epoch":1,"v":1,"eve';
    writeFileSync(journal, whole + tail);
    const program = stage.open([], { cwd: folder, size: [120, 30] });
    await program.waitFor(/eng-1 +○ idle/, patience);
    program.press('v');
    await program.waitFor(/cut short by a crash/, patience);
    await quit(program);
    expect(readFileSync(journal, 'utf8').startsWith(whole)).toBe(true);
    expect(readFileSync(journal, 'utf8')).not.toContain(tail);
    const kept = await stage.must('cat journal.torn-*', stage.stateFolder(folder).root);
    expect(kept).toBe(tail);
  });
});
