import { type AgentId, branchOf, type Oid, type TaskId } from '../../src/core/ids.ts';
import {
  type BranchWork,
  GitError,
  type LeftOut,
  type WorktreeStatus,
  type Worktrees,
} from '../../src/ports/worktrees.ts';
import {
  type Changes,
  changed,
  changedPaths,
  type Files,
  type MemoryRepository,
  measure,
} from './memory-repository.ts';

type Worktree = {
  task: TaskId | null;
  head: Oid;
  files: Map<string, string>;
  /** The other parent of the commit that ends a merge. */
  merging: Oid | null;
};

type Snapshot = { readonly ref: string; readonly commit: Oid; readonly task: TaskId | null };

/** Agents' worktrees on a repository in memory. */
export class MemoryWorktrees implements Worktrees {
  readonly #repository: MemoryRepository;
  readonly #worktrees = new Map<AgentId, Worktree>();
  readonly #snapshots: Snapshot[] = [];
  readonly #listeners = new Set<(agent: AgentId) => void>();
  readonly #leftOut = new Set<(left: LeftOut) => void>();
  #published: Oid;

  constructor(repository: MemoryRepository) {
    this.#repository = repository;
    this.#published = repository.trunk;
  }

  pathOf = (agent: AgentId) => `/worktrees/${agent}`;

  write(agent: AgentId, changes: Changes): void {
    const worktree = this.#of(agent);
    worktree.files = changed(worktree.files, changes);
  }

  read(agent: AgentId, path: string): string | null {
    return this.#of(agent).files.get(path) ?? null;
  }

  /** Everything in the worktree, on the task's branch. */
  commit(agent: AgentId, changes: Changes): Oid {
    this.write(agent, changes);
    const worktree = this.#of(agent);
    const parents = worktree.merging === null ? [worktree.head] : [worktree.head, worktree.merging];
    this.#move(worktree, this.#repository.add({ files: new Map(worktree.files), parents }));
    for (const listener of this.#listeners) listener(agent);
    return worktree.head;
  }

  async ensure(agent: AgentId): Promise<string> {
    await null;
    if (!this.#worktrees.has(agent)) {
      const head = this.#published;
      const { files } = this.#repository.commit(head);
      this.#worktrees.set(agent, { task: null, head, files: new Map(files), merging: null });
    }
    return this.pathOf(agent);
  }

  async endSetUps(): Promise<void> {
    await null;
  }

  async startTask(agent: AgentId, task: TaskId, base: Oid): Promise<void> {
    await this.ensure(agent);
    const worktree = this.#of(agent);
    if (worktree.task === task) return;
    await this.saveWork(agent, 'before another task');
    for (const [other, its] of this.#worktrees) {
      if (its.task !== task) continue;
      await this.saveWork(other, `taken over by ${agent}`);
      its.task = null;
      this.#move(its, its.head);
    }
    worktree.task = task;
    this.#move(worktree, this.#repository.branches.get(task) ?? base);
    const saved = this.#snapshots.findLast(one => one.task === task);
    if (saved === undefined) return;
    const { parents, files } = this.#repository.commit(saved.commit);
    if (parents[0] === worktree.head) worktree.files = new Map(files);
  }

  async mergeTrunk(agent: AgentId, trunk: Oid): Promise<boolean> {
    const worktree = this.#of(agent);
    if (worktree.merging !== null || (await this.status(agent)).uncommitted.length > 0)
      return false;
    if (this.#repository.isAncestor(trunk, worktree.head)) return true;
    const { isClean, files } = this.#repository.merge(worktree.head, trunk);
    worktree.files = new Map(files);
    worktree.merging = trunk;
    if (!isClean) return false;
    const parents = [worktree.head, trunk];
    this.#move(worktree, this.#repository.add({ files, parents, subject: 'merge' }));
    return true;
  }

  async status(agent: AgentId): Promise<WorktreeStatus> {
    await null;
    const { task, head, files } = this.#of(agent);
    const uncommitted = changedPaths(this.#repository.commit(head).files, files).toSorted();
    return { branch: task === null ? null : branchOf(task), head, uncommitted };
  }

  async branchWork(task: TaskId, trunk: Oid): Promise<BranchWork | null> {
    await null;
    const head = this.#repository.branches.get(task);
    if (head === undefined) return null;
    const known = this.#repository.history(trunk);
    const commits = this.#repository.history(head).filter(id => !known.includes(id)).length;
    const [from, to] = this.#ends(head, trunk);
    return { head, commits, ...measure(from, to) };
  }

  async saveWork(agent: AgentId, label: string) {
    await null;
    this.leaveOut({ agent, folder: this.pathOf(agent), files: [] });
    const { head, files, task } = this.#of(agent);
    const mine = this.#snapshots.filter(one => one.ref.includes(`/${agent}/`));
    const newest = mine.at(-1);
    if (changedPaths(this.#repository.commit(head).files, files).length === 0) return null;
    const known = newest === undefined ? null : this.#repository.commit(newest.commit);
    if (newest !== undefined && known?.parents[0] === head)
      if (changedPaths(known.files, files).length === 0)
        return { ref: newest.ref, commit: newest.commit };
    const commit = this.#repository.add({ files: new Map(files), parents: [head], subject: label });
    const ref = `refs/belfry/wip/${agent}/${String(mine.length + 1).padStart(6, '0')}`;
    this.#snapshots.push({ ref, commit, task });
    return { ref, commit };
  }

  /** Nothing in memory is too large. */
  onLeftOut(listener: (left: LeftOut) => void): () => void {
    this.#leftOut.add(listener);
    return () => this.#leftOut.delete(listener);
  }

  leaveOut(left: LeftOut): void {
    for (const listener of this.#leftOut) listener(left);
  }

  async keepWork(task: TaskId, trunk: Oid) {
    await null;
    const tip = this.#repository.branches.get(task);
    if (tip === undefined) return null;
    const saved = this.#snapshots.findLast(one => one.task === task)?.commit;
    const isOnTip = saved !== undefined && this.#repository.commit(saved).parents[0] === tip;
    const head = isOnTip ? saved : tip;
    const known = this.#repository.history(trunk);
    const commits = this.#repository.history(head).filter(id => !known.includes(id)).length;
    if (commits === 0) return null;
    const [from, to] = this.#ends(head, trunk);
    return { ref: `refs/belfry/kept/${task.toLowerCase()}`, commits, ...measure(from, to) };
  }

  async publishTrunk(head: Oid): Promise<void> {
    await null;
    this.#published = head;
  }

  async diff(task: TaskId, trunk: Oid, bytesMax: number): Promise<string> {
    await null;
    const head = this.#repository.branches.get(task);
    if (head === undefined) return '';
    return shortDiff(this.#ends(head, trunk), bytesMax);
  }

  async landedDiff(landed: Oid, bytesMax: number): Promise<string> {
    await null;
    const { parents, files } = this.#repository.commit(landed);
    const [first] = parents;
    const before = first === undefined ? new Map() : this.#repository.commit(first).files;
    return shortDiff([before, files], bytesMax);
  }

  onCommit(listener: (agent: AgentId) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #of(agent: AgentId): Worktree {
    const worktree = this.#worktrees.get(agent);
    if (worktree === undefined) throw new GitError(`${agent} has no worktree`);
    return worktree;
  }

  /** Branch, head and files at one commit. */
  #move(worktree: Worktree, head: Oid): void {
    worktree.head = head;
    worktree.files = new Map(this.#repository.commit(head).files);
    worktree.merging = null;
    if (worktree.task !== null) this.#repository.branches.set(worktree.task, head);
  }

  /** The trunk against what merging the branch would make of it. */
  #ends(head: Oid, trunk: Oid): readonly [Files, Files] {
    return [this.#repository.commit(trunk).files, this.#repository.merge(trunk, head).files];
  }
}

const marked = (text: string | undefined, sign: string) =>
  (text ?? '')
    .split('\n')
    .slice(0, -1)
    .map(line => `${sign}${line}\n`)
    .join('');

/** By whole files, which is enough to tell which lines are new. */
function shortDiff([from, to]: readonly [Files, Files], bytesMax: number): string {
  const text = changedPaths(from, to)
    .map(path => `--- ${path}\n${marked(from.get(path), '-')}${marked(to.get(path), '+')}`)
    .join('');
  return text.length > bytesMax ? `${text.slice(0, bytesMax)}\n… cut here` : text;
}
