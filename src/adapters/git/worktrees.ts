import { lstatSync, mkdirSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import chokidar from 'chokidar';
import { type AgentId, branchOf, isAgentId, type Oid, type TaskId } from '../../core/ids.ts';
import {
  type BranchWork,
  GitError,
  type KeptBranch,
  type LeftOut,
  type WorktreeStatus,
  type Worktrees,
} from '../../ports/worktrees.ts';
import type { StateFolder } from '../system/state-folder.ts';
import { changesBetween, endsOnTrunk } from './changes-between.ts';
import { beginningOfGit, type GitOptions, mustGit, runGit } from './git.ts';
import {
  adminOf,
  inWorktree,
  isFolder,
  isLink,
  linkToTeam,
  removeStaleLocks,
} from './in-worktree.ts';
import { keepWork } from './keep-work.ts';
import { fetchArgs, resetConfig, trunkRef } from './prepare-repositories.ts';
import { saveWork, unsavedWorkOf } from './save-work.ts';
import { moveAside } from './saved/left-out.ts';
import { type SetUp, SetUps } from './set-up/set-ups.ts';
import { worktreeStatus } from './worktree-status.ts';

type Saving = Awaited<ReturnType<typeof saveWork>>;

/** `setUp` makes a fresh worktree usable: files that git does not have, installed packages. */
export const createWorktrees = (given: {
  readonly state: StateFolder;
  readonly setUp: SetUp;
}): Worktrees => new TeamWorktrees(given.state, given.setUp);

/** One stable worktree per agent, on the team repository. */
class TeamWorktrees implements Worktrees {
  readonly #state: StateFolder;
  readonly #setUps: SetUps;
  readonly #bare: { readonly gitDir: string };
  readonly #leftOut = new Set<(left: LeftOut) => void>();
  #adding: Promise<unknown> = Promise.resolve();
  #publishing: Promise<void> = Promise.resolve();

  constructor(state: StateFolder, setUp: SetUp) {
    this.#state = state;
    this.#setUps = new SetUps(setUp);
    this.#bare = { gitDir: state.teamView };
  }

  pathOf = (agent: AgentId): string => join(this.#state.worktrees, agent);

  /** Throws `GitError` where a link took the worktree's place: git would read, and clear, what is behind it. */
  #in(agent: AgentId): GitOptions {
    const path = this.pathOf(agent);
    if (isLink(path)) throw new GitError(`${path} is a link, not the worktree that it was`);
    return inWorktree(this.#state, path);
  }

  async ensure(agent: AgentId): Promise<string> {
    const path = this.pathOf(agent);
    const admin = adminOf(this.#state, path);
    await removeStaleLocks(admin);
    const isSound =
      isFolder(path) &&
      !this.#setUps.isUnready(admin) &&
      (await runGit(['rev-parse', '--verify', 'HEAD^{commit}'], this.#in(agent))).code === 0;
    if (isSound) {
      await linkToTeam(this.#state, path);
      return path;
    }
    await this.#throwAway(agent);
    // Through the team repository itself, whose path then stands in the worktree; nothing is checked out yet.
    const gitDir = this.#state.team;
    await resetConfig(gitDir, this.#state.hub);
    const add = ['worktree', 'add', '--quiet', '--force', '--no-checkout', '--detach'];
    // Git looks at every worktree while it adds one, and fails over one that is half made.
    const added = this.#adding.then(() => mustGit([...add, path, trunkRef], { gitDir }));
    this.#adding = added.catch(() => {});
    await added;
    await this.#setUps.begin(admin);
    await mustGit(['reset', '--quiet', '--hard'], this.#in(agent));
    await this.#setUps.run(path, admin);
    return path;
  }

  endSetUps = () => this.#setUps.end();

  /** Files and git's side of a worktree that is damaged; somebody may want to look for something in there. */
  async #throwAway(agent: AgentId): Promise<void> {
    const path = this.pathOf(agent);
    for (const [name, rest] of [
      [agent, path],
      [`${agent}.git`, adminOf(this.#state, path)],
    ] as const)
      if (lstatSync(rest, { throwIfNoEntry: false }) !== undefined)
        await rename(rest, join(this.#state.trash, `${name}-${Date.now()}`));
  }

  async startTask(agent: AgentId, task: TaskId, base: Oid): Promise<void> {
    await this.ensure(agent);
    const branch = branchOf(task);
    if ((await this.status(agent)).branch === branch) return;
    await this.#clear(agent, await this.#save(agent, 'before another task'));
    const other = await this.#holderOf(branch);
    if (other !== null) {
      await this.#clear(other, await this.#save(other, `${task}: taken over by ${agent}`));
      await mustGit(['checkout', '--quiet', '--detach'], this.#in(other));
    }
    const tip = await this.#tip(task);
    // A worktree that an agent made by itself may hold the branch too; that is no reason to stop.
    const checkOut = ['checkout', '--quiet', '--ignore-other-worktrees'];
    if (tip === null) {
      await mustGit([...checkOut, '-b', branch, base], this.#in(agent));
      return;
    }
    await mustGit([...checkOut, branch], this.#in(agent));
    const unsaved = await unsavedWorkOf(this.#state, task, tip);
    if (unsaved === null) return;
    await mustGit(['read-tree', '-m', '-u', tip, unsaved], this.#in(agent));
    // As it was typed: nothing of it staged.
    await mustGit(['reset', '--quiet'], this.#in(agent));
  }

  /** Only after work is saved: what is cleared here can be brought back from its ref, or lies in the trash. */
  async #clear(agent: AgentId, { tooLarge }: Saving): Promise<void> {
    if (tooLarge.length > 0) {
      const aside = join(this.#state.trash, `${agent}-unsaved-${Date.now()}`);
      await moveAside(this.pathOf(agent), tooLarge, aside);
      this.#tellLeftOut({ agent, folder: this.pathOf(agent), files: [] });
      this.#tellLeftOut({ agent, folder: aside, files: tooLarge });
    }
    await mustGit(['reset', '--quiet', '--hard'], this.#in(agent));
    const unfinished = ['rebase-merge', 'rebase-apply', 'sequencer', 'BISECT_START', 'BISECT_LOG'];
    for (const name of unfinished)
      await rm(join(adminOf(this.#state, this.pathOf(agent)), name), {
        ...{ recursive: true, force: true },
      });
    const kept = ['-e', '.belfry/outbox', '-e', '.belfry/answers'];
    await mustGit(['clean', '--quiet', '-fd', ...kept], this.#in(agent));
  }

  async #holderOf(branch: string): Promise<AgentId | null> {
    const text = await mustGit(['worktree', 'list', '--porcelain', '-z'], this.#bare);
    const block = text
      .split('\0\0')
      .find(one => one.split('\0').includes(`branch refs/heads/${branch}`));
    const path = block?.split('\0')[0]?.replace('worktree ', '') ?? '';
    const name = basename(path);
    return isAgentId(name) && path === this.pathOf(name) && isFolder(path) ? name : null;
  }

  async mergeTrunk(agent: AgentId, trunk: Oid): Promise<boolean> {
    const options = this.#in(agent);
    const merging = await runGit(['rev-parse', '--verify', '--quiet', 'MERGE_HEAD'], options);
    if (merging.code === 0 || (await this.status(agent)).uncommitted.length > 0) return false;
    const env = { ...options.env, ...identityOf(agent) };
    const { code } = await runGit(['merge', '--quiet', '--no-edit', trunk], { ...options, env });
    return code === 0;
  }

  async status(agent: AgentId): Promise<WorktreeStatus> {
    return worktreeStatus(this.#in(agent));
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
    const changes = await changesBetween(gitDir, ...(await endsOnTrunk(gitDir, trunk, head)));
    return { head, commits, ...changes };
  }

  saveWork = async (agent: AgentId, label: string) => (await this.#save(agent, label)).saved;

  async #save(agent: AgentId, label: string): Promise<Saving> {
    const folder = this.pathOf(agent);
    const saving = await saveWork(this.#state, folder, agent, label);
    this.#tellLeftOut({ agent, folder, files: saving.tooLarge });
    return saving;
  }

  #tellLeftOut(left: LeftOut): void {
    for (const listener of this.#leftOut) listener(left);
  }

  onLeftOut(listener: (left: LeftOut) => void): () => void {
    this.#leftOut.add(listener);
    return () => this.#leftOut.delete(listener);
  }

  async keepWork(task: TaskId, trunk: Oid): Promise<KeptBranch | null> {
    const tip = await this.#tip(task);
    return tip === null ? null : keepWork(this.#state, task, tip, trunk);
  }

  /** One after the other: of two fetches at once the later one finds that the ref has moved, and fails. */
  publishTrunk(head: Oid): Promise<void> {
    const published = this.#publishing.then(() => this.#fetchTrunk(head));
    this.#publishing = published.catch(() => {});
    return published;
  }

  async #fetchTrunk(head: Oid): Promise<void> {
    const known = await runGit(['rev-parse', '--verify', '--quiet', trunkRef], this.#bare);
    if (known.stdout.trim() === head) return;
    // An agent may have checked it out; that must not keep it from moving.
    const args = ['--update-head-ok', '--', this.#state.hub, `+${trunkRef}:${trunkRef}`];
    await mustGit([...fetchArgs, ...args], this.#bare);
  }

  async diff(task: TaskId, trunk: Oid, bytesMax: number): Promise<string> {
    const head = await this.#tip(task);
    if (head === null) return '';
    return this.#diffOf(await endsOnTrunk(this.#bare.gitDir, trunk, head), bytesMax);
  }

  landedDiff(landed: Oid, bytesMax: number): Promise<string> {
    return this.#diffOf([`${landed}^1`, landed], bytesMax);
  }

  async #diffOf(ends: readonly string[], bytesMax: number): Promise<string> {
    const { text, isCut } = await beginningOfGit(
      ['diff', '--no-color', '--no-ext-diff', '--no-textconv', ...ends, '--'],
      { ...this.#bare, bytesMax },
    );
    return isCut ? `${text}\n… cut here` : text;
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
    watcher.on('change', path => {
      const name = path.split('/').at(-3) ?? '';
      // Agents make worktrees of their own beside these.
      if (isAgentId(name)) listener(name);
    });
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
