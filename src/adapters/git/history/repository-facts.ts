import type { FileSymbols, PlanFacts } from '../../../core/plan/plan-facts.ts';
import { createScope } from '../../../core/plan/scope.ts';
import type { RepositoryFacts } from '../../../ports/repository-facts.ts';
import { hasSymbols, readSymbols } from '../../source/file-symbols.ts';
import { mustGit } from '../git.ts';
import { trunkRef } from '../prepare-repositories.ts';
import { historyOf, readChanges } from './change-history.ts';
import { readBlobs } from './read-blobs.ts';
import { readTree, type TreeFile } from './trunk-files.ts';

/** A scope of more files than this is too broad for any task; their symbols would not change that. */
const symbolFilesMax = 1_000;
/** Parsed files that are remembered between readings. */
const remembered = 10_000;
/** Larger sources are generated. */
const symbolTokensMax = 50_000;

type Known = Pick<PlanFacts, 'companions' | 'changeShares'> & {
  readonly commit: string;
  readonly files: readonly TreeFile[];
  readonly scope: (patterns: readonly string[]) => readonly string[];
};

/** `revision`: the trunk's name in the hub, or a commit elsewhere. */
export const createRepositoryFacts = (given: {
  readonly gitDir: string;
  readonly revision?: string;
}): RepositoryFacts => new GitFacts(given.gitDir, given.revision ?? trunkRef);

class GitFacts implements RepositoryFacts {
  readonly #gitDir: string;
  readonly #revision: string;
  readonly #symbols = new Map<string, FileSymbols>();
  #known: Promise<Known> | null = null;
  #commit = '';

  constructor(gitDir: string, revision: string) {
    this.#gitDir = gitDir;
    this.#revision = revision;
  }

  async read(scope: readonly string[]): Promise<PlanFacts> {
    const commit = await mustGit(['rev-parse', '--verify', `${this.#revision}^{commit}`], {
      gitDir: this.#gitDir,
    });
    if (this.#known === null || commit !== this.#commit) {
      this.#commit = commit;
      this.#known = this.#look(commit);
    }
    const known = await this.#known.catch((error: unknown) => {
      this.#known = null;
      throw error;
    });
    const { files, companions, changeShares } = known;
    return { files, companions, changeShares, symbols: await this.#symbolsOf(known, scope) };
  }

  async #look(commit: string): Promise<Known> {
    const [files, changes] = await Promise.all([
      readTree(this.#gitDir, commit),
      readChanges(this.#gitDir, commit),
    ]);
    const history = historyOf(changes, new Set(files.map(({ path }) => path)));
    return { ...history, commit, files, scope: createScope(files) };
  }

  async #symbolsOf(
    { files, scope }: Known,
    patterns: readonly string[],
  ): Promise<ReadonlyMap<string, FileSymbols>> {
    const wanted = new Set(scope(patterns));
    const read = files
      .filter(
        ({ path, tokens }) => wanted.has(path) && hasSymbols(path) && tokens <= symbolTokensMax,
      )
      .slice(0, symbolFilesMax);
    const missing = read.filter(({ oid, path }) => !this.#symbols.has(keyOf(oid, path)));
    const texts = await readBlobs(
      this.#gitDir,
      missing.map(({ oid }) => oid),
    );
    if (this.#symbols.size + missing.length > remembered) this.#symbols.clear();
    for (const { oid, path } of missing) {
      const { exported, imported } = readSymbols(path, texts.get(oid) ?? '');
      const names = exported.map(({ name }) => name);
      this.#symbols.set(keyOf(oid, path), { exported: names, imported });
    }
    return new Map(
      read.flatMap(({ oid, path }) => {
        const symbols = this.#symbols.get(keyOf(oid, path));
        return symbols === undefined ? [] : [[path, symbols] as const];
      }),
    );
  }
}

/** The same text is read otherwise under another ending. */
const keyOf = (oid: string, path: string) => `${oid} ${/\.[^./]*$/.exec(path)?.[0] ?? ''}`;
