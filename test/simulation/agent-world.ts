import type { AgentStatus } from '../../src/core/agent.ts';
import type { Effect } from '../../src/core/effect.ts';
import type { AgentId, Oid, TaskId } from '../../src/core/ids.ts';
import type { Message } from '../../src/core/message.ts';
import type { State } from '../../src/core/state.ts';
import type { ChooseVerb } from './choose-verb.ts';
import type { GitWorld, Outside } from './git-world.ts';

/** One agent CLI. Whatever it was going to do is forgotten when `life` has changed. */
type Program = {
  life: number;
  session: string;
  isAlive: boolean;
  isHeld: boolean;
  /** What came while it was held: it goes on with that afterwards. */
  held: (() => void)[];
  asked: string | null;
  goOn: (() => void) | null;
  lostText: string | null;
  /** What its session has used, as it tells it itself, in dimes; a thousand tokens each. */
  spent: number;
  /** The task for which its worktree could not be prepared. */
  unprepared: TaskId | null;
};

type AgentEffect = Extract<Effect, { agent: AgentId }>;

/** The agents' programs in memory: they start, read, work, ask, claim, crash and hang. */
export class AgentWorld {
  readonly #outside: Outside;
  readonly #git: GitWorld;
  readonly #state: () => State;
  readonly #programs = new Map<AgentId, Program>();
  readonly #addPart: (whole: TaskId) => void;
  readonly #chooseVerb: ChooseVerb;
  #questions = 0;

  constructor(
    outside: Outside,
    parts: {
      readonly git: GitWorld;
      state(): State;
      addPart(whole: TaskId): void;
      readonly decide: ChooseVerb;
    },
  ) {
    this.#outside = outside;
    this.#addPart = parts.addPart;
    this.#chooseVerb = parts.decide;
    this.#git = parts.git;
    this.#state = parts.state;
  }

  perform(effect: AgentEffect): void {
    const { agent } = effect;
    switch (effect.type) {
      case 'launchAgent':
        return this.#launch(effect);
      case 'stopAgent':
        return this.#end(agent);
      case 'holdAgent':
        this.#program(agent).isHeld = true;
        return;
      case 'releaseAgent':
        return this.#release(agent);
      case 'answerQuestion':
        return this.#answer(agent, effect.question);
      case 'interruptAgent':
        return this.#interrupt(agent);
      case 'deliverMessage':
      case 'submitAgain':
        return this.#deliver(agent, effect.message, effect.type === 'submitAgain');
      case 'prepareWorktree':
        return this.#prepare(effect);
      case 'inspectWork': {
        const { task, attempt } = effect;
        if (this.#isBroken()) return this.#fail(effect);
        this.#outside.timeline.plan(100, () => {
          const { commits } = this.#git.branch(task);
          const head = `${task}.${commits}` as Oid;
          this.#outside.observe({ type: 'work.inspected', task, attempt, head, commits });
        });
        return;
      }
      default:
    }
  }

  #isBroken(): boolean {
    const { brokenWorktree } = this.#outside.faults();
    return brokenWorktree > 0 && this.#outside.random.chance(brokenWorktree);
  }

  #prepare(effect: Extract<Effect, { type: 'prepareWorktree' }>): void {
    const program = this.#program(effect.agent);
    program.unprepared = this.#isBroken() ? effect.task : null;
    if (program.unprepared !== null) this.#fail(effect);
  }

  #fail({ agent, task, attempt }: Extract<Effect, { type: 'prepareWorktree' | 'inspectWork' }>) {
    const failed = { type: 'worktree.failed', agent, task, attempt, why: 'no permission' } as const;
    this.#outside.timeline.plan(this.#outside.random.between(1, 500), () =>
      this.#outside.observe(failed),
    );
  }

  /** The program ends and takes every agent CLI with it. */
  die(): void {
    this.#programs.clear();
  }

  #program(agent: AgentId): Program {
    const known = this.#programs.get(agent);
    if (known !== undefined) return known;
    const program: Program = {
      ...{ life: 0, session: '', isAlive: false, isHeld: false, held: [] },
      ...{ asked: null, goOn: null, lostText: null, spent: 0, unprepared: null },
    };
    this.#programs.set(agent, program);
    return program;
  }

  /** Something the program does after a while, if it still lives then; not while it is held. */
  #later(agent: AgentId, most: number, act: () => void): void {
    const program = this.#program(agent);
    const { life } = program;
    const run = () => {
      if (program.life !== life) return;
      if (program.isHeld) program.held.push(run);
      else act();
    };
    this.#outside.timeline.plan(this.#outside.random.between(1, most), run);
  }

  /** Whatever it was about to do is not done; a question is left alone. */
  #interrupt(agent: AgentId): void {
    this.#later(agent, 10_000, () => {
      const program = this.#program(agent);
      if (!program.isAlive || program.asked !== null) return;
      if (this.#state().agents[agent]?.status !== 'working') return;
      program.life += 1;
      const { session } = program;
      this.#outside.observe({ type: 'agent.interrupted', agent, session });
      this.#later(agent, 1_000, () => this.#look(agent, 'idle'));
    });
  }

  #release(agent: AgentId): void {
    const program = this.#program(agent);
    program.isHeld = false;
    for (const run of program.held.splice(0)) this.#outside.timeline.plan(1, run);
  }

  #end(agent: AgentId): void {
    const program = this.#program(agent);
    program.life += 1;
    Object.assign(program, {
      isAlive: false,
      isHeld: false,
      held: [],
      asked: null,
      lostText: null,
    });
  }

  #launch({ agent, session, resume }: Extract<Effect, { type: 'launchAgent' }>): void {
    this.#end(agent);
    const { random } = this.#outside;
    const faults = this.#outside.faults();
    const program = this.#program(agent);
    if (program.session !== session) program.spent = 0;
    Object.assign(program, { session, isAlive: true });
    const isLost = resume && faults.lostSession > 0 && random.chance(faults.lostSession);
    const isHung = random.chance(faults.lostStart);
    const ends = !isHung && random.chance(faults.crash / 2);
    // Some begin an empty session where there is none to resume, and some end.
    if (isLost && !ends) this.#outside.observe({ type: 'agent.sessionLost', agent, session });
    if (isHung) return;
    if (ends) {
      return this.#later(agent, 5_000, () => {
        this.#exit(agent);
        if (isLost) this.#outside.observe({ type: 'agent.sessionLost', agent, session });
      });
    }
    this.#later(agent, 3_000, () => this.#look(agent, 'idle'));
  }

  #exit(agent: AgentId): void {
    const { session } = this.#program(agent);
    this.#end(agent);
    this.#outside.observe({ type: 'agent.exited', agent, session, reason: 'exited with code 1' });
  }

  #look(agent: AgentId, status: AgentStatus): void {
    const { session, asked } = this.#program(agent);
    const question =
      asked === null ? null : ({ id: asked, kind: 'permission', text: 'rm?' } as const);
    this.#outside.observe({
      type: 'agent.looked',
      agent,
      session,
      status,
      reason: status,
      question,
    });
  }

  #deliver(agent: AgentId, id: string, isEnterOnly: boolean): void {
    const program = this.#program(agent);
    const { random } = this.#outside;
    const { task = null } = this.#state().messages.find(one => one.id === id) ?? {};
    const isUnprepared = !isEnterOnly && task !== null && task === program.unprepared;
    if (!program.isAlive || isUnprepared) {
      const why = isUnprepared
        ? 'its worktree is not prepared'
        : `${agent} has no running terminal`;
      this.#outside.timeline.plan(1, () =>
        this.#outside.observe({ type: 'message.failed', id, why }),
      );
      return;
    }
    this.#outside.timeline.plan(1, () => this.#outside.observe({ type: 'message.entered', id }));
    const isTextThere = !isEnterOnly || program.lostText === id;
    if (!isTextThere) return;
    program.lostText = id;
    if (random.chance(this.#outside.faults().lostPrompt)) {
      if (random.chance(0.3)) program.lostText = null;
      return;
    }
    this.#later(agent, 1_000, () => {
      program.lostText = null;
      this.#outside.observe({ type: 'message.confirmed', id });
      const message = this.#state().messages.find(one => one.id === id);
      if (message !== undefined && random.chance(0.9)) this.#look(agent, 'working');
      if (message !== undefined) this.#later(agent, 2_000, () => this.#act(agent, message));
    });
  }

  #act(agent: AgentId, message: Message): void {
    const { random } = this.#outside;
    const faults = this.#outside.faults();
    this.#look(agent, 'working');
    this.#spend(agent);
    if (random.chance(faults.hang)) return;
    if (random.chance(faults.crash)) return this.#later(agent, 60_000, () => this.#exit(agent));
    if (random.chance(faults.question)) {
      this.#questions += 1;
      this.#program(agent).asked = `q-${this.#questions}`;
      this.#program(agent).goOn = () => this.#finish(agent, message);
      return this.#look(agent, 'permission');
    }
    this.#finish(agent, message);
  }

  /** Some tell what they use, some only tokens, some nothing. */
  #spend(agent: AgentId): void {
    const { random } = this.#outside;
    const program = this.#program(agent);
    program.spent += random.between(1, 3);
    const { session, spent } = program;
    const tokens = { input: spent * 500, cached: spent * 9_000, output: spent * 500 };
    const costUsd = random.chance(0.7) ? spent / 10 : null;
    const told = { contextUsed: null, costUsd, tokens: random.chance(0.8) ? tokens : null };
    this.#outside.observe({ type: 'agent.measured', agent, session, ...told });
  }

  #answer(agent: AgentId, question: string): void {
    const program = this.#program(agent);
    if (program.asked !== question) return;
    if (this.#outside.random.chance(this.#outside.faults().lostAnswer)) return;
    const { goOn } = program;
    Object.assign(program, { asked: null, goOn: null });
    this.#later(agent, 1_000, () => {
      this.#look(agent, 'working');
      goOn?.();
    });
  }

  #finish(agent: AgentId, message: Message): void {
    this.#later(agent, 90_000, () => {
      if (message.kind === 'escalation') this.#decide(agent, message.task as TaskId);
      else if (message.kind === 'split') this.#split(agent, message.task as TaskId);
      else if (this.#state().agents[agent]?.role === 'engineer') this.#work(agent);
      else this.#look(agent, 'idle');
    });
  }

  #decide(agent: AgentId, task: TaskId): void {
    const { random } = this.#outside;
    if (!random.chance(this.#outside.faults().silentManager))
      this.#outside.observe(this.#chooseVerb(random, this.#state(), agent, task));
    this.#look(agent, 'idle');
  }

  /** Adds what comes to mind, too little as well, and says so or does not. */
  #split(agent: AgentId, task: TaskId): void {
    const { random } = this.#outside;
    const isSilent = random.chance(this.#outside.faults().silentArchitect);
    const parts = isSilent ? random.below(3) : random.between(2, 3);
    for (let part = 0; part < parts; part += 1) this.#addPart(task);
    if (!isSilent) this.#outside.observe({ type: 'task.endSplit', task, by: agent });
    this.#look(agent, 'idle');
  }

  /** Works on what it holds at that moment, and says so or does not. */
  #work(agent: AgentId): void {
    const { random } = this.#outside;
    const faults = this.#outside.faults();
    const held = this.#state().agents[agent]?.task ?? null;
    const task = held === null ? undefined : this.#state().tasks[held];
    if (task === undefined || task.column !== 'doing') return this.#look(agent, 'idle');
    const { id, attempt } = task;
    const branch = this.#git.branch(id);
    if (!random.chance(faults.noCommit)) {
      branch.commits += 1;
      branch.isGood = !random.chance(faults.badWork);
      this.#outside.observe({ type: 'agent.progressed', agent });
    }
    if (random.chance(faults.exhaustion)) return this.#exhaust(agent);
    if (random.chance(faults.blocked)) {
      const why = 'no access';
      this.#outside.observe({ type: 'agent.claimedBlocked', agent, task: id, attempt, why });
    } else if (!random.chance(faults.noClaim)) {
      const head = `${id}.${branch.commits}` as Oid;
      const claim = { agent, task: id, attempt, head, summary: 'done' } as const;
      this.#outside.observe({ type: 'agent.claimedDone', ...claim });
      if (random.chance(faults.doubleClaim))
        this.#outside.timeline.plan(random.between(1, 100_000), () =>
          this.#outside.observe({ type: 'agent.claimedDone', ...claim }),
        );
    }
    // Some go on talking after the claim; what they do then must not matter.
    this.#later(agent, random.chance(0.2) ? 100_000 : 1_000, () => this.#look(agent, 'idle'));
  }

  #exhaust(agent: AgentId): void {
    const { session } = this.#program(agent);
    if (this.#outside.random.chance(0.5)) return this.#look(agent, 'exhausted');
    const full = { contextUsed: 0.9, costUsd: null };
    this.#outside.observe({ type: 'agent.measured', agent, session, ...full });
    this.#later(agent, 1_000, () => this.#look(agent, 'idle'));
  }
}
