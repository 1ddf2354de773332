import type { Oid } from '../../core/ids.ts';
import { GitError, type WorktreeStatus } from '../../ports/worktrees.ts';
import { type GitOptions, mustGit } from './git.ts';

/** Fields before the path, by the sign that a line begins with (git-status, “Porcelain Format Version 2”). */
const fieldsBefore: Readonly<Record<string, number>> = { '1': 8, u: 10, '?': 1 };

/** All of it by one git: a task is handed out only when the worktree's own was asked. */
export async function worktreeStatus(options: GitOptions): Promise<WorktreeStatus> {
  const asked = ['status', '--porcelain=v2', '--branch', '-z', '--no-renames'];
  const text = await mustGit([...asked, '--ignore-submodules=all'], options);
  const lines = text.split('\0');
  const told = (name: string): string => {
    const start = `# branch.${name} `;
    return lines.find(line => line.startsWith(start))?.slice(start.length) ?? '';
  };
  const [head, branch] = [told('oid'), told('head')];
  if (!/^[0-9a-f]+$/.test(head)) throw new GitError('git status: HEAD names no commit');
  return {
    branch: branch === '(detached)' ? null : branch,
    head: head as Oid,
    uncommitted: lines.flatMap(pathOf).sort(),
  };
}

function pathOf(line: string): string[] {
  const fields = fieldsBefore[line[0] ?? ''];
  return fields === undefined ? [] : [line.split(' ').slice(fields).join(' ')];
}
