// Whatever ends Belfry from outside: the person gets their terminal back, and the work is there next time.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { expectTerminalRestored, quit } from '../support/demo-journey.ts';
import { belfryCommand, JourneyStage, patience } from '../support/journey-stage.ts';
import type { PtyProgram } from '../support/pty-driver.ts';
import { smallTeam } from '../support/small-repository.ts';

const typed = 'typed, and never committed\n';
const scenario = `name: half done
engineer:
  any:
    task:
      - write: { file: half.txt, text: "${typed.trim()}\\n" }
      - think: 10m
`;

let stage: JourneyStage;
let folder: string;

beforeEach(async () => {
  stage = new JourneyStage();
  folder = await smallTeam(stage, { scenario, tasks: { 'Write half a file': 'half.txt' } });
});
afterEach(() => stage.close());

/** Belfry with an engineer in the middle of something that it has not committed. */
async function halfDone(env: Record<string, string> = {}): Promise<PtyProgram> {
  const program = stage.open([], { cwd: folder, env });
  await program.waitFor(/● Write half\.txt/, patience);
  expect(program.isAltScreen).toBe(true);
  return program;
}

const savedText = () =>
  stage.shell(
    'for ref in $(git for-each-ref --format="%(refname)" refs/belfry/wip); do git show "$ref:half.txt"; done',
    stage.stateFolder(folder).team,
  );

test.each([
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const)('%s ends it in order', async (signal, expected) => {
  const program = await halfDone();
  program.kill(signal);
  const { code } = await program.exited;
  expect(code).toBe(expected);
  expectTerminalRestored(program);
  expect(program.text()).toContain('1 of 1 tasks are open; the next start goes on with them');
  expect((await savedText()).stdout).toBe(typed);
  expect(stage.processesOf(folder)).toEqual([]);
  expect(stage.state(folder).endedCleanly).toBe(true);
});

test('KILL of the program leaves the terminal to the launcher, which gives it back', async () => {
  const program = await halfDone();
  process.kill(stage.belfryUnder(program) ?? 0, 'SIGKILL');
  const { code } = await program.exited;
  expect(code).toBe(137);
  expectTerminalRestored(program);
  const again = stage.open([], { cwd: folder });
  await again.waitFor(/eng-1 +● working/, patience);
  expect((await savedText()).stdout).toBe(typed);
  await quit(again);
});

test('an error that nobody caught is shown on a restored terminal', async () => {
  const bomb = join(stage.root, 'bomb.mjs');
  writeFileSync(bomb, "process.on('SIGUSR2', () => { throw new Error('on purpose'); });\n");
  const program = await halfDone({ NODE_OPTIONS: `--import=${bomb}` });
  process.kill(stage.belfryUnder(program) ?? 0, 'SIGUSR2');
  const { code } = await program.exited;
  expect(code).not.toBe(0);
  expectTerminalRestored(program);
  expect(program.text()).toContain('on purpose');
  const again = stage.open([], { cwd: folder });
  await again.waitFor(/eng-1 +● working/, patience);
  expect((await savedText()).stdout).toBe(typed);
  await quit(again);
  expect(stage.processesOf(folder)).toEqual([]);
});

test('Ctrl+Z gives the shell back, and fg the page with everything on it', async () => {
  const shell = stage.openShell(stage.root);
  const press = (keys: string, expected: string | RegExp) => {
    shell.press(keys);
    return shell.waitFor(expected, patience);
  };
  await shell.waitFor('shell>', patience);
  await press(`${belfryCommand} work\r`, /● Write half\.txt/);
  await press('\x1a', /Stopped[\s\S]*shell>/);
  expect(shell.isAltScreen).toBe(false);
  await press('echo still $((40 + 2))\r', 'still 42');
  await press('fg\r', /eng-1 +● working/);
  expect(shell.isAltScreen).toBe(true);
  await press('q', 'Quit Belfry?');
  await press('y', '1 of 1 tasks are open');
  await press('exit\r', 'exit');
});
