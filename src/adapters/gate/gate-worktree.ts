import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Oid } from '../../core/ids.ts';
import { GitError } from '../../ports/worktrees.ts';
import { mustGit, runGit } from '../git/git.ts';
import { fetchArgs, resetConfig } from '../git/prepare-repositories.ts';
import { writeFileAtomically } from '../system/atomic-file.ts';
import type { StateFolder } from '../system/state-folder.ts';

/** Files that say what setup must install; when one changes, setup runs again on an empty worktree. */
const manifests =
  /(^|\/)(package(-lock)?\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-(lock|workspace)\.yaml|bun\.lockb?|Cargo\.(toml|lock)|go\.(mod|sum)|pyproject\.toml|(poetry|uv|Pipfile|Gemfile|composer|mix)\.lock|Pipfile|Gemfile|composer\.json|mix\.exs|requirements[\w.-]*\.txt|setup\.(py|cfg))$/;

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
   * Afterwards the worktree holds the tree of `commit` and, when setup made something and its inputs are
   * the same, what setup made; nothing else. Resolves with true when setup must run. Rejects with `GitError`.
   */
  async checkOut(commit: Oid, setup: string | null): Promise<{ needsSetup: boolean; key: string }> {
    const { gateRepository: gitDir, hub, gate } = this.#state;
    await resetConfig(gitDir);
    if ((await runGit(['cat-file', '-e', commit], { gitDir })).code !== 0)
      await mustGit([...fetchArgs, hub, `+${commit}:refs/belfry/gate`], { gitDir });
    else await mustGit(['update-ref', 'refs/belfry/gate', commit], { gitDir });
    const isSound = existsSync(join(gate, '.git'));
    if (!isSound) {
      await rm(gate, { recursive: true, force: true });
      await mustGit(['worktree', 'prune'], { gitDir });
      await mustGit(['worktree', 'add', '--quiet', '--force', '--detach', gate, commit], {
        gitDir,
      });
    }
    const inGate = { gitDir: join(gitDir, 'worktrees', 'gate'), workTree: gate, cwd: gate };
    await rm(join(inGate.gitDir, 'index.lock'), { force: true });
    await mustGit(['checkout', '--quiet', '--force', '--detach', commit], inGate);
    const key = await this.#setupKey(commit, setup);
    const made = isSound && setup !== null ? this.#madeBy(key) : null;
    const kept = (made ?? []).flatMap(path => ['-e', `/${path}`]);
    await mustGit(['clean', '--quiet', '-ffdx', ...kept], inGate);
    const tree = await mustGit(['rev-parse', `${commit}^{tree}`], { gitDir });
    const there = await mustGit(['write-tree'], inGate);
    if (tree !== there)
      throw new GitError('the gate’s worktree does not hold the tree to be tested');
    return { needsSetup: setup !== null && made === null, key };
  }

  /** Remembers what setup made, so that the next run with the same inputs need not make it again. */
  async rememberSetup(key: string): Promise<void> {
    const { gateRepository, gate, gateSetup } = this.#state;
    const inGate = { gitDir: join(gateRepository, 'worktrees', 'gate'), workTree: gate, cwd: gate };
    const args = ['ls-files', '--others', '--directory', '--no-empty-directory', '-z'];
    const made = (await mustGit(args, inGate)).split('\0').filter(path => path !== '');
    await writeFileAtomically(gateSetup, JSON.stringify({ key, made }));
  }

  #madeBy(key: string): readonly string[] | null {
    try {
      const remembered = JSON.parse(readFileSync(this.#state.gateSetup, 'utf8'));
      const isWhole =
        Array.isArray(remembered.made) &&
        remembered.made.every((path: string) => existsSync(join(this.path, path)));
      return remembered.key === key && isWhole ? remembered.made : null;
    } catch {
      return null;
    }
  }

  async #setupKey(commit: Oid, setup: string | null): Promise<string> {
    if (setup === null) return '';
    const tree = await mustGit(['ls-tree', '-r', '-z', commit], {
      gitDir: this.#state.gateRepository,
    });
    const inputs = tree.split('\0').filter(entry => manifests.test(entry.split('\t')[1] ?? ''));
    return createHash('sha256')
      .update([setup, ...inputs].join('\0'))
      .digest('hex');
  }
}
