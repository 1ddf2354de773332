import type { ProcessRow } from './process-table.ts';

export type ProcessTable = ReadonlyMap<number, ProcessRow>;

/**
 * Who may be signalled, chosen from a table of all processes; signals nothing itself. It remembers who
 * belonged to the tree: a child whose parent ended is handed to another parent and would not be found
 * any more. What it chooses is killed, so it never guesses: a pid alone is no proof, since pids are given
 * again. A root counts when it is tagged or a descendant of ours.
 */
export class ProcessTree {
  readonly #root: number;
  readonly #self: number;
  readonly #members = new Map<number, string>();
  #isSessionOurs = false;

  constructor(root: number, self: number) {
    this.#root = root;
    this.#self = self;
  }

  /** Members that run, parents before children. Never ourselves, our ancestors, init or the kernel's threads. */
  living(table: ProcessTable, tagged: readonly number[]): readonly number[] {
    const spared = sparedBy(this.#self, table);
    const roots = new Set(tagged);
    const root = table.get(this.#root);
    if (root !== undefined && this.#isOurs(root, roots, spared, table)) {
      roots.add(root.pid);
      this.#isSessionOurs ||= root.session === root.pid;
    }
    for (const [pid, startTime] of this.#members)
      if (table.get(pid)?.startTime === startTime) roots.add(pid);
    // The kernel gives no pid again while a session of that number lives.
    if (this.#isSessionOurs)
      for (const row of table.values()) if (row.session === this.#root) roots.add(row.pid);
    const living = withDescendants([...roots], table, spared);
    for (const pid of living) this.#members.set(pid, table.get(pid)?.startTime ?? '');
    return living;
  }

  #isOurs(
    root: ProcessRow,
    tagged: ReadonlySet<number>,
    spared: ReadonlySet<number>,
    table: ProcessTable,
  ): boolean {
    if (spared.has(root.pid)) return false;
    return tagged.has(root.pid) || ancestorsOf(root.pid, table).has(this.#self);
  }
}

/** Breadth first, each pid once, only those in the table. What is spared is not walked through either. */
export function withDescendants(
  roots: readonly number[],
  table: ProcessTable,
  spared: ReadonlySet<number> = new Set(),
): readonly number[] {
  const children = new Map<number, number[]>();
  for (const { pid, parent } of table.values()) {
    const siblings = children.get(parent);
    if (siblings === undefined) children.set(parent, [pid]);
    else siblings.push(pid);
  }
  const found = new Set(roots.filter(pid => table.has(pid) && !spared.has(pid)));
  // A set visits what is added while it is walked.
  for (const pid of found)
    for (const child of children.get(pid) ?? []) if (!spared.has(child)) found.add(child);
  return [...found];
}

/**
 * The targets to signal: a negative number for a process group of which every member is meant, so that a
 * fork in between cannot slip away; otherwise single pids.
 */
export function signalTargets(pids: readonly number[], table: ProcessTable): readonly number[] {
  const meant = new Set(pids);
  const mixed = new Set<number>();
  for (const row of table.values()) if (!meant.has(row.pid)) mixed.add(row.group);
  const targets = new Set<number>();
  for (const pid of pids) {
    const group = table.get(pid)?.group ?? 0;
    targets.add(group > 1 && !mixed.has(group) ? -group : pid);
  }
  return [...targets];
}

/** Init, the parent of the kernel's threads, ourselves and all that we descend from. */
function sparedBy(self: number, table: ProcessTable): ReadonlySet<number> {
  const spared = ancestorsOf(self, table).add(self).add(0).add(1);
  for (const row of table.values()) if (row.parent === 0) spared.add(row.pid);
  return spared;
}

function ancestorsOf(pid: number, table: ProcessTable): Set<number> {
  const ancestors = new Set<number>();
  let parent = table.get(pid)?.parent ?? 0;
  while (parent > 0 && !ancestors.has(parent)) {
    ancestors.add(parent);
    parent = table.get(parent)?.parent ?? 0;
  }
  return ancestors;
}
