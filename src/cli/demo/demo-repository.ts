import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { padStdio } from '../../adapters/system/pad-stdio.ts';
import { assetsFolder } from '../assets-folder.ts';
import { UserError } from '../user-error.ts';

const identity = { name: 'Belfry demo', email: 'demo@belfry.invalid' };

/**
 * Creates the demo's git repository with its first commit, always the same one: a small TypeScript library, a team
 * of scripted agents and a board full of tasks. `into` must not exist or be empty.
 */
export async function createDemoRepository(into: string): Promise<void> {
  if (existsSync(into) && readdirSync(into).length > 0)
    throw new UserError(`${into} is not empty: name a new folder for the demo`);
  mkdirSync(into, { recursive: true });
  cpSync(`${assetsFolder()}demo/repository`, into, { recursive: true });
  await git(into, 'init', '--quiet', '--initial-branch=main');
  // Later commits in this repository, by a person who tries things out, need an identity, too.
  await git(into, 'config', 'user.name', identity.name);
  await git(into, 'config', 'user.email', identity.email);
  await git(into, 'add', '--all');
  await git(into, 'commit', '--quiet', '--message', 'tally 0.3, with a team and a board');
}

/** The person's own git configuration (signing, hooks, templates, identity) has no say in the demo. */
function git(folder: string, ...args: readonly string[]): Promise<void> {
  const date = '2026-01-05T09:00:00Z';
  const env = {
    ...{ PATH: process.env['PATH'], HOME: folder, GIT_CONFIG_NOSYSTEM: '1' },
    ...{ GIT_CONFIG_GLOBAL: '/dev/null', GIT_TEMPLATE_DIR: '' },
    ...{ GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date },
  };
  return new Promise((resolve, reject) => {
    const stdio = padStdio(['ignore', 'ignore', 'pipe']);
    const child = spawn('git', args, { cwd: folder, env, stdio });
    let errors = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      errors += text;
    });
    child.on('error', error => reject(new UserError(`git cannot be started: ${error.message}`)));
    child.on('close', code => {
      if (code === 0) resolve();
      else reject(new UserError(`git ${args[0]} failed in ${folder}: ${errors.trim()}`));
    });
  });
}
