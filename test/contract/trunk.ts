import { afterEach, describe, expect, it } from 'vitest';
import type { Oid, TaskId } from '../../src/core/ids.ts';
import type { Trunk } from '../../src/ports/trunk.ts';

/** A path and its text; null deletes it. */
type Files = Readonly<Record<string, string | null>>;

export type ContractTrunk = {
  readonly trunk: Trunk;
  /** The person's commit on the branch that is landed on, with their checkout at it. */
  commit(files: Files): Promise<Oid>;
  /** The person's files without a commit. */
  edit(files: Files): Promise<void>;
  /** A file of the person's checkout. */
  read(path: string): Promise<string | null>;
  /** An engineer's commit on the task's branch, which starts at the trunk. */
  work(task: TaskId, files: Files): Promise<Oid>;
  remove(): Promise<void>;
};

const task = 'T-1' as TaskId;
const other = 'T-2' as TaskId;
const details = {
  ...{ title: 'Do it', agent: 'eng-1', at: 1_700_000_000_000 },
  commands: ['npm run check', './ci.sh --fast'],
};

/** What every implementation of the port `Trunk` has to do. It starts with `a.txt` and `b.txt`. */
export function describeTrunk(name: string, create: () => Promise<ContractTrunk>): void {
  describe(`${name} keeps the contract of trunks`, () => {
    let made: ContractTrunk;
    const open = async () => {
      made = await create();
      return made;
    };
    const build = async (of = task, attempt = 1) => {
      const answer = await made.trunk.build(of, attempt, details);
      if (answer.kind !== 'built') throw new Error(`not built: ${JSON.stringify(answer)}`);
      return answer.candidate;
    };
    afterEach(() => made.remove());

    it('the trunk takes in what the person commits', async () => {
      const { trunk, commit } = await open();
      const before = await trunk.head();
      expect(await trunk.head()).toBe(before);
      const theirs = await commit({ 'c.txt': 'c\n' });
      expect(await trunk.head()).toBe(theirs);
    });

    it('says that the person’s branch moved, until it is told to stop', async () => {
      const { trunk, commit } = await open();
      let moves = 0;
      const stop = trunk.onMove(() => {
        moves += 1;
      });
      // A watch needs a moment to begin, and nobody can tell when it has: commits until one is seen.
      await expect
        .poll(
          async () => {
            await commit({ 'c.txt': `${Math.random()}\n` });
            return moves;
          },
          { timeout: 20_000, interval: 700 },
        )
        .toBeGreaterThan(0);
      stop();
      const seen = moves;
      await commit({ 'c.txt': 'after\n' });
      expect(moves).toBe(seen);
    });

    it('a task without a branch, or with nothing new on it, is empty', async () => {
      const { trunk, work, commit } = await open();
      expect(await trunk.build(task, 1, details)).toEqual({ kind: 'empty' });
      await work(task, { 'c.txt': 'c\n' });
      await commit({ 'c.txt': 'c\n' });
      expect(await trunk.build(task, 1, details)).toEqual({ kind: 'empty' });
    });

    it('a merge result names its base, head, files and lines, and is the same when asked again', async () => {
      const { trunk, work } = await open();
      const base = await trunk.head();
      const head = await work(task, { 'a.txt': 'a\nmore\n', 'c.txt': 'c\n', 'b.txt': null });
      const first = await build();
      expect(first).toMatchObject({ base, head, linesAdded: 2, linesRemoved: 1 });
      expect([...first.files].sort()).toEqual(['a.txt', 'b.txt', 'c.txt']);
      expect(await build()).toEqual(first);
      expect(await trunk.head()).toBe(base);
    });

    it('a conflict names its files, each once', async () => {
      const { trunk, work, commit } = await open();
      await work(task, { 'a.txt': 'theirs\n', 'c.txt': 'c\n' });
      await commit({ 'a.txt': 'mine\n' });
      expect(await trunk.build(task, 1, details)).toEqual({
        kind: 'conflicted',
        files: ['a.txt'],
      });
    });

    it('landing moves the trunk once, however often it is asked', async () => {
      const { trunk, work } = await open();
      await work(task, { 'c.txt': 'c\n' });
      const candidate = await build();
      const landed = { kind: 'landed', head: candidate.commit };
      expect(await trunk.land(task, candidate)).toEqual(landed);
      expect(await trunk.land(task, candidate)).toEqual(landed);
      expect(await trunk.build(task, 1, details)).toEqual({
        ...landed,
        commit: candidate.commit,
      });
    });

    it('a landing that comes after another is stale, and changes nothing', async () => {
      const { trunk, work } = await open();
      await work(task, { 'c.txt': 'c\n' });
      await work(other, { 'd.txt': 'd\n' });
      const [first, second] = [await build(task), await build(other)];
      await trunk.land(task, first);
      expect(await trunk.land(other, second)).toEqual({ kind: 'stale', head: first.commit });
      const again = await build(other);
      expect(again.base).toBe(first.commit);
      expect(await trunk.land(other, again)).toEqual({ kind: 'landed', head: again.commit });
    });

    it('a landing that comes after a commit of the person is stale', async () => {
      const { trunk, work, commit } = await open();
      await work(task, { 'c.txt': 'c\n' });
      const candidate = await build();
      const head = await commit({ 'd.txt': 'd\n' });
      expect(await trunk.land(task, candidate)).toEqual({ kind: 'stale', head });
    });

    it('the person’s checkout follows, and keeps edits that are elsewhere', async () => {
      const { trunk, work, edit, read } = await open();
      await work(task, { 'a.txt': 'landed\n' });
      await edit({ 'b.txt': 'my edit\n' });
      const candidate = await build();
      await trunk.land(task, candidate);
      expect(await trunk.followCheckout()).toEqual({ behind: 0, why: null });
      expect(await read('a.txt')).toBe('landed\n');
      expect(await read('b.txt')).toBe('my edit\n');
      expect(await trunk.head()).toBe(candidate.commit);
    });

    it('an edit that is in the way stays, and the answer names it', async () => {
      const { trunk, work, edit, read } = await open();
      await work(task, { 'a.txt': 'landed\n', 'c.txt': 'c\n' });
      await edit({ 'a.txt': 'my edit\n' });
      await trunk.land(task, await build());
      const standing = await trunk.followCheckout();
      expect(standing.behind).toBe(2);
      expect(standing.why).toContain('a.txt');
      expect(await read('a.txt')).toBe('my edit\n');
      expect(await read('c.txt')).toBeNull();
    });
  });
}
