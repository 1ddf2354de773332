import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Io } from '../../../src/cli/io.ts';
import type { AgentId, Oid, TaskId } from '../../../src/core/ids.ts';
import type { Assignment, Mail } from '../../../src/ports/mailbox.ts';

/** What a command printed, and where and as whom it runs. */
export type RecordedIo = Io & { readonly out: string[]; readonly err: string[] };

export function recordedIo(cwd: string, env: Readonly<Record<string, string>> = {}): RecordedIo {
  const out: string[] = [];
  const err: string[] = [];
  return { out, err, env, cwd, stdout: text => out.push(text), stderr: text => err.push(text) };
}

/** An engineer's worktree: a git repository with one commit, on the branch of T-12. */
export function openWorktree(files: readonly string[] = []) {
  const path = mkdtempSync(join(tmpdir(), 'belfry-'));
  const git = (...args: string[]) =>
    execFileSync('git', args, {
      cwd: path,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      env: {
        ...{ PATH: process.env['PATH'], HOME: path, GIT_CONFIG_NOSYSTEM: '1' },
        ...{ GIT_AUTHOR_NAME: 'a', GIT_AUTHOR_EMAIL: 'a@b.invalid' },
        ...{ GIT_COMMITTER_NAME: 'a', GIT_COMMITTER_EMAIL: 'a@b.invalid' },
      },
    }).trim();
  const write = (name: string, text: string) => {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), text);
  };
  const commit = (name: string, text = name) => {
    write(name, text);
    git('add', '--', name);
    git('commit', '--quiet', '--message', name);
    return git('rev-parse', 'HEAD') as Oid;
  };
  git('init', '--quiet', '--initial-branch=main');
  const base = commit('README.md');
  git('switch', '--quiet', '--create', 'belfry/t-12');
  const assignment: Assignment = {
    ...{ agent: 'eng-1' as AgentId, task: 'T-12' as TaskId, attempt: 2 },
    ...{ branch: 'belfry/t-12', base, files },
  };
  write('.belfry/assignment.json', JSON.stringify(assignment));
  const outbox = join(path, '.belfry', 'outbox');
  return {
    ...{ path, git, write, commit, base },
    io: (role = 'engineer', agent = 'eng-1') =>
      recordedIo(path, { BELFRY_AGENT: agent, BELFRY_ROLE: role, BELFRY_WORKTREE: path }),
    mails(): readonly Mail[] {
      try {
        return readdirSync(outbox).map(name =>
          JSON.parse(readFileSync(join(outbox, name), 'utf8')),
        );
      } catch {
        return [];
      }
    },
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
}
