// A goal becomes tasks of the architect, the person accepts them, and an engineer's work lands.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { TaskId } from '../../src/core/ids.ts';
import { quit } from '../support/demo-journey.ts';
import { JourneyStage, patience } from '../support/journey-stage.ts';
import { smallRepository } from '../support/small-repository.ts';

const ctrlS = '\x13';
let stage: JourneyStage;
afterEach(() => stage.close());

const scenario = `
name: a goal becomes two tasks
architect:
  goals:
    - match: boats
      steps:
        - add-task:
            { title: Count the boats, files: [boats.txt], accept: [test -f boats.txt], estimate: 20 }
        - add-task:
            { title: Print the count, files: [count.txt], accept: [test -f count.txt], estimate: 20, depends: [T-1] }
engineer:
  T-1:
    task:
      - write: { file: boats.txt, text: "three\\n" }
      - commit: Count the boats
      - done: they are counted
`;

test('a goal: the draft of the architect waits for the person, and what is accepted lands', async () => {
  stage = new JourneyStage();
  const folder = join(stage.root, 'harbour');
  mkdirSync(folder);
  // A plan waits for the person when team.yaml says nothing of it.
  const team = 'policy:\n  land: auto\n';
  await smallRepository(stage, folder, { scenario, team });

  const program = stage.open([], { cwd: folder, env: { BELFRY_SCRIPT_SPEED: '20' } });
  const press = (text: string, expected: string | RegExp) => {
    program.press(text);
    return program.waitFor(expected, patience);
  };
  await program.waitFor(/architect +\S+ idle/, patience);
  await press('g', 'Goal for the architect');
  await press(`Count the boats in the harbour.${ctrlS}`, 'a plan of 2 tasks');
  expect(stage.state(folder).tasks['T-1' as TaskId]).toMatchObject({ planned: false, attempt: 0 });
  await press('V', /\[x\] └─ T-2 Print the count/);
  // The second task stays in the draft.
  await press('jX', /\[ \] └─ T-2/);
  await press('A', '1 task accepted, 1 stays in the draft');
  await program.waitFor('1 landed ·', patience);
  await quit(program);

  expect(await stage.must('git show main:boats.txt', folder)).toBe('three');
  const { tasks } = stage.state(folder);
  expect(tasks['T-1' as TaskId]).toMatchObject({ column: 'done', addedBy: 'architect' });
  expect(tasks['T-2' as TaskId]).toMatchObject({ column: 'backlog', planned: false });
}, 240_000);
