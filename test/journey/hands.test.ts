// A person's editor, shell and mouse on the real terminal: each has it to itself, and the page comes back.
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { TaskId } from '../../src/core/ids.ts';
import { quit } from '../support/demo-journey.ts';
import { JourneyStage, patience } from '../support/journey-stage.ts';
import { keys, type PtyProgram } from '../support/pty-driver.ts';
import { smallTeam } from '../support/small-repository.ts';

const scenario = `
name: one who waits
engineer:
  T-1:
    task:
      - say: Waiting for the end.
      - until: 'false'
`;

/** Says that it has the terminal, waits for Enter, and changes the title; fails as long as it is told to. */
const editor = `#!/bin/sh
if [ -e "$0.broken" ]; then echo no terminal description >&2; exit 3; fi
printf 'EDITING %s' "$1"
read answer
sed -i.old "s/Add a note/$answer/" "$1"
rm "$1.old"
`;

let stage: JourneyStage;
afterEach(() => stage.close());

/** A click on the first place where the text stands, as terminals report it (xterm, SGR mouse mode). */
function click(program: PtyProgram, text: string, before = ''): void {
  const rows = program.text().split('\n');
  const y = rows.findIndex(row => row.includes(text) && row.includes(before));
  const x = (rows[y] ?? '').indexOf(text, (rows[y] ?? '').indexOf(before));
  if (y < 0) throw new Error(`there is no ${text} on the page:\n${program.text()}`);
  program.press(`\x1b[<0;${x + 1};${y + 1}M\x1b[<0;${x + 1};${y + 1}m`);
}

test('editor, shell and mouse', async () => {
  stage = new JourneyStage();
  const folder = await smallTeam(stage, { scenario, tasks: { 'Add a note': 'notes.txt' } });
  const command = join(stage.root, 'edit');
  writeFileSync(command, editor);
  chmodSync(command, 0o755);

  const env = { EDITOR: command, VISUAL: '', SHELL: '/bin/sh', PS1: 'shell> ', ENV: '' };
  const program = stage.open([], { cwd: folder, size: [120, 40], env });
  const sees = (what: string | RegExp) => program.waitFor(what, patience);
  await sees('Waiting for the end.');
  await edit(program, sees, command);
  await useShell(program, sees);
  await useMouse(program, sees);
  expect(await quit(program)).toContain('1 of 1 tasks are open');

  expect(stage.state(folder).tasks['T-1' as TaskId]?.title).toBe('Add two notes');
  const [file = ''] = await stage.must('ls .belfry/tasks', folder).then(text => text.split('\n'));
  expect(readFileSync(join(folder, '.belfry/tasks', file), 'utf8')).toContain('Add two notes');
  expect(existsSync(join(folder, 'by-shell'))).toBe(false);
});

type Sees = (what: string | RegExp) => Promise<string>;

async function edit(program: PtyProgram, sees: Sees, command: string): Promise<void> {
  program.press('\x05');
  await sees(/EDITING .*\.md/);
  expect(program.isAltScreen).toBe(false);
  expect(program.modes.mouseTrackingMode).toBe('none');
  program.press('Add two notes\r');
  await sees(/1 Team(.|\n)*Add two notes/);
  expect(program.isAltScreen).toBe(true);
  expect(program.modes.mouseTrackingMode).not.toBe('none');

  writeFileSync(`${command}.broken`, '');
  program.press('\x05');
  await sees(/edit: it ended with code 3/);
}

/** Keys of the shell are the shell's: `q` quits nothing. */
async function useShell(program: PtyProgram, sees: Sees): Promise<void> {
  program.press('!');
  await sees('shell>');
  program.press('git branch --show-current && touch by-shell && echo q\r');
  await sees(/belfry\/t-1\s+q/);
  program.press('exit 1\r');
  await sees(/1 Team(.|\n)*\? help/);
  expect(program.text()).not.toContain('Quit Belfry?');
}

async function useMouse(program: PtyProgram, sees: Sees): Promise<void> {
  click(program, 'time', '3 Terminal');
  await sees('3 Timeline of the team');
  click(program, 'manager');
  await sees(/▸manager/);
  click(program, 'T-1', '▸T-1');
  await sees('┏━ 2 Board');
  click(program, 'T-1', '▸T-1');
  await sees(/3 Task T-1/);
  click(program, 'help', '?');
  await sees('Keys here');
  click(program, 'add a task');
  await sees('New task');
  program.press(keys.escape);
  await program.waitFor(screen => !screen.includes('New task'), patience);
}
