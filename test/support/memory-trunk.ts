import type { Oid, TaskId } from '../../src/core/ids.ts';
import type { Candidate } from '../../src/core/record/candidate.ts';
import type {
  BuildAnswer,
  BuildDetails,
  CheckoutStanding,
  LandAnswer,
  Trunk,
} from '../../src/ports/trunk.ts';
import { changedPaths, type MemoryRepository, measure } from './memory-repository.ts';

/** Merge results and landings on a repository in memory. */
export class MemoryTrunk implements Trunk {
  readonly name = 'main';
  readonly #repository: MemoryRepository;
  readonly #pins = new Map<string, Oid>();

  constructor(repository: MemoryRepository) {
    this.#repository = repository;
  }

  onMove(listener: () => void): () => void {
    return this.#repository.onPersonMoved(listener);
  }

  async head(): Promise<Oid> {
    await null;
    const { trunk, person } = this.#repository;
    if (this.#repository.isAncestor(trunk, person)) this.#repository.trunk = person;
    return this.#repository.trunk;
  }

  async build(task: TaskId, attempt: number, details: BuildDetails): Promise<BuildAnswer> {
    const repository = this.#repository;
    const base = await this.head();
    const pinned = this.#pins.get(`${task}/${attempt}`);
    if (pinned !== undefined && repository.isAncestor(pinned, base))
      return { kind: 'landed', commit: pinned, head: base };
    const head = repository.branches.get(task);
    if (head === undefined || repository.isAncestor(head, base)) return { kind: 'empty' };
    const merged = repository.merge(base, head);
    if (!merged.isClean) return { kind: 'conflicted', files: merged.conflicts };
    const { files } = repository.commit(base);
    if (changedPaths(files, merged.files).length === 0) return { kind: 'empty' };
    const trailers = {
      ...{ 'Belfry-Task': task, 'Belfry-Attempt': `${attempt}`, 'Belfry-Agent': details.agent },
    };
    const subject = `${task}: ${details.title}`;
    const commit = repository.add({
      ...{ files: merged.files, parents: [base, head], subject, trailers },
    });
    this.#pins.set(`${task}/${attempt}`, commit);
    const { tree } = repository.commit(commit);
    const candidate = { base, head, commit, tree, ...measure(files, merged.files) };
    return { kind: 'built', candidate, risks: [] };
  }

  async land(_task: TaskId, { base, commit }: Candidate): Promise<LandAnswer> {
    const head = await this.head();
    if (this.#repository.isAncestor(commit, head)) return { kind: 'landed', head };
    if (head !== base) return { kind: 'stale', head };
    this.#repository.trunk = commit;
    return { kind: 'landed', head: commit };
  }

  async followCheckout(): Promise<CheckoutStanding> {
    const repository = this.#repository;
    const trunk = await this.head();
    const { person, checkout } = repository;
    const had = repository.history(person);
    const behind = repository.history(trunk).filter(id => !had.includes(id)).length;
    if (behind === 0) return { behind, why: null };
    if (!repository.isAncestor(person, trunk))
      return { behind, why: 'it has commits that the trunk lacks' };
    const [from, to] = [repository.commit(person).files, repository.commit(trunk).files];
    const changes = changedPaths(from, to);
    const edited = changes.find(path => checkout.get(path) !== from.get(path));
    if (edited !== undefined) return { behind, why: `${edited} has your edits` };
    repository.editAsPerson(Object.fromEntries(changes.map(path => [path, to.get(path) ?? null])));
    repository.person = trunk;
    return { behind: 0, why: null };
  }
}
