import { tmpdir } from 'node:os';
import { afterEach, expect, test } from 'vitest';
import { keys, openProgram, type PtyProgram } from './pty-driver.ts';

const programs: PtyProgram[] = [];

function run(script: string): PtyProgram {
  const program = openProgram({
    file: process.execPath,
    args: ['-e', script],
    cwd: tmpdir(),
    env: { PATH: process.env['PATH'] ?? '' },
    cols: 60,
    rows: 10,
  });
  programs.push(program);
  return program;
}

afterEach(async () => {
  await Promise.all(programs.splice(0).map(program => program.close()));
});

test('sees the screen, presses keys and reads the exit', async () => {
  const program = run(`
    process.stdin.setRawMode(true);
    process.stdin.on('data', key => key[0] === 13 ? process.exit(4) : console.log('key ' + key));
    console.log('ready');
  `);
  await program.waitFor('ready');
  program.press('k');
  expect(await program.waitFor(/^key k$/m)).toContain('ready\nkey k');
  program.press(keys.enter);
  expect(await program.exited).toEqual({ code: 4, signal: 0 });
  expect(program.rawOutput()).toMatch(/^ready\r?\nkey k/);
});

test('shows the screen when it waits in vain', async () => {
  const program = run(`console.log('what there is'); setInterval(() => {}, 1000);`);
  await program.waitFor('what there is');
  const waiting = program.waitFor('what is missing', { timeoutMs: 50, what: 'the plan' });
  await expect(waiting).rejects.toThrow(
    /50 ms passed while waiting for the plan(.|\n)*what there is/,
  );
});

test('does not wait for a program that has ended', async () => {
  const program = run(`console.log('short')`);
  await expect(program.waitFor('long')).rejects.toThrow(/the program ended with .*"code":0/);
  await expect(program.waitFor('long')).rejects.toThrow(/the program ended/);
});

test('knows the modes and the second screen, resizes and kills', async () => {
  const program = run(`
    process.stdout.on('resize', () => console.log(process.stdout.columns + ' columns'));
    process.stdout.write('\\x1b[?1049h\\x1b[?2004hready');
    setInterval(() => {}, 1000);
  `);
  await program.waitFor(screen => screen.startsWith('ready'));
  expect(program.isAltScreen).toBe(true);
  expect(program.modes.bracketedPasteMode).toBe(true);
  program.resize(44, 12);
  await program.waitFor('44 columns');
  program.kill('SIGKILL');
  expect(await program.exited).toEqual({ code: 0, signal: 9 });
});
