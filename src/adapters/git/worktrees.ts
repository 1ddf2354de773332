import { existsSync, mkdirSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import chokidar from 'chokidar';
import { type AgentId, branchOf, type Oid, type TaskId } from '../../core/ids.ts';
import type { BranchWork, WorktreeStatus, Worktrees } from '../../ports/worktrees.ts';
import type { StateFolder } from '../system/state-folder.ts';
import { mustGit, runGit } from './git.ts';
import { trunkRef } from './prepare-repositories.ts';
import { saveWork, unsavedWorkOf } from './save-work.ts';

export const createWorktrees = (given: { readonly state: StateFolder }): Worktrees =>
  new TeamWorktrees(given.state);

/** One stable worktree per agent, on the team repository. */
class TeamWorktrees implements Worktrees {
  readonly #state: StateFolder;

  constructor(state: StateFolder) {
    this.#state = state;
  }

  pathOf = (agent: AgentId): string => join(this.#state.worktrees, agent);

  async ensure(agent: AgentId): Promise<string> {
    const path = this.pathOf(agent);
    const isSound =
      existsSync(path) && (await runGit(['rev-parse', 'HEAD'], { cwd: path })).code === 0;
    if (isSound) return path;
    if (existsSync(path)) await rename(path, join(this.#state.trash, `${agent}-${Date.now()}`));
    const gitDir = this.#state.team;
    await mustGit(['worktree', 'prune'], { gitDir });
    await mustGit(['worktree', 'add', '--quiet', '--force', '--detach', path, trunkRef], {
      gitDir,
    });
    return path;
  }

  async startTask(agent: AgentId, task: TaskId, base: Oid): Promise<void> {
    const path = await this.ensure(agent);
    const branch = branchOf(task);
    if ((await this.status(agent)).branch === branch) return;
    await this.saveWork(agent, 'before another task');
    const other = await this.#holderOf(branch);
    if (other !== null) {
      await this.saveWork(other, `${task}: taken over by ${agent}`);
      await this.#leave(other);
    }
    await this.#clear(path);
    const tip = await this.#tip(task);
    if (tip === null)
      return void (await mustGit(['checkout', '--quiet', '-b', branch, base], { cwd: path }));
    await mustGit(['checkout', '--quiet', branch], { cwd: path });
    const unsaved = await unsavedWorkOf(this.#state, task, tip);
    if (unsaved !== null) await mustGit(['checkout', '--quiet', unsaved, '--', '.'], { cwd: path });
  }

  /** Only after `saveWork`: what is cleared here can be brought back from its ref. */
  async #clear(path: string): Promise<void> {
    await runGit(['merge', '--abort'], { cwd: path });
    await mustGit(['reset', '--quiet', '--hard'], { cwd: path });
    await mustGit(['clean', '--quiet', '-fd', '-e', '.belfry/outbox', '-e', '.belfry/answers'], {
      cwd: path,
    });
  }

  async #leave(agent: AgentId): Promise<void> {
    const path = this.pathOf(agent);
    await this.#clear(path);
    await mustGit(['checkout', '--quiet', '--detach'], { cwd: path });
  }

  async #holderOf(branch: string): Promise<AgentId | null> {
    const text = await mustGit(['worktree', 'list', '--porcelain'], { gitDir: this.#state.team });
    const block = text
      .split('\n\n')
      .find(one => one.split('\n').includes(`branch refs/heads/${branch}`));
    const path = block?.split('\n')[0]?.replace('worktree ', '');
    return path === undefined ? null : ((path.split('/').at(-1) ?? '') as AgentId);
  }

  async mergeTrunk(agent: AgentId, trunk: Oid): Promise<boolean> {
    const path = this.pathOf(agent);
    const isMerging =
      (await runGit(['rev-parse', '--verify', '--quiet', 'MERGE_HEAD'], { cwd: path })).code === 0;
    if (isMerging || (await this.status(agent)).isDirty) return false;
    const { code } = await runGit(['merge', '--quiet', '--no-edit', trunk], {
      cwd: path,
      env: identityOf(agent),
    });
    return code === 0;
  }

  async status(agent: AgentId): Promise<WorktreeStatus> {
    const cwd = this.pathOf(agent);
    const branch = await runGit(['symbolic-ref', '--quiet', '--short', 'HEAD'], { cwd });
    const head = (await mustGit(['rev-parse', '--verify', 'HEAD^{commit}'], { cwd })) as Oid;
    const dirt = await mustGit(['status', '--porcelain', '--ignore-submodules=all'], { cwd });
    return { branch: branch.code === 0 ? branch.stdout.trim() : null, head, isDirty: dirt !== '' };
  }

  async #tip(task: TaskId): Promise<Oid | null> {
    const ref = `refs/heads/${branchOf(task)}^{commit}`;
    const { code, stdout } = await runGit(['rev-parse', '--verify', '--quiet', ref], {
      gitDir: this.#state.team,
    });
    return code === 0 ? (stdout.trim() as Oid) : null;
  }

  async branchWork(task: TaskId, trunk: Oid): Promise<BranchWork | null> {
    const head = await this.#tip(task);
    if (head === null) return null;
    const gitDir = this.#state.team;
    const commits = Number(await mustGit(['rev-list', '--count', head, `^${trunk}`], { gitDir }));
    const numstat = await mustGit(
      ['diff', '--numstat', '--no-ext-diff', '--no-textconv', `${trunk}...${head}`],
      { gitDir },
    );
    const rows = numstat === '' ? [] : numstat.split('\n').map(line => line.split('\t'));
    const sum = (column: number) =>
      rows.reduce((total, row) => total + (Number(row[column]) || 0), 0);
    return {
      head,
      commits,
      files: rows.map(row => row[2] ?? ''),
      linesAdded: sum(0),
      linesRemoved: sum(1),
    };
  }

  saveWork = (agent: AgentId, label: string) =>
    saveWork(this.#state, this.pathOf(agent), agent, label);

  async publishTrunk(_head: Oid): Promise<void> {
    await mustGit(
      [
        'fetch',
        '--quiet',
        '--no-tags',
        '--no-write-fetch-head',
        this.#state.hub,
        `+${trunkRef}:${trunkRef}`,
      ],
      { gitDir: this.#state.team },
    );
  }

  async diff(task: TaskId, trunk: Oid, bytesMax: number): Promise<string> {
    const head = await this.#tip(task);
    if (head === null) return '';
    const text = await mustGit(
      ['diff', '--no-color', '--no-ext-diff', '--no-textconv', `${trunk}...${head}`],
      { gitDir: this.#state.team },
    );
    return text.length > bytesMax ? `${text.slice(0, bytesMax)}\n… cut here` : text;
  }

  /** A commit moves the log of its worktree's HEAD; nothing is polled. */
  onCommit(listener: (agent: AgentId) => void): () => void {
    const folder = join(this.#state.team, 'worktrees');
    mkdirSync(folder, { recursive: true });
    const watcher = chokidar.watch(folder, {
      ignoreInitial: true,
      depth: 2,
      ignored: (path, stats) => stats?.isFile() === true && !path.endsWith('/logs/HEAD'),
    });
    watcher.on('change', path => listener((path.split('/').at(-3) ?? '') as AgentId));
    watcher.on('error', () => {});
    return () => void watcher.close();
  }
}

const identityOf = (agent: AgentId) => ({
  GIT_AUTHOR_NAME: `${agent} (Belfry)`,
  GIT_AUTHOR_EMAIL: `${agent}@belfry.invalid`,
  GIT_COMMITTER_NAME: `${agent} (Belfry)`,
  GIT_COMMITTER_EMAIL: `${agent}@belfry.invalid`,
});
