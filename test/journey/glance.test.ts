// A person who was elsewhere comes back to one question: they are called, answer it with one key, and see what came of it.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { JourneyStage, patience } from '../support/journey-stage.ts';
import { smallTeam } from '../support/small-repository.ts';

/** Focus reports of a terminal (xterm, mode 1004). */
const focusIn = '\u001b[I';
const focusOut = '\u001b[O';
const bell = '\u0007';

const scenario = (goFile: string) => `name: one question, then a landing
engineer:
  T-1:
    task:
      - say: Nothing to ask yet.
      - until: test -f ${goFile}
      - ask-permission:
          command: rm -r build
          on-yes:
            - append: { file: notes.txt, text: "second\\n" }
            - commit: Add a note
            - done: a second note
          on-no: []
  T-2:
    task:
      - think: 10m
`;

let stage: JourneyStage;
let folder = '';
let goFile = '';
beforeEach(async () => {
  stage = new JourneyStage();
  goFile = join(stage.root, 'go');
  const tasks = { 'Add a note': 'notes.txt', 'Read the notes': 'notes.txt' };
  folder = await smallTeam(stage, { scenario: scenario(goFile), tasks });
});
afterEach(() => stage.close());

test('a person who looked elsewhere is called, answers with one key, and sees what landed', async () => {
  const program = stage.open([], { cwd: folder, size: [140, 40] });
  await program.waitFor('Nothing to ask yet.', patience);
  program.press(focusOut);
  expect(program.rawOutput()).not.toContain(bell);
  writeFileSync(goFile, '');
  await program.waitFor(
    /! 1 needs you(.|\n)*eng-1 asks permission .*rm -r build.*y yes +N no/,
    patience,
  );
  expect(program.rawOutput()).toContain('! 1 needs you · work · Belfry');
  await program.waitFor(() => program.rawOutput().includes(bell), patience);
  program.press(focusIn);
  program.press('y');
  const answered = await program.waitFor('all is well', patience);
  expect(answered).not.toContain('needs you');
  expect(answered).not.toContain('asks permission');
  await program.waitFor(/since you looked, \d\d:\d\d: .*landed T-1/, patience);
});
