import { branchOf, type TaskId } from '../../../core/ids.ts';
import {
  type BranchPair,
  changesOf,
  changesUsed,
  type SignatureChange,
} from '../../../core/radar.ts';
import type { BranchRadar } from '../../../ports/branch-radar.ts';
import { hasSymbols, readSymbols } from '../../source/file-symbols.ts';
import type { StateFolder } from '../../system/state-folder.ts';
import { beginningOfGit, mustGit, runGit } from '../git.ts';
import { trunkRef } from '../prepare-repositories.ts';

/** Merges and diffs that are remembered; a tip that moved makes its own obsolete. */
const rememberedMax = 500;
/** Of one landing, files beyond this are a move of code, not a change of what it offers. */
const filesMax = 100;
const addedBytesMax = 2_000_000;
/** Larger sources are generated. */
const sourceBytesMax = 1_000_000;

type Merge = { readonly isClean: boolean; readonly files: readonly string[] };
type Tip = { readonly task: TaskId | null; readonly oid: string };

export const createBranchRadar = (given: { readonly state: StateFolder }): BranchRadar =>
  new TeamRadar(given.state.teamView);

/** Reads the agents' repository through the view: no file of any worktree is touched. */
class TeamRadar implements BranchRadar {
  readonly #git: { readonly gitDir: string };
  readonly #merges = new Map<string, Merge>();
  readonly #files = new Map<string, readonly string[]>();

  constructor(gitDir: string) {
    this.#git = { gitDir };
  }

  async look(tasks: readonly TaskId[]): Promise<readonly BranchPair[]> {
    const tips = await this.#tipsOf(tasks);
    const [trunk, ...branches] = tips;
    if (trunk === undefined) return [];
    const pairs = tips.flatMap((other, index) =>
      tips.slice(index + 1).map(one => ({ one, other })),
    );
    await this.#merge(pairs.map(({ one, other }) => `${other.oid} ${one.oid}`));
    await Promise.all(branches.map(({ oid }) => this.#filesOf(trunk.oid, oid)));
    return Promise.all(pairs.map(pair => this.#pairOf(trunk, pair.one, pair.other)));
  }

  /** The trunk first, then the branches that exist. */
  async #tipsOf(tasks: readonly TaskId[]): Promise<readonly Tip[]> {
    const text = await mustGit(
      ['for-each-ref', '--format=%(refname) %(objectname)', trunkRef, 'refs/heads/belfry/'],
      this.#git,
    );
    const oids = new Map(text.split('\n').map(row => row.split(' ') as [string, string]));
    const tip = (ref: string, task: TaskId | null): readonly Tip[] => {
      const oid = oids.get(ref);
      return oid === undefined ? [] : [{ task, oid }];
    };
    const branches = tasks.flatMap(task => tip(`refs/heads/${branchOf(task)}`, task));
    const trunk = tip(trunkRef, null);
    return trunk.length === 0 ? [] : [...trunk, ...branches];
  }

  /** All pairs that are not known in one process. */
  async #merge(pairs: readonly string[]): Promise<void> {
    const unknown = pairs.filter(pair => !this.#merges.has(pair));
    if (unknown.length === 0) return;
    if (this.#merges.size + unknown.length > rememberedMax) this.#merges.clear();
    const args = ['merge-tree', '--write-tree', '-z', '--name-only', '--no-messages'];
    const all = await runGit([...args, '--stdin'], {
      ...this.#git,
      input: `${unknown.join('\n')}\n`,
    });
    if (all.code === 0) {
      const answers = readMerges(all.stdout);
      for (const [at, pair] of unknown.entries()) {
        const merge = answers[at];
        if (merge !== undefined) this.#merges.set(pair, merge);
      }
      return;
    }
    // Git 2.38 knows no `--stdin`, and one pair without a common ancestor ends the whole list.
    for (const pair of unknown) {
      const { code, stdout } = await runGit([...args, ...pair.split(' ')], this.#git);
      const [, ...files] = stdout.split('\0').filter(part => part !== '');
      if (code <= 1) this.#merges.set(pair, { isClean: code === 0, files });
    }
  }

  async #pairOf(trunk: Tip, one: Tip, other: Tip): Promise<BranchPair> {
    const merge = this.#merges.get(`${other.oid} ${one.oid}`);
    const names = { one: one.task as TaskId, other: other.task };
    if (merge !== undefined && !merge.isClean)
      return { ...names, state: 'conflict', files: merge.files };
    if (other.task === null) return { ...names, state: 'clear', files: [] };
    const theirs = new Set(await this.#filesOf(trunk.oid, other.oid));
    const files = (await this.#filesOf(trunk.oid, one.oid)).filter(path => theirs.has(path));
    return { ...names, state: files.length > 0 ? 'near' : 'clear', files };
  }

  /** What a branch changed since it left the trunk. */
  async #filesOf(trunk: string, oid: string): Promise<readonly string[]> {
    const key = `${trunk} ${oid}`;
    const known = this.#files.get(key);
    if (known !== undefined) return known;
    const args = ['diff', '--name-only', '-z', '--no-renames', '--no-ext-diff', '--no-textconv'];
    const { code, stdout } = await runGit([...args, `${trunk}...${oid}`, '--'], this.#git);
    const files = code === 0 ? stdout.split('\0').filter(path => path !== '') : [];
    if (this.#files.size > rememberedMax) this.#files.clear();
    this.#files.set(key, files);
    return files;
  }

  async changesFor(
    task: TaskId,
    landed: { readonly base: string; readonly commit: string },
  ): Promise<readonly SignatureChange[]> {
    const [, branch] = await this.#tipsOf([task]);
    if (branch === undefined) return [];
    const changes = await this.#changesOf(landed.base, landed.commit);
    if (changes.length === 0) return [];
    const args = ['diff', '--unified=0', '--no-color', '--no-ext-diff', '--no-textconv'];
    const range = `${landed.base}...${branch.oid}`;
    const { text } = await beginningOfGit([...args, range, '--'], {
      ...this.#git,
      bytesMax: addedBytesMax,
    });
    const added = text.split('\n').filter(line => /^\+(?!\+\+ )/.test(line));
    return changesUsed(changes, added);
  }

  async #changesOf(base: string, commit: string): Promise<readonly SignatureChange[]> {
    const paths = (await this.#filesOf(base, commit)).filter(hasSymbols).slice(0, filesMax);
    const changes: SignatureChange[] = [];
    for (const path of paths)
      changes.push(
        ...changesOf(path, await this.#surface(base, path), await this.#surface(commit, path)),
      );
    return changes;
  }

  async #surface(commit: string, path: string): Promise<ReadonlyMap<string, string>> {
    const { code, stdout } = await runGit(['cat-file', 'blob', `${commit}:${path}`], {
      ...this.#git,
      bytesMax: sourceBytesMax,
    });
    if (code !== 0) return new Map();
    return new Map(
      readSymbols(path, stdout).exported.map(({ name, signature }) => [name, signature]),
    );
  }
}

/** `status NUL tree NUL (file NUL)* NUL`, once for each pair; status 1 is clean (git-merge-tree, “--stdin”). */
function readMerges(text: string): readonly Merge[] {
  const merges: Merge[] = [];
  const parts = text.split('\0');
  for (let at = 0; parts[at] !== undefined && parts[at] !== ''; at += 1) {
    const isClean = parts[at] === '1';
    const files: string[] = [];
    for (at += 2; parts[at] !== undefined && parts[at] !== ''; at += 1)
      files.push(parts[at] as string);
    merges.push({ isClean, files });
  }
  return merges;
}
