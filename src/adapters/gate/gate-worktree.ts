import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Oid } from '../../core/ids.ts';
import { GitError } from '../../ports/worktrees.ts';
import { readSmallFile } from '../following/read-small-file.ts';
import { type GitOptions, mustGit, runGit } from '../git/git.ts';
import { isWhole } from '../git/history/is-whole.ts';
import { isFolder, isLink } from '../git/in-worktree.ts';
import { packCopies } from '../git/pack-objects.ts';
import { fetchArgs, resetConfig } from '../git/prepare-repositories.ts';
import { writeFileAtomically } from '../system/atomic-file.ts';
import type { StateFolder } from '../system/state-folder.ts';
import { type MadeFiles, restoreMadeFiles, seeMadeFiles } from './made-files.ts';

/** Files that say what setup must install; when one changes, setup runs again on an empty worktree. */
const manifests =
  /(^|\/)(\.gitmodules|package(-lock)?\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-(lock|workspace)\.yaml|bun\.lockb?|Cargo\.(toml|lock)|go\.(mod|sum)|pyproject\.toml|(poetry|uv|Pipfile|Gemfile|composer|mix)\.lock|Pipfile|Gemfile|composer\.json|mix\.exs|requirements[\w.-]*\.txt|setup\.(py|cfg))$/;

const gateRef = 'refs/belfry/gate';

type Made = { readonly made: readonly string[]; readonly files: MadeFiles | null };

export type CheckedOut = {
  readonly needsSetup: boolean;
  /** What a run changed of what setup made, in words, so that it must be made anew; null when nothing. */
  readonly spoiled: string | null;
  readonly key: string;
};

/** Puts exactly one commit's tree into the gate's worktree, which hangs on a repository of its own. */
export class GateWorktree {
  readonly #state: StateFolder;

  constructor(state: StateFolder) {
    this.#state = state;
  }

  get path(): string {
    return this.#state.gate;
  }

  /**
   * Afterwards the worktree holds the tree of `commit` and, when setup made something, its inputs are the same
   * and no run changed it, what setup made; nothing else. Rejects with `GitError`.
   */
  async checkOut(commit: Oid, setup: string | null): Promise<CheckedOut> {
    const { gateRepository: gitDir, hub } = this.#state;
    await resetConfig(gitDir, hub);
    // Every object here came from the hub. A gate that cannot be packed tests all the same.
    await packCopies(gitDir).catch(() => {});
    if (!(await isWhole(commit, gateRef, { gitDir })))
      await mustGit([...fetchArgs, '--', hub, `+${commit}:${gateRef}`], { gitDir });
    else await mustGit(['update-ref', gateRef, commit], { gitDir });
    const isSound = await this.#isSound();
    if (!isSound) await this.#create(commit);
    const inGate = this.#inGate();
    await rm(`${this.#index}.lock`, { force: true });
    await mustGit(['read-tree', '--reset', '-u', commit], inGate);
    const key = await this.#setupKey(commit, setup);
    const remembered = isSound && setup !== null ? this.#madeBy(key) : null;
    const spoiled = remembered === null ? null : await this.#spoiledIn(remembered);
    const made = spoiled === null ? (remembered?.made ?? null) : null;
    // Git cleans no submodule, and setup would find it there already.
    if (made === null) await this.#emptySubmodules();
    const kept = (made ?? []).flatMap(path => ['-e', `/${escaped(path)}`]);
    const [tree] = await Promise.all([
      mustGit(['rev-parse', `${commit}^{tree}`], { gitDir }),
      mustGit(['clean', '--quiet', '-ffdx', ...kept], inGate),
    ]);
    const [there, changed] = await Promise.all([
      mustGit(['write-tree'], inGate),
      runGit(['diff-files', '--quiet', '--ignore-submodules=all'], inGate),
    ]);
    if (tree !== there || changed.code !== 0)
      throw new GitError('the gate’s worktree does not hold the tree to be tested');
    // Tests that ask git find HEAD and index as they are after a checkout.
    await writeFileAtomically(join(this.#admin, 'HEAD'), `${commit}\n`);
    await rm(join(this.#admin, 'index'), { recursive: true, force: true });
    await copyFile(this.#index, join(this.#admin, 'index'));
    return { needsSetup: setup !== null && made === null, spoiled, key };
  }

  /** Git's side of the worktree, where tests can write. */
  get #admin(): string {
    return join(this.#state.gateRepository, 'worktrees', 'gate');
  }

  /** Ours: in one that tests can write, a file could be marked as unchanged that is not. */
  get #index(): string {
    return join(this.#state.indexes, 'gate');
  }

  #inGate(): GitOptions {
    const { gateRepository, gate } = this.#state;
    const env = { GIT_DIR: this.#admin, GIT_COMMON_DIR: gateRepository, GIT_WORK_TREE: gate };
    return { cwd: gate, indexFile: this.#index, env };
  }

  async #isSound(): Promise<boolean> {
    if (!isFolder(this.path) || !isFolder(this.#admin) || !existsSync(this.#index)) return false;
    const link = readSmallFile(join(this.path, '.git'));
    if (link?.trim() !== `gitdir: ${this.#admin}`) return false;
    return (await runGit(['rev-parse', '--verify', 'HEAD^{commit}'], this.#inGate())).code === 0;
  }

  async #create(commit: Oid): Promise<void> {
    const { gateRepository: gitDir, gate } = this.#state;
    for (const rest of [gate, this.#admin, this.#index])
      await rm(rest, { recursive: true, force: true });
    const add = ['worktree', 'add', '--quiet', '--force', '--no-checkout', '--detach'];
    await mustGit([...add, gate, commit], { gitDir });
    await writeFile(join(gate, '.git'), `gitdir: ${this.#admin}\n`);
  }

  /**
   * Remembers what setup made, so that the next run with the same inputs need not make it again. `copied` was not
   * made but copied, and is copied anew for each run.
   */
  async rememberSetup(key: string, copied: readonly string[]): Promise<void> {
    const args = ['ls-files', '--others', '--directory', '--no-empty-directory', '-z'];
    const text = await mustGit(args, this.#inGate());
    const made = text.split('\0').filter(path => path !== '');
    const seen = await seeMadeFiles(this.path, [...made, ...(await this.#submodules())]);
    const isCopied = (path: string) =>
      copied.some(one => `${path}/`.startsWith(`${one.replace(/\/$/, '')}/`));
    const files =
      seen && Object.fromEntries(Object.entries(seen).filter(([path]) => !isCopied(path)));
    await writeFileAtomically(this.#state.gateSetup, JSON.stringify({ key, made, files }));
  }

  #madeBy(key: string): Made | null {
    try {
      const remembered = JSON.parse(readFileSync(this.#state.gateSetup, 'utf8'));
      const isOurs = Array.isArray(remembered.made) && remembered.files !== undefined;
      return remembered.key === key && isOurs ? remembered : null;
    } catch {
      return null;
    }
  }

  /** What one run wrote there, the next one would be tested with. More than can be compared is only looked for. */
  async #spoiledIn({ made, files }: Made): Promise<string | null> {
    if (files === null)
      return spoiledWords(made.filter(path => !existsSync(join(this.path, path))));
    const paths = [...made, ...(await this.#submodules())];
    return spoiledWords(await restoreMadeFiles(this.path, paths, files));
  }

  async #submodules(): Promise<readonly string[]> {
    const entries = await mustGit(['ls-files', '--stage', '-z'], this.#inGate());
    return entries.split('\0').flatMap(entry => /^160000 [^\t]*\t(.+)$/s.exec(entry)?.[1] ?? []);
  }

  async #emptySubmodules(): Promise<void> {
    for (const path of await this.#submodules()) {
      await removeLinksAbove(this.path, path);
      await rm(join(this.path, path), { recursive: true, force: true });
      await mkdir(join(this.path, path), { recursive: true });
    }
  }

  async #setupKey(commit: Oid, setup: string | null): Promise<string> {
    if (setup === null) return '';
    const tree = await mustGit(['ls-tree', '-r', '-z', commit], {
      gitDir: this.#state.gateRepository,
    });
    // A submodule is an entry of this mode, and its id the commit that setup must bring.
    const inputs = tree
      .split('\0')
      .filter(entry => entry.startsWith('160000 ') || manifests.test(entry.split('\t')[1] ?? ''));
    return createHash('sha256')
      .update([setup, ...inputs].join('\0'))
      .digest('hex');
  }
}

/** A folder changes with its files, which say more. */
function spoiledWords(changed: readonly string[] | null): string | null {
  if (changed === null) return 'so many files that they are not compared';
  const files = changed.filter(path => !path.endsWith('/'));
  const [first, ...rest] = files.length > 0 ? files : changed;
  if (first === undefined) return null;
  return rest.length === 0 ? first : `${first} and ${rest.length} more`;
}

/** A run may have put a link in the place of a folder: what is behind it is not the gate's to empty. */
async function removeLinksAbove(root: string, path: string): Promise<void> {
  const folders = path.split('/').slice(0, -1);
  for (const depth of folders.keys()) {
    const above = join(root, ...folders.slice(0, depth + 1));
    if (isLink(above)) await rm(above);
  }
}

/** gitignore(5): a path of ours is meant as it is written. */
const escaped = (path: string) => path.replace(/[\\*?[\]]|\s$/g, '\\$&');
