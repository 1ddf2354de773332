import { afterEach, describe, expect, it, vi } from 'vitest';
import type { AgentId, Oid, TaskId } from '../../src/core/ids.ts';
import type { LeftOut, Worktrees } from '../../src/ports/worktrees.ts';

/** A path and its text; null deletes it. */
type Files = Readonly<Record<string, string | null>>;

export type ContractWorktrees = {
  readonly worktrees: Worktrees;
  /** The trunk's first commit. */
  readonly base: Oid;
  /** A new commit on the trunk, not yet published. */
  advance(files: Files): Promise<Oid>;
  /** What an agent does in its worktree. */
  write(agent: AgentId, files: Files): Promise<void>;
  read(agent: AgentId, path: string): Promise<string | null>;
  commit(agent: AgentId, files: Files): Promise<Oid>;
  remove(): Promise<void>;
};

const eng1 = 'eng-1' as AgentId;
const eng2 = 'eng-2' as AgentId;
const task = 'T-1' as TaskId;
const other = 'T-2' as TaskId;

/** What every implementation of the port `Worktrees` has to do. It starts with `a.txt` and `b.txt`. */
export function describeWorktrees(name: string, create: () => Promise<ContractWorktrees>): void {
  describe(`${name} keep the contract of worktrees`, () => {
    let made: ContractWorktrees;
    const open = async () => {
      made = await create();
      await made.worktrees.ensure(eng1);
      await made.worktrees.startTask(eng1, task, made.base);
      return made;
    };
    afterEach(() => made.remove());

    it('a worktree stands where it is said to, also when asked for again', async () => {
      const { worktrees } = await open();
      expect(await worktrees.ensure(eng1)).toBe(worktrees.pathOf(eng1));
      expect(await worktrees.ensure(eng2)).toBe(worktrees.pathOf(eng2));
      expect(worktrees.pathOf(eng1)).not.toBe(worktrees.pathOf(eng2));
    });

    it('a task starts on a branch of its own at the base, and what follows tells dirt and head', async () => {
      const { worktrees, base, write, commit } = await open();
      const branch = 'belfry/t-1';
      expect(await worktrees.status(eng1)).toEqual({ branch, head: base, uncommitted: [] });
      await write(eng1, { 'c.txt': 'c\n' });
      expect((await worktrees.status(eng1)).uncommitted).toEqual(['c.txt']);
      const head = await commit(eng1, {});
      expect(await worktrees.status(eng1)).toEqual({ branch, head, uncommitted: [] });
      await worktrees.startTask(eng1, task, base);
      expect((await worktrees.status(eng1)).head).toBe(head);
    });

    it('a branch’s work is counted against the trunk; without a branch there is none', async () => {
      const { worktrees, base, commit, advance } = await open();
      expect(await worktrees.branchWork(other, base)).toBeNull();
      await commit(eng1, { 'c.txt': 'c\n' });
      const head = await commit(eng1, { 'a.txt': 'x\ny\n' });
      const work = await worktrees.branchWork(task, base);
      expect(work).toEqual({
        ...{ head, commits: 2, files: ['a.txt', 'c.txt'], linesAdded: 3, linesRemoved: 1 },
      });
      const trunk = await advance({ 'd.txt': 'd\n' });
      await worktrees.publishTrunk(trunk);
      expect(await worktrees.branchWork(task, trunk)).toEqual(work);
    });

    it('saving work leaves the worktree as it is, and saves nothing twice', async () => {
      const { worktrees, write, read } = await open();
      expect(await worktrees.saveWork(eng1, 'nothing')).toBeNull();
      await write(eng1, { 'a.txt': 'edited\n', 'c.txt': 'new\n', 'b.txt': null });
      const saved = await worktrees.saveWork(eng1, 'T-1: first');
      expect(saved?.ref).toMatch(/^refs\/belfry\/wip\/eng-1\//);
      expect(await worktrees.saveWork(eng1, 'T-1: again')).toEqual(saved);
      const uncommitted = ['a.txt', 'b.txt', 'c.txt'];
      expect((await worktrees.status(eng1)).uncommitted).toEqual(uncommitted);
      expect(await read(eng1, 'a.txt')).toBe('edited\n');
      expect(await read(eng1, 'b.txt')).toBeNull();
    });

    it('tells after each saving what was too large, and that nothing was', async () => {
      const { worktrees, write } = await open();
      const told: LeftOut[] = [];
      const stop = worktrees.onLeftOut(left => told.push(left));
      await write(eng1, { 'a.txt': 'edited\n' });
      await worktrees.saveWork(eng1, 'T-1: first');
      stop();
      await worktrees.saveWork(eng1, 'T-1: again');
      expect(told).toEqual([{ agent: eng1, folder: worktrees.pathOf(eng1), files: [] }]);
    });

    it('work in progress waits for its task', async () => {
      const { worktrees, base, write, read } = await open();
      await write(eng1, { 'a.txt': 'half\n', 'c.txt': 'new\n', 'b.txt': null });
      await worktrees.startTask(eng1, other, base);
      expect(await worktrees.status(eng1)).toMatchObject({ head: base, uncommitted: [] });
      expect(await read(eng1, 'a.txt')).toBe('a\n');
      await worktrees.startTask(eng1, task, base);
      expect(await read(eng1, 'a.txt')).toBe('half\n');
      expect(await read(eng1, 'c.txt')).toBe('new\n');
      expect(await read(eng1, 'b.txt')).toBeNull();
    });

    it('another agent takes a task over with its commits and its work in progress', async () => {
      const { worktrees, base, write, read, commit } = await open();
      const head = await commit(eng1, { 'c.txt': 'c\n' });
      await write(eng1, { 'a.txt': 'first\n' });
      await worktrees.saveWork(eng1, 'T-1: stopped');
      await write(eng1, { 'a.txt': 'second\n', 'b.txt': null });
      await worktrees.ensure(eng2);
      await worktrees.startTask(eng2, task, base);
      const uncommitted = ['a.txt', 'b.txt'];
      expect(await worktrees.status(eng2)).toEqual({ branch: 'belfry/t-1', head, uncommitted });
      expect(await read(eng2, 'c.txt')).toBe('c\n');
      expect(await read(eng2, 'a.txt')).toBe('second\n');
      expect(await read(eng2, 'b.txt')).toBeNull();
      expect(await worktrees.status(eng1)).toMatchObject({ branch: null, uncommitted: [] });
    });

    it('what a task has so far is kept under a name that stays, work in progress included', async () => {
      const { worktrees, base, write, commit } = await open();
      expect(await worktrees.keepWork(other, base)).toBeNull();
      expect(await worktrees.keepWork(task, base)).toBeNull();
      await commit(eng1, { 'c.txt': 'c\n' });
      await write(eng1, { 'a.txt': 'half\n' });
      await worktrees.saveWork(eng1, 'T-1: task.escalated');
      const kept = { ref: 'refs/belfry/kept/t-1', commits: 2, files: ['a.txt', 'c.txt'] };
      const lines = { linesAdded: 2, linesRemoved: 1 };
      expect(await worktrees.keepWork(task, base)).toEqual({ ...kept, ...lines });
      expect(await worktrees.keepWork(task, base)).toEqual({ ...kept, ...lines });
    });

    it('the trunk is merged into a branch, or its conflict is left for the agent', async () => {
      const { worktrees, commit, advance, read } = await open();
      await commit(eng1, { 'c.txt': 'c\n' });
      const clean = await advance({ 'b.txt': 'trunk\n' });
      await worktrees.publishTrunk(clean);
      expect(await worktrees.mergeTrunk(eng1, clean)).toBe(true);
      expect(await read(eng1, 'b.txt')).toBe('trunk\n');
      await commit(eng1, { 'a.txt': 'mine\n' });
      const clash = await advance({ 'a.txt': 'trunk\n' });
      await worktrees.publishTrunk(clash);
      expect(await worktrees.mergeTrunk(eng1, clash)).toBe(false);
      expect(await read(eng1, 'a.txt')).toContain('<<<<<<<');
      expect(await worktrees.mergeTrunk(eng1, clash)).toBe(false);
    });

    it('a merge into work that is not committed is left alone', async () => {
      const { worktrees, write, advance, read } = await open();
      await write(eng1, { 'a.txt': 'half\n' });
      const trunk = await advance({ 'b.txt': 'trunk\n' });
      await worktrees.publishTrunk(trunk);
      expect(await worktrees.mergeTrunk(eng1, trunk)).toBe(false);
      expect(await read(eng1, 'b.txt')).toBe('b\n');
    });

    it('a diff shows the branch’s lines, up to a bound', async () => {
      const { worktrees, base, commit } = await open();
      expect(await worktrees.diff(other, base, 1_000)).toBe('');
      await commit(eng1, { 'c.txt': 'a new line\n' });
      expect(await worktrees.diff(task, base, 10_000)).toContain('\n+a new line');
      const cut = await worktrees.diff(task, base, 20);
      expect(cut.length).toBeLessThan(50);
      expect(cut).toContain('cut');
    });

    it('what landed can be seen when the trunk has gone on, up to a bound', async () => {
      const { worktrees, advance } = await open();
      const landed = await advance({ 'c.txt': 'what landed\n' });
      const later = await advance({ 'd.txt': 'something later\n' });
      await worktrees.publishTrunk(later);
      const text = await worktrees.landedDiff(landed, 10_000);
      expect(text).toContain('\n+what landed');
      expect(text).not.toContain('something later');
      expect((await worktrees.landedDiff(landed, 20)).length).toBeLessThan(50);
    });

    it('a commit is told, with whose it is, until nobody listens any more', async () => {
      const { worktrees, commit } = await open();
      await worktrees.ensure(eng2);
      const seen: AgentId[] = [];
      const stop = worktrees.onCommit(agent => seen.push(agent));
      let count = 0;
      await vi.waitFor(
        async () => {
          count += 1;
          await commit(eng1, { 'c.txt': `${count}\n` });
          expect(seen).toContain(eng1);
        },
        { timeout: 10_000, interval: 100 },
      );
      expect(seen).not.toContain(eng2);
      stop();
    });
  });
}
