// Belfry on a clone of the repository that it is built from, with some of its own tests as the gate.
import { cpSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import type { TaskId } from '../../src/core/ids.ts';
import { countersOf, quit } from '../support/demo-journey.ts';
import { JourneyStage, patience } from '../support/journey-stage.ts';

const project = fileURLToPath(new URL('../..', import.meta.url));
const fixture = fileURLToPath(new URL('../fixtures/own-repository/', import.meta.url));

type Planned = { title: string; files: string[]; accept: string[] };
const planned = JSON.parse(readFileSync(join(fixture, 'tasks.json'), 'utf8')) as Planned[];

let stage: JourneyStage;
afterEach(() => stage.close());

test('six changes to its own files, one caught by its own tests, one in conflict', async () => {
  stage = new JourneyStage({ OWN_MODULES: join(project, 'node_modules') });
  const folder = join(stage.root, 'own');
  await stage.must(`git clone --quiet ${project} ${folder}`, stage.root);
  await stage.must('git switch --quiet --force-create main', folder);
  // As in any checkout that somebody works in, its packages are there.
  const link =
    'mkdir -p node_modules && ln -sfn "$OWN_MODULES"/.bin "$OWN_MODULES"/* node_modules/';
  await stage.must(link, folder);
  mkdirSync(join(folder, '.belfry'));
  for (const name of ['team.yaml', 'scenario.yaml'])
    cpSync(join(fixture, name), join(folder, '.belfry', name));
  await stage.must('git add --all && git commit --quiet -m "A team"', folder);
  const begin = await stage.must('git rev-parse HEAD', folder);
  for (const { title, files, accept } of planned) {
    const more = [
      ...files.flatMap(one => ['--file', one]),
      ...accept.flatMap(one => ['--accept', one]),
    ];
    expect(stage.run(['task', 'add', '--title', title, ...more], { cwd: folder }).code).toBe(0);
  }

  const program = stage.open([], {
    cwd: folder,
    size: [160, 44],
    env: { BELFRY_SCRIPT_SPEED: '10' },
  });
  await program.waitFor('6 landed · 1 catch', { timeoutMs: 500_000 });
  await program.waitFor(/done 6\b/, patience);
  expect(await quit(program)).toContain('all 6 tasks are done');

  expect(countersOf(stage, folder)).toEqual({
    ...{ landed: 6, gateCatches: 1, conflicts: 1, dropped: 0 },
    ...{ exhaustions: 0, escalations: 0, reassigned: 0, flaky: 0 },
  });
  const { tasks } = stage.state(folder);
  const endsOf = (id: string) => tasks[id as TaskId]?.attempts.map(({ end }) => end?.kind);
  expect(endsOf('T-2')).toEqual(['conflicted', 'landed']);
  expect(endsOf('T-3')).toEqual(['failed', 'landed']);
  expect(stage.processesOf(folder)).toEqual([]);

  const range = `${begin}..main`;
  const changed = await stage.must(`git diff --name-only ${range}`, folder);
  expect(changed.split('\n').toSorted()).toEqual([
    ...['.gitignore', 'CONTRIBUTING.md', 'README.md'],
    ...['src/lib/assert.ts', 'src/lib/group-by.ts', 'src/lib/nearest-word.ts'],
    ...['test/lib/group-by.test.ts', 'test/lib/present.test.ts', 'test/lib/words-near.test.ts'],
  ]);
  const landed = await stage.must(`git log --first-parent --format=%s ${range}`, folder);
  expect(landed.split('\n').toSorted()).toEqual(
    planned.map(({ title }, index) => `T-${index + 1}: ${title}`),
  );
  const habits = readFileSync(join(folder, 'CONTRIBUTING.md'), 'utf8');
  expect(habits).toContain('* Read a failing test before');
  expect(habits).toContain('* Measure before you make it faster');
  expect(habits).not.toMatch(/^[<=>]{7}/m);
}, 600_000);
