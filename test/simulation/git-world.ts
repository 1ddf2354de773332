import type { Effect } from '../../src/core/effect.ts';
import type { Oid, TaskId } from '../../src/core/ids.ts';
import type { Command, Observation } from '../../src/core/input.ts';
import type { Candidate } from '../../src/core/record/candidate.ts';
import type { Random } from '../support/random.ts';
import type { Faults } from './faults.ts';
import type { Timeline } from './timeline.ts';

/** A branch as far as the gate can tell: how many commits, and whether they are any good. */
type Branch = { commits: number; isGood: boolean; isMerged: boolean };

export type Landed = {
  readonly commit: Oid;
  readonly task: TaskId | null;
  readonly isRed: boolean;
};

type LandingEffect = Extract<
  Effect,
  { type: 'buildCandidate' | 'runGate' | 'landCandidate' | 'followCheckout' }
>;
type Job = { readonly effect: LandingEffect; readonly answer: Observation | null; isOver: boolean };

export type Outside = {
  readonly timeline: Timeline;
  readonly random: Random;
  faults(): Faults;
  /** What the program hears: what ports saw, and what agents ask for. */
  observe(input: Command | Observation): void;
};

/** Git and the gate in memory: trunk, branches, merge results, and the lane in which they are worked on. */
export class GitWorld {
  readonly trunk: Landed[] = [{ commit: 'c0' as Oid, task: null, isRed: false }];
  readonly branches = new Map<TaskId, Branch>();
  /** Commits on which the whole gate was seen to pass. */
  readonly passed = new Set<Oid>();
  readonly #contents = new Map<Oid, { readonly task: TaskId; readonly isGood: boolean }>();
  readonly #outside: Outside;
  #lane: LandingEffect[] = [];
  #job: Job | null = null;
  #count = 0;

  constructor(outside: Outside) {
    this.#outside = outside;
  }

  get head(): Landed {
    return this.trunk.at(-1) as Landed;
  }

  branch(task: TaskId): Branch {
    const branch = this.branches.get(task) ?? { commits: 0, isGood: true, isMerged: true };
    this.branches.set(task, branch);
    return branch;
  }

  /** Somebody else commits on the person's branch. */
  moveTrunk(isRed: boolean): void {
    this.#count += 1;
    this.trunk.push({ commit: `outside-${this.#count}` as Oid, task: null, isRed });
    for (const branch of this.branches.values()) branch.isMerged = false;
    this.#outside.observe({ type: 'trunk.seen', head: this.head.commit });
  }

  perform(effect: LandingEffect): void {
    this.#lane.push(effect);
    this.#startNext();
  }

  cancelGate(task: TaskId, attempt: number): void {
    const job = this.#job;
    if (job?.effect.type !== 'runGate') return;
    const { effect } = job;
    if (effect.task !== task || effect.attempt !== attempt) return;
    const result = { outcome: 'faulted', durationMs: 1, reason: 'cancelled' } as const;
    this.#finish(job, gateAnswer(effect, result));
  }

  /** The program ends. Git may have done its part before; nobody hears of it. */
  die(): void {
    const job = this.#job;
    if (job?.effect.type === 'landCandidate' && this.#outside.random.chance(0.5))
      this.#land(job.effect.task, job.effect.candidate);
    this.#job = null;
    this.#lane = [];
  }

  #startNext(): void {
    if (this.#job !== null) return;
    const effect = this.#lane.shift();
    if (effect === undefined) return;
    const { timeline, random } = this.#outside;
    const job: Job = { effect, answer: null, isOver: false };
    this.#job = job;
    const most = effect.type === 'runGate' ? 60_000 : 500;
    timeline.plan(random.between(1, most), () => {
      if (!job.isOver) this.#finish(job, this.#answer(effect));
    });
  }

  #finish(job: Job, answer: Observation): void {
    job.isOver = true;
    if (this.#job === job) this.#job = null;
    const { timeline, random } = this.#outside;
    const { doubleGateAnswer } = this.#outside.faults();
    if (answer.type === 'gate.finished' && random.chance(doubleGateAnswer))
      timeline.plan(random.between(1, 100_000), () => this.#outside.observe(answer));
    this.#startNext();
    this.#outside.observe(answer);
  }

  #answer(effect: LandingEffect): Observation {
    switch (effect.type) {
      case 'buildCandidate':
        return this.#build(effect);
      case 'runGate':
        return this.#gate(effect);
      case 'landCandidate':
        return this.#landed(effect);
      case 'followCheckout':
        return { type: 'checkout.seen', behind: 0, why: null };
    }
  }

  #build({ task, attempt }: Extract<Effect, { type: 'buildCandidate' }>): Observation {
    const { random } = this.#outside;
    const faults = this.#outside.faults();
    const about = { task, attempt };
    const branch = this.branch(task);
    const onTrunk = this.trunk.findLast(one => one.task === task);
    if (onTrunk !== undefined && branch.commits === 0)
      return answered(about, onTrunk.commit, 'landed', this.head.commit);
    if (branch.commits === 0) return { type: 'candidate.empty', ...about };
    if (random.chance(faults.gateFault / 4))
      return { type: 'candidate.failed', ...about, reason: 'the disk is full' };
    if (!branch.isMerged && random.chance(faults.conflict)) {
      branch.isMerged = true;
      return { type: 'candidate.conflicted', ...about, files: ['src/shared.ts'] };
    }
    const base = this.head.commit;
    const commit = `${task}.${branch.commits}.on-${this.trunk.length}` as Oid;
    const head = `${task}.${branch.commits}` as Oid;
    // Good alone, bad together with what landed meanwhile; once only, for the retry has the trunk merged in.
    const last = this.trunk.at(-1)?.task ?? null;
    const collides = !branch.isMerged && last !== null && random.chance(faults.conflict);
    if (collides) branch.isMerged = true;
    this.#contents.set(head, { task, isGood: branch.isGood });
    this.#contents.set(commit, { task, isGood: branch.isGood && !collides && !this.head.isRed });
    const candidate: Candidate = {
      ...{ base, commit, head, tree: `tree ${commit}` as Oid },
      ...{ files: ['src/shared.ts'], linesAdded: 3, linesRemoved: 1 },
      ...(collides && { beside: [{ task: last, files: ['src/shared.ts'] }] }),
    };
    const risks = random.chance(0.1) ? ['a test was deleted'] : [];
    return { type: 'candidate.built', ...about, candidate, risks };
  }

  #gate(effect: Extract<Effect, { type: 'runGate' }>): Observation {
    const { random } = this.#outside;
    const faults = this.#outside.faults();
    const durationMs = 1_000;
    if (random.chance(faults.gateFault))
      return gateAnswer(effect, { outcome: 'faulted', durationMs, reason: 'no memory' });
    const onTrunk = this.trunk.find(one => one.commit === effect.commit);
    const isGood = this.#contents.get(effect.commit)?.isGood ?? onTrunk?.isRed === false;
    if (!isGood || random.chance(faults.flaky))
      return gateAnswer(effect, { outcome: 'failed', durationMs, excerpt: this.#failure() });
    this.passed.add(effect.commit);
    return gateAnswer(effect, { outcome: 'passed', durationMs });
  }

  /** Another one each time: what repeats itself ends before its retries are used up. */
  #failure(): string {
    this.#count += 1;
    return `the test of ${this.#count.toString(2).replaceAll('0', 'a').replaceAll('1', 'b')} failed`;
  }

  #landed({ task, attempt, candidate }: Extract<Effect, { type: 'landCandidate' }>): Observation {
    const { random } = this.#outside;
    const about = { task, attempt };
    const isFault = random.chance(this.#outside.faults().landFault);
    const wasMoved = isFault && random.chance(0.5);
    const isOn = (!isFault || wasMoved) && this.#land(task, candidate);
    if (isFault) return answered(about, candidate.commit, 'failed', candidate.base);
    return answered(about, candidate.commit, isOn ? 'landed' : 'stale', this.head.commit);
  }

  /** Compare and swap; asked again after success it has landed already. */
  #land(task: TaskId, { base, commit }: Candidate): boolean {
    if (this.trunk.some(one => one.commit === commit)) return true;
    if (this.head.commit !== base) return false;
    if (!this.passed.has(commit)) throw new Error(`${commit} lands without a passed gate`);
    this.trunk.push({ commit, task, isRed: !this.#contents.get(commit)?.isGood });
    const mine = this.branch(task);
    for (const branch of this.branches.values()) branch.isMerged = branch === mine;
    mine.commits = 0;
    return true;
  }
}

const answered = (
  about: { readonly task: TaskId; readonly attempt: number },
  commit: Oid,
  answer: 'landed' | 'stale' | 'failed',
  head: Oid,
): Observation => ({ type: 'landing.answered', ...about, commit, answer, head, reason: answer });

const gateAnswer = (
  effect: Extract<Effect, { type: 'runGate' }>,
  result: Extract<Observation, { type: 'gate.finished' }>['result'],
): Observation => {
  const { task, attempt, run, subject, commit: subjectCommit } = effect;
  return { type: 'gate.finished', task, attempt, run, subject, subjectCommit, result };
};
