// A person comments on a line of a diff: while the engineer works it is a message, delivered when the
// engineer waits for input; on what waits to land it is a review, which sends the attempt back.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { TaskId } from '../../src/core/ids.ts';
import { quit } from '../support/demo-journey.ts';
import { JourneyStage, patience } from '../support/journey-stage.ts';
import { smallTeam } from '../support/small-repository.ts';

const ctrlS = '\x13';
let stage: JourneyStage;
afterEach(() => stage.close());

const scenario = (goFile: string) => `
name: a note, sent back once
engineer:
  T-1:
    task:
      - append: { file: notes.txt, text: "second\\n" }
      - commit: Add a note
      - say: Committed, and still at it.
      - until: test -f ${goFile}
      - done: a second note
    review:
      - append: { file: notes.txt, text: "third\\n" }
      - commit: Add the note that was asked for
      - done: a third note
`;

test('a comment reaches the engineer as a message, and as a review that sends the task back', async () => {
  stage = new JourneyStage();
  const goFile = join(stage.root, 'go');
  const folder = await smallTeam(stage, {
    ...{ scenario: scenario(goFile), team: 'policy:\n  land: review\n' },
    tasks: { 'Add a note': 'notes.txt' },
  });

  const program = stage.open([], { cwd: folder, size: [120, 40] });
  const press = (text: string, expected: string | RegExp) => {
    program.press(text);
    return program.waitFor(expected, patience);
  };
  await program.waitFor('Committed, and still at it.', patience);
  await press('2', /▸T-1 +doing/);
  await press('d', /\+ second/);
  await press('Gc', 'a message to eng-1, about: second');
  await press(`Why now?${ctrlS}`, 'eng-1 gets the comment');
  await press('M', /you to eng-1 +◌ queued/);

  writeFileSync(goFile, '');
  await program.waitFor('T-1 is green', patience);
  await program.waitFor(/you to eng-1 +✓ confirmed/, patience);

  await press('2d', /3 Diff of T-1: 1 file/);
  await press('Gc', 'sends T-1 back to eng-1, about: second');
  await press(`A third one, please.${ctrlS}`, 'T-1 goes back to eng-1 with the comment');
  await program.waitFor(/T-1 +gate +R0\/2/, patience);
  await program.waitFor('T-1 is green', patience);
  await press('2d', /\+ third/);
  await press('m', /done 1/);
  expect(await quit(program)).toContain('all 1 tasks are done');

  const { tasks, messages } = stage.state(folder);
  const { attempts = [], retries } = tasks['T-1' as TaskId] ?? {};
  expect(attempts.map(({ end }) => end?.kind)).toEqual(['sentBack', 'landed']);
  expect(attempts[0]?.end).toMatchObject({ text: 'notes.txt:2:\n> second\nA third one, please.' });
  expect(retries).toBe(0);
  expect(messages.find(one => one.from === 'person')).toMatchObject({ delivery: 'delivered' });
  expect(await stage.must('git show main:notes.txt', folder)).toBe('first\nsecond\nthird');
}, 240_000);
