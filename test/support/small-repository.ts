import { mkdirSync, writeFileSync } from 'node:fs';
import { lstat, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { JourneyStage } from './journey-stage.ts';

/** One commit on `main`, a gate that always passes and a scripted team with one engineer and no task. */
export async function smallRepository(
  stage: JourneyStage,
  folder: string,
  { gate = 'true', engineer = 'scripted', team = '', scenario = 'name: nothing to do\n' } = {},
): Promise<void> {
  await stage.must('git init --quiet --initial-branch=main', folder);
  mkdirSync(join(folder, '.belfry'));
  writeFileSync(join(folder, 'notes.txt'), 'first\n');
  writeFileSync(join(folder, '.belfry/scenario.yaml'), scenario);
  const cli = (role: string, name: string, more = '') => `  ${role}:\n    cli: ${name}\n${more}`;
  const roles =
    cli('architect', 'scripted') +
    cli('manager', 'scripted') +
    cli('engineer', engineer, '    count: 1\n');
  writeFileSync(join(folder, '.belfry/team.yaml'), `gate: '${gate}'\nroles:\n${roles}${team}`);
  await stage.must('git add --all && git commit --quiet -m first', folder);
}

/** The same in a folder of its own, with ready tasks of one file each on its board. Resolves with the folder. */
export async function smallTeam(
  stage: JourneyStage,
  given: {
    readonly scenario?: string;
    readonly team?: string;
    readonly tasks?: Readonly<Record<string, string>>;
  } = {},
): Promise<string> {
  const { tasks = {}, ...more } = given;
  const folder = join(stage.root, 'work');
  mkdirSync(folder);
  await smallRepository(stage, folder, more);
  for (const [title, file] of Object.entries(tasks)) {
    const add = ['task', 'add', '--title', title, '--file', file, '--accept', 'true'];
    const { code, stderr } = stage.run(add, { cwd: folder });
    if (code !== 0) throw new Error(stderr);
  }
  return folder;
}

/**
 * Every file with its mode and content, refs and all: equal when nothing has changed. Only the place where
 * Belfry shows its trunk to the person is left out.
 */
export async function everythingIn(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const found: Record<string, string> = {};
  for (const entry of entries) {
    const path = join(entry.parentPath, entry.name);
    if (path.includes('.git/refs/belfry')) continue;
    const { mode } = await lstat(path);
    const content = entry.isFile() ? (await readFile(path)).toString('base64') : '';
    found[path] = `${mode.toString(8)} ${content}`;
  }
  return found;
}
