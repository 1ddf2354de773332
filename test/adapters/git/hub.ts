import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { prepareRepositories } from '../../../src/adapters/git/prepare-repositories.ts';
import { createStateFolder, stateFolderOf } from '../../../src/adapters/system/state-folder.ts';

const env = {
  ...process.env,
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_AUTHOR_NAME: 'Kim',
  GIT_AUTHOR_EMAIL: 'kim@example.invalid',
  GIT_COMMITTER_NAME: 'Kim',
  GIT_COMMITTER_EMAIL: 'kim@example.invalid',
};

/** A person's repository with a hub and a team repository beside it, all in a temporary folder. */
export class TemporaryHub {
  readonly root = mkdtempSync(join(tmpdir(), 'belfry-hub-'));
  readonly repository = join(this.root, 'repository');
  readonly state = stateFolderOf(this.repository, { XDG_STATE_HOME: join(this.root, 'state') });

  constructor() {
    mkdirSync(this.repository);
    this.git('init', '--quiet', '--initial-branch=main');
  }

  git(...args: readonly string[]): string {
    return execFileSync('git', args, { cwd: this.repository, env, encoding: 'utf8' }).trim();
  }

  write(files: Readonly<Record<string, string | Buffer>>): void {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(this.repository, path)), { recursive: true });
      writeFileSync(join(this.repository, path), text);
    }
  }

  commit(files: Readonly<Record<string, string | Buffer>>, message = 'change'): void {
    this.write(files);
    this.git('add', '--all');
    this.git('commit', '--quiet', '--message', message);
  }

  async open(): Promise<void> {
    createStateFolder(this.state);
    const { repository, state } = this;
    await prepareRepositories({ repository, state, wanted: null, current: 'main' });
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}
