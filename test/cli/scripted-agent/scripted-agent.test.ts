import { once } from 'node:events';
import { existsSync, readFileSync, watch } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { identify, isRunning } from '../../../src/adapters/system/processes.ts';
import { deliver, ScriptedStage } from '../../support/scripted-program.ts';

let stage: ScriptedStage;
beforeEach(() => {
  stage = new ScriptedStage();
});
afterEach(() => stage.close());

/** T-1 has these steps, one line each. */
const engineer = (...steps: string[]) =>
  `engineer:\n  T-1:\n    task:\n${steps.map(step => `      - ${step}`).join('\n')}`;
const kinds = () => stage.signals().map(({ kind, status }) => status ?? kind);
const footer = (hint: RegExp | string) => (screen: string) =>
  screen.trimEnd().split('\n').at(-1)?.search(hint) === 0;
const resting = footer('scripted · context');

describe('a turn', () => {
  test('shows who it is, folds the prompt, works, commits, claims and waits again', async () => {
    stage.scenario = engineer(
      'say: I begin.',
      'write: { file: a.txt, text: "one\\n" }',
      'edit: { file: a.txt, find: one, replace: two }',
      'run: cat a.txt',
      'commit: Write a',
      'done: all of it',
    );
    const program = stage.open();
    await program.waitFor(resting);
    expect(program.text()).toContain('plays a scenario, no model, no network');
    expect(program.modes.bracketedPasteMode).toBe(true);
    expect(program.isAltScreen).toBe(false);
    expect(program.rawOutput()).toContain('\x1b]0;✳ scripted eng-1\x07');
    deliver(program, 'M-7 task T-1/1', 'one\ntwo');
    const screen = await program.waitFor(
      screen => screen.includes('recorded: done') && resting(screen),
    );
    expect(screen).toContain('> Belfry M-7 task T-1/1 [pasted 4 lines]');
    expect(screen).toContain('● I begin.');
    expect(screen).toMatch(/● Edit a\.txt\n {2}⎿ 1 line removed, 1 line added/);
    expect(screen).toMatch(/● Bash cat a\.txt\n {2}⎿ two/);
    expect(program.rawOutput()).toMatch(/\x1b\]0;[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏] scripted eng-1\x07/);
    expect(stage.git('log', '--format=%s')).toBe('Write a\nfirst');
    expect(stage.claims).toEqual(['done|--summary|all of it|']);
    expect(kinds().filter(kind => kind !== 'usage')).toEqual([
      ...['idle', 'promptReceived', 'working', 'idle'],
    ]);
    expect(stage.signals()).toContainEqual({ kind: 'promptReceived', message: 'M-7' });
  });

  test('answers a person politely and truthfully', async () => {
    stage.scenario = 'engineer: {}';
    const program = stage.open();
    await program.waitFor(resting);
    program.press('hellx\x7fo there\r');
    await program.waitFor('I am a script without a model');
    expect(program.text()).toContain('> hello there');
  });

  test('says that the scenario has nothing for a task, and gives it back', async () => {
    stage.scenario = 'engineer: {}';
    const program = stage.open();
    await program.waitFor(resting);
    deliver(program, 'M-1 task T-5/1');
    await program.waitFor('recorded: blocked');
    expect(stage.claims).toEqual(['blocked|--why|the scenario has nothing for T-5 (task)|']);
  });

  test('an edit that does not fit is said and given back', async () => {
    stage.scenario = engineer('edit: { file: a.txt, find: x, replace: y }', 'done: never');
    const program = stage.open();
    await program.waitFor(resting);
    deliver(program, 'M-1 task T-1/1');
    await program.waitFor('recorded: blocked');
    expect(stage.claims).toEqual(['blocked|--why|cannot edit a.txt: there is no such file|']);
  });

  test('queues what is typed while it works', async () => {
    stage.scenario = engineer('until: test -e go', 'done: first');
    const program = stage.open();
    await program.waitFor(resting);
    deliver(program, 'M-1 task T-1/1');
    await program.waitFor('Working');
    program.press('and you?\r');
    await program.waitFor(footer('1 queued'));
    stage.append('go', '');
    await program.waitFor('I am a script without a model');
    expect(stage.claims).toEqual(['done|--summary|first|']);
  });

  test('the same prompt twice is reported twice and done once', async () => {
    stage.scenario = engineer(
      'append: { file: a.txt, text: "x\\n" }',
      'run: echo y >> a.txt',
      'done: d',
    );
    const program = stage.open();
    await program.waitFor(resting);
    for (const times of [1, 2]) {
      deliver(program, 'M-1 task T-1/1');
      await program.waitFor(
        screen => screen.split('recorded: done').length > times && resting(screen),
      );
    }
    expect(stage.read('a.txt')).toBe('x\ny\n');
    expect(stage.claims).toHaveLength(2);
  });

  test('loses a prompt once when the scenario says so', async () => {
    stage.scenario = engineer('ignore-prompt', 'done: heard');
    const program = stage.open();
    await program.waitFor(resting);
    deliver(program, 'M-1 task T-1/1');
    await program.waitFor(screen => resting(screen) && /^> *$/m.test(screen));
    expect(kinds()).not.toContain('promptReceived');
    deliver(program, 'M-1 task T-1/1');
    await program.waitFor('recorded: done');
    expect(kinds()).toContain('promptReceived');
  });
});

describe('claims', () => {
  test('a refusal is shown and answered by the scenario', async () => {
    stage.refuse('done');
    stage.scenario = engineer('done: { summary: s, on-refused: [{ blocked: no way }] }');
    const program = stage.open();
    await program.waitFor(resting);
    deliver(program, 'M-1 task T-1/1');
    await program.waitFor('recorded: blocked');
    expect(program.text()).toContain('the tree is dirty');
    expect(stage.claims).toEqual(['done|--summary|s|', 'blocked|--why|no way|']);
  });

  test('a refusal that the scenario did not foresee gives the task back', async () => {
    stage.refuse('done');
    stage.scenario = engineer('done: s', 'say: never');
    const program = stage.open();
    await program.waitFor(resting);
    deliver(program, 'M-1 task T-1/1');
    await program.waitFor('recorded: blocked');
    expect(stage.claims.at(-1)).toBe('blocked|--why|belfry refused the claim: the tree is dirty|');
  });

  test('the manager answers an escalation, once', async () => {
    stage.scenario = 'manager:\n  T-1: [reassign: read it again]';
    const program = stage.open({ role: 'manager', agent: 'manager' });
    await program.waitFor(resting);
    deliver(program, 'M-4 escalation T-1/3');
    await program.waitFor('recorded: reassign');
    expect(stage.claims).toEqual(['reassign|T-1|--text|read it again|']);
  });

  test('the architect plans at its first start and never again', async () => {
    stage.scenario = 'architect:\n  start:\n    - add-task: { title: t, accept: [true ] }'.replace(
      'true',
      '"true"',
    );
    const architect = { role: 'architect', agent: 'architect' };
    const first = stage.open(architect);
    await first.waitFor(screen => screen.includes('recorded: task') && resting(screen));
    await first.close();
    const second = stage.open({ ...architect, session: 'session-2' });
    await second.waitFor(resting);
    deliver(second, 'M-1 goal', 'all of it');
    await second.waitFor('the scenario has nothing for this goal');
    expect(stage.claims).toEqual(['task|add|--title|t|--accept|true|']);
  });
});

describe('questions', () => {
  const question = engineer(
    'ask-permission: { command: rm it, on-yes: [done: y], on-no: [blocked: n] }',
  );

  test.each([
    ['1', 'done|--summary|y|'],
    ['y', 'done|--summary|y|'],
    ['2', 'blocked|--why|n|'],
    ['\x1b', 'blocked|--why|n|'],
  ])('%j answers', async (key, claim) => {
    stage.scenario = question;
    const program = stage.open();
    await program.waitFor(resting);
    deliver(program, 'M-1 task T-1/1');
    const screen = await program.waitFor('Allow this command?');
    expect(screen).toMatch(/Allow this command\?\n {2}rm it\n {2}1\. Yes\n {2}2\. No/);
    expect(stage.signals().at(-1)).toMatchObject({
      kind: 'question',
      about: 'permission',
      text: 'rm it',
    });
    program.press(`x${key}`.slice(-1));
    await program.waitFor('recorded');
    expect(stage.claims).toEqual([claim]);
  });
});

describe('interrupting and ending', () => {
  /** Starts a turn whose command writes its process id, and waits until it runs. */
  async function busy() {
    stage.scenario = engineer('run: echo $$ > pid; exec sleep 600', 'done: late');
    const program = stage.open();
    await program.waitFor(resting);
    deliver(program, 'M-1 task T-1/1');
    const pidFile = join(stage.folder, 'pid');
    const isWritten = () => existsSync(pidFile) && readFileSync(pidFile, 'utf8').endsWith('\n');
    const watcher = watch(stage.folder);
    while (!isWritten()) await once(watcher, 'change');
    watcher.close();
    const child = identify(Number(stage.read('pid')));
    if (child === null) throw new Error('the command does not run');
    return { program, child };
  }

  test('Escape ends the command, and “continue” begins it again', async () => {
    const { program, child } = await busy();
    program.press('\x1b');
    await program.waitFor('Interrupted');
    expect(isRunning(child)).toBe(false);
    expect(kinds().at(-1)).toBe('idle');
    program.press('continue\r');
    await program.waitFor('Working');
    program.press('\x03');
    await program.waitFor(screen => screen.split('Interrupted').length > 2);
  });

  test.each(['SIGTERM', 'SIGHUP'] as const)('%s ends it at once, its command too', async signal => {
    const { program, child } = await busy();
    program.kill(signal);
    await program.exited;
    await expect.poll(() => isRunning(child)).toBe(false);
  });

  test('a stopped agent goes on where it was', async () => {
    stage.scenario = engineer('run: "true"', 'until: test -e go', 'done: d');
    const program = stage.open();
    await program.waitFor(resting);
    program.kill('SIGSTOP');
    deliver(program, 'M-1 task T-1/1');
    stage.append('go', '');
    program.kill('SIGCONT');
    await program.waitFor('recorded: done');
  });

  test('Ctrl+C twice leaves, and the terminal is as before', async () => {
    stage.scenario = 'engineer: {}';
    const program = stage.open();
    await program.waitFor(resting);
    program.press('\x03');
    await program.waitFor('press Ctrl+C again to exit');
    program.press('\x03');
    expect(await program.exited).toEqual({ code: 0, signal: 0 });
    expect(program.modes.bracketedPasteMode).toBe(false);
    expect(program.text()).toContain('--session session-1 --resume');
  });

  test('killed in the midst of its steps, it goes on with --resume', async () => {
    const { program, child } = await busy();
    program.kill('SIGKILL');
    await program.exited;
    // As with real agent CLIs, only a signal that can be heard reaches the command.
    process.kill(child.pid, 'SIGKILL');
    stage.scenario = 'engineer: {}';
    const again = stage.open({ args: ['--resume'] });
    await again.waitFor('Resumed');
    await again.waitFor('Working');
    again.press('\x1b');
    await again.waitFor('Interrupted');
  });

  test('a crash ends with its code and is behind the resumed session', async () => {
    stage.scenario = engineer('crash: 7', 'done: after the crash');
    const program = stage.open();
    await program.waitFor(resting);
    deliver(program, 'M-1 task T-1/1');
    expect(await program.exited).toEqual({ code: 7, signal: 0 });
    const again = stage.open({ args: ['--resume'] });
    await again.waitFor('recorded: done');
  });
});

describe('the context window', () => {
  test('full, it refuses to go on, also after a restart; a fresh session does not', async () => {
    stage.scenario = `${engineer('use-context: 0.7', 'exhaust', 'done: never')}\n    handoff: [done: fresh]`;
    const program = stage.open();
    await program.waitFor(resting);
    deliver(program, 'M-1 task T-1/1');
    await program.waitFor('The context window is full.');
    expect(kinds().at(-1)).toBe('exhausted');
    expect(stage.signals().filter(({ kind }) => kind === 'usage')).toContainEqual(
      expect.objectContaining({ contextUsed: 0.7 }),
    );
    await program.close();
    const again = stage.open({ args: ['--resume'] });
    await again.waitFor('The context window is full.');
    await again.close();
    const fresh = stage.open({ session: 'session-2' });
    await fresh.waitFor(resting);
    deliver(fresh, 'M-2 handoff T-1/1');
    await fresh.waitFor('recorded: done');
    expect(stage.claims).toEqual(['done|--summary|fresh|']);
  });
});

describe('the terminal', () => {
  test('one input box whatever the size', async () => {
    stage.scenario = engineer('say: a word and another word and many more words', 'done: d');
    const program = stage.open();
    await program.waitFor(resting);
    deliver(program, 'M-1 task T-1/1');
    await program.waitFor(screen => screen.includes('recorded') && resting(screen));
    for (const cols of [60, 40, 120]) {
      program.resize(cols, 30);
      const rules = (screen: string) => screen.match(/^─+$/gm)?.map(rule => rule.length);
      await program.waitFor(screen => rules(screen)?.join() === `${cols - 1},${cols - 1}`);
    }
  });

  test('keeps what scrolled by', async () => {
    stage.scenario = engineer('flood: 100kB', 'say: after the flood', 'done: d');
    const program = stage.open();
    await program.waitFor(resting);
    deliver(program, 'M-1 task T-1/1');
    await program.waitFor(screen => screen.includes('recorded') && resting(screen));
    expect(program.rawOutput()).toContain('       1  the quick brown fox');
    expect(program.text()).toContain('after the flood');
  });

  test('garbage leaves it usable', async () => {
    stage.scenario = engineer('garbage: 50kB', 'done: d');
    const program = stage.open();
    await program.waitFor(resting);
    deliver(program, 'M-1 task T-1/1');
    await program.waitFor(resting);
    await expect.poll(() => stage.claims).toEqual(['done|--summary|d|']);
    await program.waitFor(resting);
    expect(program.isAltScreen).toBe(false);
    expect(program.modes.bracketedPasteMode).toBe(true);
    expect(program.modes.mouseTrackingMode).toBe('none');
    program.press('hello\r');
    await program.waitFor('I am a script without a model');
  });

  test('a hung agent hears nothing until it is over', async () => {
    stage.scenario = engineer('hang: 30s', 'done: d');
    const program = stage.open();
    await program.waitFor(resting);
    deliver(program, 'M-1 task T-1/1');
    await program.waitFor('Working');
    program.press('\x1b');
    await program.waitFor('recorded: done');
    expect(program.text()).not.toContain('Interrupted');
  });
});

test.each([
  ['a wrong scenario', 'engineer: 7', [], 1, /scenario\.yaml:2:11: engineer: /],
  ['a wrong speed', 'engineer: {}', ['--speed', 'fast'], 2, /--speed must be a number/],
  ['an unknown option', 'engineer: {}', ['--fast'], 2, /Unknown option '--fast'/],
])('%s is one message', async (_name, scenario, args, code, message) => {
  stage.scenario = scenario;
  const program = stage.open({ args });
  expect((await program.exited).code).toBe(code);
  expect(program.text()).toMatch(message);
});
