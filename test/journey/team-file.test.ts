// The person changes team.yaml beside a running team, looks at the difference, and has it count.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { TaskId } from '../../src/core/ids.ts';
import { quit } from '../support/demo-journey.ts';
import { JourneyStage, patience } from '../support/journey-stage.ts';
import { smallTeam } from '../support/small-repository.ts';

let stage: JourneyStage;
afterEach(() => stage.close());

const scenario = `
name: a task that takes its time
engineer:
  any:
    task:
      - run: sleep 3
      - write: { file: a.txt, text: "done\\n" }
      - commit: Write a
      - done: it is written
`;

test('a change of team.yaml counts after a yes, and the task under way lands all the same', async () => {
  stage = new JourneyStage();
  const folder = await smallTeam(stage, {
    ...{ scenario, team: 'policy:\n  land: auto\n', tasks: { 'Write a': 'a.txt' } },
  });
  const path = join(folder, '.belfry', 'team.yaml');

  const program = stage.open([], { cwd: folder, env: { BELFRY_SCRIPT_SPEED: '1' } });
  const press = (text: string, expected: string | RegExp) => {
    program.press(text);
    return program.waitFor(expected, patience);
  };
  await program.waitFor(/T-1 +doing/, patience);
  const { agents } = stage.state(folder);
  const text = readFileSync(path, 'utf8');
  writeFileSync(path, `${text}\ngaet: "true"\n`);
  await program.waitFor(/cannot count.*gaet/, patience);

  writeFileSync(path, text.replace('land: auto', 'land: review'));
  await program.waitFor('nothing of it counts before you say so', patience);
  await press('4\r', 'Apply team.yaml?');
  await program.waitFor(/\+ +land: review/, patience);
  await press('y', 'T-1 is green');
  // The same agents with the same sessions, and the new policy: what is green waits.
  expect(Object.keys(stage.state(folder).agents)).toEqual(Object.keys(agents));
  expect(stage.state(folder).tasks['T-1' as TaskId]).toMatchObject({ retries: 0, column: 'gate' });
  await press('m', '1 landed ·');
  await quit(program);
  expect(await stage.must('git show main:a.txt', folder)).toBe('done');
}, 240_000);
