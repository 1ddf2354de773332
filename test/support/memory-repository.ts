import { createHash } from 'node:crypto';
import type { Oid, TaskId } from '../../src/core/ids.ts';

/** A path and its text; null deletes it. */
export type Changes = Readonly<Record<string, string | null>>;
export type Files = ReadonlyMap<string, string>;

export type MemoryCommit = {
  readonly id: Oid;
  readonly tree: Oid;
  readonly parents: readonly Oid[];
  readonly files: Files;
  readonly subject: string;
  readonly trailers: Readonly<Record<string, string>>;
};

export type Merged =
  | { readonly isClean: true; readonly files: Files }
  /** `files` holds conflict markers, as a merge leaves them in a worktree. */
  | { readonly isClean: false; readonly files: Files; readonly conflicts: readonly string[] };

/** What the memory's trunk, worktrees and gate share: commits of whole files, and the branches at them. */
export class MemoryRepository {
  readonly branches = new Map<TaskId, Oid>();
  /** The trunk as Belfry has it. */
  trunk: Oid;
  readonly #onPersonMoved = new Set<() => void>();
  /** The person's branch, and their files with what they have not committed. */
  person: Oid;
  checkout: Map<string, string>;
  readonly #commits = new Map<Oid, MemoryCommit>();

  constructor(files: Readonly<Record<string, string>>) {
    const start = this.add({ files: new Map(Object.entries(files)), parents: [] });
    this.trunk = start;
    this.person = start;
    this.checkout = new Map(this.commit(start).files);
  }

  /** The same content gives the same id. */
  add(given: {
    readonly files: Files;
    readonly parents: readonly Oid[];
    readonly subject?: string;
    readonly trailers?: Readonly<Record<string, string>>;
  }): Oid {
    const { files, parents, subject = 'change', trailers = {} } = given;
    const tree = idOf([...files].sort(([a], [b]) => (a < b ? -1 : 1)));
    const id = idOf([tree, parents, subject, trailers]);
    this.#commits.set(id, { id, tree, parents, files, subject, trailers });
    return id;
  }

  commit(id: Oid): MemoryCommit {
    const found = this.#commits.get(id);
    if (found === undefined) throw new Error(`there is no commit ${id}`);
    return found;
  }

  /** Itself and everything before it, nearest first. */
  history(id: Oid): readonly Oid[] {
    const seen = new Set([id]);
    for (const one of seen) for (const parent of this.commit(one).parents) seen.add(parent);
    return [...seen];
  }

  isAncestor(older: Oid, newer: Oid): boolean {
    return this.history(newer).includes(older);
  }

  /** By whole files: one that both sides changed differently conflicts. */
  merge(ours: Oid, theirs: Oid): Merged {
    const reachable = new Set(this.history(ours));
    const fork = this.history(theirs).find(id => reachable.has(id));
    const base: Files = fork === undefined ? new Map() : this.commit(fork).files;
    const [left, right] = [this.commit(ours).files, this.commit(theirs).files];
    const files = new Map(left);
    const conflicts: string[] = [];
    for (const path of changedPaths(base, right)) {
      const [was, mine, other] = [base.get(path), left.get(path), right.get(path)];
      if (mine === other) continue;
      if (mine === was) put(files, path, other);
      else {
        conflicts.push(path);
        files.set(path, `<<<<<<<\n${mine ?? ''}=======\n${other ?? ''}>>>>>>>\n`);
      }
    }
    return conflicts.length === 0 ? { isClean: true, files } : { isClean: false, files, conflicts };
  }

  editAsPerson(changes: Changes): void {
    this.checkout = changed(this.checkout, changes);
  }

  onPersonMoved(listener: () => void): () => void {
    this.#onPersonMoved.add(listener);
    return () => this.#onPersonMoved.delete(listener);
  }

  /** Everything in the checkout, as `git commit --all` has it. */
  commitAsPerson(changes: Changes): Oid {
    this.editAsPerson(changes);
    this.person = this.add({ files: new Map(this.checkout), parents: [this.person] });
    for (const listener of this.#onPersonMoved) listener();
    return this.person;
  }
}

export function changed(files: Files, changes: Changes): Map<string, string> {
  const copy = new Map(files);
  for (const [path, text] of Object.entries(changes)) put(copy, path, text ?? undefined);
  return copy;
}

function put(files: Map<string, string>, path: string, text: string | undefined): void {
  if (text === undefined) files.delete(path);
  else files.set(path, text);
}

export function changedPaths(from: Files, to: Files): readonly string[] {
  const paths = new Set([...from.keys(), ...to.keys()]);
  return [...paths].filter(path => from.get(path) !== to.get(path)).sort();
}

/** Files and lines; lines that stay are those that both texts hold. */
export function measure(from: Files, to: Files) {
  const files = changedPaths(from, to);
  const linesOf = (text = '') => text.split('\n').slice(0, -1);
  const without = (all: readonly string[], others: readonly string[]) =>
    all.filter(line => !others.includes(line)).length;
  let [linesAdded, linesRemoved] = [0, 0];
  for (const path of files) {
    const [before, after] = [linesOf(from.get(path)), linesOf(to.get(path))];
    linesAdded += without(after, before);
    linesRemoved += without(before, after);
  }
  return { files, linesAdded, linesRemoved };
}

const idOf = (content: unknown) =>
  createHash('sha1').update(JSON.stringify(content)).digest('hex') as Oid;
