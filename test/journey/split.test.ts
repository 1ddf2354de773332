// A task that fills two context windows becomes two, and what waited for it waits for both.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { TaskId } from '../../src/core/ids.ts';
import { quit } from '../support/demo-journey.ts';
import { JourneyStage, patience } from '../support/journey-stage.ts';

const team = `
trunk: main
roles:
  architect: { cli: scripted }
  manager: { cli: scripted }
  engineer: { cli: scripted, count: 2 }
scenario: .belfry/scenario.yaml
gate: test ! -e broken
policy: { land: auto, plan: auto }
`;

const scenario = `
name: One task is too broad
architect:
  splits:
    T-1:
      - add-task:
          { title: First half, splits: T-1, files: [one.txt], accept: [test -f one.txt], estimate: 20 }
      - add-task:
          { title: Second half, splits: T-1, files: [two.txt], accept: [test -f two.txt], estimate: 20 }
      - end-split: T-1
engineer:
  T-1:
    task:
      - write: { file: one.txt, text: "half of one\\n" }
      - commit: Begin with one
      - write: { file: two.txt, text: "typed, not committed\\n" }
      - exhaust
    handoff:
      - exhaust
  T-2:
    task:
      - run: test -f one.txt && test -f two.txt
      - write: { file: three.txt, text: "three\\n" }
      - commit: Add three
      - done: three is there
  T-3:
    task:
      - run: git checkout --quiet refs/belfry/kept/t-1 -- one.txt
      - commit: Take the half that fits
      - done: one is there
  T-4:
    task:
      - run: git checkout --quiet refs/belfry/kept/t-1 -- two.txt
      - commit: Take what was only typed
      - done: two is there
`;

let stage: JourneyStage;
afterEach(() => stage.close());

test('a second full context: the architect splits, the parts take over the work that was kept', async () => {
  stage = new JourneyStage();
  const folder = join(stage.root, 'broad');
  mkdirSync(join(folder, '.belfry'), { recursive: true });
  writeFileSync(join(folder, '.belfry', 'team.yaml'), team);
  writeFileSync(join(folder, '.belfry', 'scenario.yaml'), scenario);
  writeFileSync(join(folder, 'README.md'), 'Broad\n');
  await stage.must('git init --quiet --initial-branch=main && git add --all', folder);
  await stage.must('git commit --quiet -m "A team"', folder);
  const add = (...args: string[]) => {
    const { code, stderr } = stage.run(['task', 'add', '--title', ...args], { cwd: folder });
    expect(code, stderr).toBe(0);
  };
  add('Everything at once', '--file', 'one.txt', '--file', 'two.txt', '--accept', 'true');
  add('What comes after', '--file', 'three.txt', '--accept', 'true', '--depends', 'T-1');

  const program = stage.open([], { cwd: folder, env: { BELFRY_SCRIPT_SPEED: '20' } });
  await program.waitFor('3 landed ·', patience);
  await quit(program);

  const { tasks } = stage.state(folder);
  expect(tasks['T-1' as TaskId]).toMatchObject({
    ...{ column: 'done', landedAs: null, dropped: null, exhaustions: 2 },
    splitInto: ['T-3', 'T-4'],
  });
  const landed = await stage.must('git log --first-parent --format=%s --reverse', folder);
  expect(
    landed
      .split('\n')
      .slice(1)
      .map(line => line.slice(0, 3))
      .at(-1),
  ).toBe('T-2');
  expect(readFileSync(join(folder, 'one.txt'), 'utf8')).toBe('half of one\n');
  expect(readFileSync(join(folder, 'two.txt'), 'utf8')).toBe('typed, not committed\n');
});
