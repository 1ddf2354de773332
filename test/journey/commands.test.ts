// The commands that need no page, as a person types them, on a repository that is small and theirs.
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { commands } from '../../src/cli/commands.ts';
import { JourneyStage } from '../support/journey-stage.ts';
import { everythingIn, smallRepository } from '../support/small-repository.ts';

let stage: JourneyStage;
let folder: string;

beforeEach(() => {
  stage = new JourneyStage();
  folder = join(stage.root, 'work');
  mkdirSync(folder);
});
afterEach(() => stage.close());

test('init leaves a team file alone that is there', async () => {
  await smallRepository(stage, folder);
  const before = await everythingIn(folder);
  const { code, stdout, stderr } = stage.run(['init', '--gate', 'false'], { cwd: folder });
  expect(code).toBe(1);
  expect(stdout).toBe('');
  expect(stderr).toMatch(
    /^belfry: .*team\.yaml is there already; edit it, or delete it first\.\n$/,
  );
  expect(await everythingIn(folder)).toEqual(before);
});

test('init writes the team file with the gate that it is given, and the folder for tasks', async () => {
  await stage.must('git init --quiet && git commit --quiet --allow-empty -m first', folder);
  const { code, stdout } = stage.run(['init', '--gate', 'true'], { cwd: folder });
  expect(code).toBe(0);
  expect(stdout).toContain(`Wrote ${join(folder, '.belfry/team.yaml')}.`);
  expect(stdout).toContain('Gate: true (--gate).');
  expect(readFileSync(join(folder, '.belfry/team.yaml'), 'utf8')).toMatch(
    /^gate: ['"]?true['"]?$/m,
  );
  expect(existsSync(join(folder, '.belfry/tasks'))).toBe(true);
  expect(await stage.must('git status --porcelain', folder)).toBe('?? .belfry/');
});

test('checkout of a task that nobody has worked on says so', async () => {
  await smallRepository(stage, folder);
  const before = await everythingIn(folder);
  const { code, stderr } = stage.run(['checkout', 'T-9'], { cwd: folder });
  expect(code).toBe(1);
  expect(stderr).toBe('belfry: T-9 has no branch yet: no engineer has worked on it.\n');
  expect(await everythingIn(folder)).toEqual(before);
});

test('verify of a repository in which nothing has landed proves nothing, and says so', async () => {
  await smallRepository(stage, folder);
  const before = await everythingIn(folder);
  const { code, stdout } = stage.run(['verify'], { cwd: folder });
  expect(code).toBe(3);
  expect(stdout).toMatch(
    /^Belfry has landed nothing here yet: there is nothing that could be proved\./,
  );
  expect(stdout).toContain('There is no receipt here yet.');
  const unknown = stage.run(['verify', 'no-such'], { cwd: folder });
  expect([unknown.code, unknown.stderr]).toEqual([2, expect.stringContaining('“no-such”')]);
  expect(await everythingIn(folder)).toEqual(before);
});

test('a word that is neither a command nor a folder is told, whatever it is', () => {
  for (const word of ['statsu', 'constructor']) {
    const { code, stderr } = stage.run([word]);
    expect([code, stderr]).toEqual([2, expect.stringContaining(`no command “${word}”`)]);
    expect(stage.run(['help', word]).code).toBe(2);
  }
  expect(stage.run(['statsu']).stderr).toContain('Did you mean “status”?');
  // A folder is one for “run”, which then wants a terminal.
  expect(stage.run(['.']).stderr).toContain('the page needs a terminal');
  expect(stage.run(['no/such/folder']).stderr).not.toContain('no command');
});

test('a command that was written wrongly is answered with its right form', () => {
  const forgotten = stage.run(['why']);
  expect([forgotten.code, forgotten.stderr]).toEqual([
    2,
    'belfry: one word is missing.\nUsage: belfry why T-12\n',
  ]);
  expect(stage.run(['checkout', 'T-1', 'T-2']).stderr).toContain('Usage: belfry checkout T-12\n');
  for (const words of [
    ['help', '--help'],
    ['--help', 'why'],
  ])
    expect(stage.run(words)).toEqual(stage.run(['help']));
});

test('help names every command of a person before those of agents, and --version the package’s', () => {
  const help = stage.run(['help']);
  expect(help.code).toBe(0);
  const forPerson = help.stdout.split('Commands of the agents')[0] ?? '';
  const persons = Object.values(commands).filter(command => command.for === 'person');
  for (const { usage, summary } of persons)
    expect(forPerson).toContain(`  ${usage}\n      ${summary}\n`);
  expect(stage.run(['--version'])).toEqual({
    ...{ code: 0, stdout: `${packageJson.version}\n`, stderr: '' },
  });
});

test('the README’s table of commands names those of a person, all of them and no other', () => {
  const rows = readFileSync('README.md', 'utf8').matchAll(/^\| `belfry ([a-z-]+|\[FOLDER\])/gm);
  const named = [...rows].map(([, word]) => (word === '[FOLDER]' ? 'run' : word));
  const persons = Object.entries(commands).filter(([, command]) => command.for === 'person');
  expect(named.toSorted()).toEqual([...persons.map(([name]) => name), 'help'].toSorted());
});
