import { existsSync, mkdirSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import chokidar from 'chokidar';
import { type AgentId, branchOf, type Oid, type TaskId } from '../../core/ids.ts';
import type { BranchWork, WorktreeStatus, Worktrees } from '../../ports/worktrees.ts';
import type { StateFolder } from '../system/state-folder.ts';
import { changesBetween, rangeOnTrunk } from './changes-between.ts';
import { type GitOptions, mustGit, runGit } from './git.ts';
import { inWorktree } from './in-worktree.ts';
import { fetchArgs, trunkRef } from './prepare-repositories.ts';
import { saveWork, unsavedWorkOf } from './save-work.ts';

/** `setUp` makes a fresh worktree usable: files that git does not have, installed packages. */
export const createWorktrees = (given: {
  readonly state: StateFolder;
  readonly setUp: (worktree: string) => Promise<void>;
}): Worktrees => new TeamWorktrees(given.state, given.setUp);

/** One stable worktree per agent, on the team repository. */
class TeamWorktrees implements Worktrees {
  readonly #state: StateFolder;
  readonly #setUp: (worktree: string) => Promise<void>;
  readonly #bare: { readonly gitDir: string };

  constructor(state: StateFolder, setUp: (worktree: string) => Promise<void>) {
    this.#state = state;
    this.#setUp = setUp;
    this.#bare = { gitDir: state.teamView };
  }

  pathOf = (agent: AgentId): string => join(this.#state.worktrees, agent);

  #in(agent: AgentId): GitOptions {
    return inWorktree(this.#state, this.pathOf(agent));
  }

  async ensure(agent: AgentId): Promise<string> {
    const path = this.pathOf(agent);
    const isSound =
      existsSync(join(path, '.git')) &&
      (await runGit(['rev-parse', '--verify', 'HEAD^{commit}'], this.#in(agent))).code === 0;
    if (isSound) return path;
    if (existsSync(path)) await rename(path, join(this.#state.trash, `${agent}-${Date.now()}`));
    // Through the team repository itself, whose path then stands in the worktree; nothing is checked out yet.
    const gitDir = this.#state.team;
    await mustGit(['worktree', 'prune'], { gitDir });
    const add = ['worktree', 'add', '--quiet', '--force', '--no-checkout', '--detach'];
    await mustGit([...add, path, trunkRef], { gitDir });
    await mustGit(['reset', '--quiet', '--hard'], this.#in(agent));
    await this.#setUp(path);
    return path;
  }

  async startTask(agent: AgentId, task: TaskId, base: Oid): Promise<void> {
    await this.ensure(agent);
    const branch = branchOf(task);
    if ((await this.status(agent)).branch === branch) return;
    await this.saveWork(agent, 'before another task');
    const other = await this.#holderOf(branch);
    if (other !== null) {
      await this.saveWork(other, `${task}: taken over by ${agent}`);
      await this.#leave(other);
    }
    await this.#clear(agent);
    const tip = await this.#tip(task);
    if (tip === null) {
      await mustGit(['checkout', '--quiet', '-b', branch, base], this.#in(agent));
      return;
    }
    await mustGit(['checkout', '--quiet', branch], this.#in(agent));
    const unsaved = await unsavedWorkOf(this.#state, task, tip);
    if (unsaved !== null)
      await mustGit(['checkout', '--quiet', unsaved, '--', '.'], this.#in(agent));
  }

  /** Only after `saveWork`: what is cleared here can be brought back from its ref. */
  async #clear(agent: AgentId): Promise<void> {
    await runGit(['merge', '--abort'], this.#in(agent));
    await mustGit(['reset', '--quiet', '--hard'], this.#in(agent));
    const kept = ['-e', '.belfry/outbox', '-e', '.belfry/answers'];
    await mustGit(['clean', '--quiet', '-fd', ...kept], this.#in(agent));
  }

  async #leave(agent: AgentId): Promise<void> {
    await this.#clear(agent);
    await mustGit(['checkout', '--quiet', '--detach'], this.#in(agent));
  }

  async #holderOf(branch: string): Promise<AgentId | null> {
    const text = await mustGit(['worktree', 'list', '--porcelain'], this.#bare);
    const block = text
      .split('\n\n')
      .find(one => one.split('\n').includes(`branch refs/heads/${branch}`));
    const path = block?.split('\n')[0]?.replace('worktree ', '');
    return path === undefined ? null : ((path.split('/').at(-1) ?? '') as AgentId);
  }

  async mergeTrunk(agent: AgentId, trunk: Oid): Promise<boolean> {
    const options = this.#in(agent);
    const merging = await runGit(['rev-parse', '--verify', '--quiet', 'MERGE_HEAD'], options);
    if (merging.code === 0 || (await this.status(agent)).isDirty) return false;
    const env = { ...options.env, ...identityOf(agent) };
    const { code } = await runGit(['merge', '--quiet', '--no-edit', trunk], { ...options, env });
    return code === 0;
  }

  async status(agent: AgentId): Promise<WorktreeStatus> {
    const options = this.#in(agent);
    const branch = await runGit(['symbolic-ref', '--quiet', '--short', 'HEAD'], options);
    const head = (await mustGit(['rev-parse', '--verify', 'HEAD^{commit}'], options)) as Oid;
    const dirt = await mustGit(['status', '--porcelain', '--ignore-submodules=all'], options);
    return { branch: branch.code === 0 ? branch.stdout.trim() : null, head, isDirty: dirt !== '' };
  }

  async #tip(task: TaskId): Promise<Oid | null> {
    const ref = `refs/heads/${branchOf(task)}^{commit}`;
    const { code, stdout } = await runGit(['rev-parse', '--verify', '--quiet', ref], this.#bare);
    return code === 0 ? (stdout.trim() as Oid) : null;
  }

  async branchWork(task: TaskId, trunk: Oid): Promise<BranchWork | null> {
    const head = await this.#tip(task);
    if (head === null) return null;
    const { gitDir } = this.#bare;
    const commits = Number(await mustGit(['rev-list', '--count', head, `^${trunk}`], { gitDir }));
    const changes = await changesBetween(gitDir, await rangeOnTrunk(gitDir, trunk, head));
    return { head, commits, ...changes };
  }

  saveWork = (agent: AgentId, label: string) =>
    saveWork(this.#state, this.pathOf(agent), agent, label);

  async publishTrunk(head: Oid): Promise<void> {
    const known = await runGit(['rev-parse', '--verify', '--quiet', trunkRef], this.#bare);
    if (known.stdout.trim() === head) return;
    await mustGit([...fetchArgs, this.#state.hub, `+${trunkRef}:${trunkRef}`], this.#bare);
  }

  async diff(task: TaskId, trunk: Oid, bytesMax: number): Promise<string> {
    const head = await this.#tip(task);
    if (head === null) return '';
    const range = await rangeOnTrunk(this.#bare.gitDir, trunk, head);
    const text = await mustGit(
      ['diff', '--no-color', '--no-ext-diff', '--no-textconv', range],
      this.#bare,
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
