import { branchOf, type Oid, type TaskId } from '../../core/ids.ts';
import type { Candidate } from '../../core/record/candidate.ts';
import { recordedBeside, recordedFiles, recordedRisks } from '../../core/record/recorded-files.ts';
import { cleanText } from '../../lib/clean-text.ts';
import type {
  BuildAnswer,
  BuildDetails,
  CheckoutStanding,
  LandAnswer,
  Trunk,
} from '../../ports/trunk.ts';
import { GitError } from '../../ports/worktrees.ts';
import type { StateFolder } from '../system/state-folder.ts';
import { changesBetween } from './changes-between.ts';
import { followCheckout } from './checkout/follow-checkout.ts';
import { watchBranch } from './checkout/watch-branch.ts';
import { type GitOptions, mustGit, runGit } from './git.ts';
import { isWhole } from './history/is-whole.ts';
import { landedSince } from './history/landed-since.ts';
import { writeCommit } from './landing/write-commit.ts';
import { fetchArgs, trunkRef } from './prepare-repositories.ts';
import { refsOf } from './refs-of.ts';
import { changesWaitsOnly } from './risks/changes-waits-only.ts';
import { findRisks } from './risks/find-risks.ts';

type Given = {
  readonly repository: string;
  readonly state: StateFolder;
  readonly trunkName: string;
  /** Left out, or null: landings are not signed. */
  readonly signer?: Signer | null;
};

type Signer = {
  /** Names the key under which receipts of the landing are kept. */
  readonly root: string;
  /** An armoured signature of a commit's text. */
  sign(commit: string): string;
};

export const createTrunk = (given: Given): Trunk => new HubTrunk(given);

/** The hub: merge results are built, pinned and landed here, and no agent ever sees it. */
class HubTrunk implements Trunk {
  readonly name: string;
  readonly #given: Given;
  readonly #hub: { readonly gitDir: string };

  constructor(given: Given) {
    this.name = given.trunkName;
    this.#given = given;
    this.#hub = { gitDir: given.state.hub };
  }

  async head(): Promise<Oid> {
    return this.#headOf(...(await Promise.all([this.#resolve(trunkRef), this.#personTip()])));
  }

  /** The trunk, after it took in what the person committed on it. Both as they are: null where there is none. */
  async #headOf(ours: Oid | null, person: Oid | null): Promise<Oid> {
    if (ours === null) throw new GitError(`${this.#hub.gitDir} has lost its trunk`);
    if (person === null || person === ours) return ours;
    const { repository } = this.#given;
    if (!(await isWhole(person, trunkRef, this.#hub)))
      await mustGit([...fetchArgs, '--', repository, `refs/heads/${this.name}`], this.#hub);
    // Only what stands on the trunk is taken in. A branch that went another way is the person's to merge.
    if (!(await this.#isAncestor(ours, person))) return ours;
    await mustGit(
      ['update-ref', '-m', 'belfry: the person committed', trunkRef, person, ours],
      this.#hub,
    );
    return person;
  }

  async build(task: TaskId, attempt: number, details: BuildDetails): Promise<BuildAnswer> {
    const pin = `refs/belfry/candidates/${task}/${attempt}`;
    const earlier = `refs/belfry/candidates/${task}/${attempt - 1}`;
    const [refs, person, branch, workBefore] = await Promise.all([
      refsOf(this.#hub, trunkRef, pin),
      this.#personTip(),
      this.#branchTip(task),
      this.#resolve(`${earlier}^2`),
    ]);
    const base = await this.#headOf(refs.get(trunkRef) ?? null, person);
    const before = refs.get(pin);
    if (before !== undefined && (await this.#isAncestor(before, base)))
      return { kind: 'landed', commit: before, head: base };
    if (branch === null) return { kind: 'empty' };
    const head = await this.#bringIn(task, branch);
    const merge = await runGit(
      ['merge-tree', '--write-tree', '-z', '--name-only', '--no-messages', base, head],
      this.#hub,
    );
    const [tree = '', ...files] = merge.stdout.split('\0').filter(part => part !== '');
    if (merge.code === 1 && tree !== '')
      return { kind: 'conflicted', ...recordedFiles([...new Set(files)]) };
    if (merge.code !== 0) throw new GitError(`git merge-tree: ${merge.stderr.trim()}`);
    const { hub } = this.#given.state;
    const [changes, risks, commit, retouched, beside] = await Promise.all([
      changesBetween(hub, base, tree),
      findRisks(hub, base, tree, details.commands),
      this.#commit(tree, [base, head], { task, attempt, ...details }),
      workBefore === null ? {} : this.#retouched(workBefore, head),
      landedSince(hub, base, head),
    ]);
    if (changes.files.length === 0) return { kind: 'empty' };
    await mustGit(['update-ref', pin, commit], this.#hub);
    const changed = { ...changes, ...recordedFiles(changes.files) };
    const landed = { base, head, commit, tree: tree as Oid, ...changed };
    const candidate = { ...landed, ...retouched, beside: recordedBeside(beside) };
    return { kind: 'built', candidate, risks: recordedRisks(risks) };
  }

  /** What the branch changed since the attempt before was built. */
  async #retouched(before: Oid, head: Oid): Promise<Pick<Candidate, 'retouched' | 'waitsOnly'>> {
    const { gitDir } = this.#hub;
    const [changes, isEvasive] = await Promise.all([
      changesBetween(gitDir, before, head),
      changesWaitsOnly(gitDir, before, head),
    ]);
    const { files, filesOmitted } = recordedFiles(changes.files);
    return {
      // Whether all of them are tests cannot be told from some of them.
      ...(filesOmitted === undefined && { retouched: files }),
      ...(isEvasive && { waitsOnly: true as const }),
    };
  }

  #branchTip(task: TaskId): Promise<Oid | null> {
    const branch = `refs/heads/${branchOf(task)}^{commit}`;
    return resolved(branch, { gitDir: this.#given.state.teamView });
  }

  #personTip(): Promise<Oid | null> {
    return resolved(`refs/heads/${this.name}^{commit}`, { cwd: this.#given.repository });
  }

  /** What an agent's git wrote is checked on its way in: a malformed object stays outside. */
  async #bringIn(task: TaskId, tip: Oid): Promise<Oid> {
    const checked = ['-c', 'transfer.fsckObjects=true', ...fetchArgs];
    // By its id: what is merged is what was seen, also when the agent commits meanwhile.
    const { teamView } = this.#given.state;
    await mustGit([...checked, '--', teamView, `+${tip}:refs/belfry/in/${task}`], this.#hub);
    return tip;
  }

  /** The same inputs give the same commit: names and dates come from the attempt, and the signature from them. */
  #commit(
    tree: string,
    parents: readonly string[],
    of: { task: TaskId; attempt: number; title: string; agent: string; at: number },
  ): Promise<Oid> {
    const { task, attempt, title, agent, at } = of;
    const signer = this.#given.signer ?? null;
    const message = [
      `${task}: ${cleanText(title).trim()}`,
      '',
      `Belfry-Task: ${task}`,
      `Belfry-Attempt: ${attempt}`,
      `Belfry-Agent: ${agent}`,
      ...(signer === null ? [] : [`Belfry-Root: ${signer.root}`]),
    ].join('\n');
    const author = { name: `${agent} (Belfry)`, email: `${agent}@belfry.invalid` };
    const committer = { name: 'Belfry', email: 'belfry@belfry.invalid' };
    const commit = { tree, parents, author, committer, at, message };
    return writeCommit(this.#hub.gitDir, commit, signer?.sign ?? null);
  }

  async land(task: TaskId, candidate: Candidate): Promise<LandAnswer> {
    const { base, commit } = candidate;
    const head = await this.head();
    if (head !== base)
      return { kind: (await this.#isAncestor(commit, head)) ? 'landed' : 'stale', head };
    const move = ['update-ref', '-m', `belfry: land ${task}`, trunkRef, commit, base];
    const { code, stderr } = await runGit(move, this.#hub);
    if (code === 0) return { kind: 'landed', head: commit };
    const newer = await this.head();
    if (newer !== base) return { kind: 'stale', head: newer };
    throw new GitError(`git update-ref: ${stderr.trim()}`);
  }

  followCheckout(): Promise<CheckoutStanding> {
    return followCheckout(this.#given);
  }

  onMove(listener: () => void): () => void {
    return watchBranch(this.#given.repository, this.name, listener);
  }

  #resolve(revision: string): Promise<Oid | null> {
    return resolved(revision, this.#hub);
  }

  async #isAncestor(older: string, newer: string): Promise<boolean> {
    const { code } = await runGit(['merge-base', '--is-ancestor', older, newer], this.#hub);
    return code === 0;
  }
}

async function resolved(revision: string, options: GitOptions): Promise<Oid | null> {
  const { code, stdout } = await runGit(['rev-parse', '--verify', '--quiet', revision], options);
  return code === 0 ? (stdout.trim() as Oid) : null;
}
