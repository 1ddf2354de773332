import type { AgentId } from '../core/ids.ts';
import type { Observation } from '../core/input.ts';
import type { AgentCli } from '../ports/agent-cli.ts';
import type { Terminal } from '../ports/terminals.ts';
import { AgentWatch } from './agent-watch.ts';
import { Pause } from './pause.ts';
import { interruptTurn } from './turn/interrupt-turn.ts';
import { showsPrompt } from './turn/shows-prompt.ts';
import type { Member, World } from './world.ts';

type Running = {
  readonly terminal: Terminal;
  readonly watch: AgentWatch;
  readonly session: string;
  /** The role's instructions have reached the session; otherwise they go before its first message. */
  isInstructed: boolean;
  /** What was pasted last, as it was pasted. */
  pasted: string | null;
  /** Null while it may run. */
  pause: Pause | null;
};

/** Time an agent CLI gets to end by itself before it is killed. */
const endGraceMs = 2_000;
/** Between moving the pointer of a menu and looking where it is. */
const answerStepMs = 250;
/** A menu whose pointer does not come to the answer is left to the person. */
const answerStepsMax = 8;
const firstSize = { cols: 100, rows: 30 };

/** The agents' running programs: one terminal and one watch each. */
export class Agents {
  readonly #world: World;
  readonly #report: (observation: Observation) => void;
  readonly #running = new Map<AgentId, Running>();
  readonly #listeners = new Set<() => void>();
  #isClosed = false;

  constructor(world: World, report: (observation: Observation) => void) {
    this.#world = world;
    this.#report = report;
  }

  terminalOf(agent: AgentId): Terminal | null {
    return this.#running.get(agent)?.terminal ?? null;
  }

  /** Calls back when an agent's terminal was replaced. */
  onReplaced(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Starts the agent CLI in its worktree, ending what ran there before.
   * `session` names it to the core, `cliSession` to the CLI itself.
   */
  async launch(
    member: Member,
    session: string,
    cliSession: string,
    resume: boolean,
  ): Promise<void> {
    const { agent, role, cli, home } = member;
    const before = this.#running.get(agent);
    if (before !== undefined) await this.#end(agent, before);
    const worktree = await this.#world.worktrees.ensure(agent);
    // A worktree takes its time: meanwhile all may have been told to end.
    if (this.#isClosed) return;
    await this.#world.mailbox.open(agent, worktree);
    if (this.#isClosed) return;
    const { model, args, permissions, systemPrompt } = member;
    const env = member.environment(worktree);
    const plan = cli.launch({
      ...{ agent, role, session: cliSession, resume, worktree, home },
      ...{ model, args, permissions, systemPrompt, env },
    });
    const { cols, rows } = before?.terminal.screen ?? firstSize;
    const { file } = plan;
    const terminal = this.#world.terminals.open({
      ...{ id: agent, file, args: plan.args, cwd: worktree, env: plan.env, cols, rows },
    });
    const { clock, notes } = this.#world;
    const sources = plan.sources(terminal.pid);
    const watch = new AgentWatch(
      {
        ...{ agent, session, cli, terminal, sources, clock, follow: this.#world, notes },
        isResumed: plan.continues,
      },
      this.#report,
    );
    const isInstructed = plan.continues || cli.takesInstructions;
    this.#running.set(agent, { terminal, watch, session, isInstructed, pasted: null, pause: null });
    if (resume && !plan.continues) this.#report({ type: 'agent.sessionLost', agent, session });
    for (const listener of this.#listeners) listener();
  }

  /** Pastes a message and submits it. The CLI's own signal confirms it later. */
  async deliver(member: Member, message: string, text: string): Promise<void> {
    const running = this.#alive(member.agent);
    const keys = member.cli.clearKeys?.(running.terminal.screen.lines()) ?? null;
    if (keys !== null) {
      running.terminal.write(keys);
      await this.#pause(answerStepMs);
    }
    running.watch.expectReceipt(message);
    running.pasted = running.isInstructed ? text : `${member.systemPrompt}\n\n${text}`;
    running.isInstructed = true;
    await this.#enter(member, running, running.pasted);
  }

  async #enter({ cli }: Member, running: Running, text: string): Promise<void> {
    running.terminal.paste(text);
    await this.#pause(cli.submitDelayMs);
    submit(running);
  }

  /**
   * The text of a message that was not confirmed may be in the input box already: then only Enter is typed. Nothing
   * of it on the screen of an agent that waits: it was swallowed, or somebody emptied the box. Resolves with the
   * rows of the screen as they stood before.
   */
  async submitAgain(member: Member, message: string): Promise<readonly string[]> {
    const running = this.#alive(member.agent);
    const { watch, terminal, pasted } = running;
    watch.expectReceipt(message);
    const rows = terminal.screen.lines();
    const isWaiting = watch.latest?.status === 'idle' && watch.latest.question === null;
    if (pasted !== null && isWaiting && !showsPrompt(rows, pasted))
      await this.#enter(member, running, pasted);
    else submit(running);
    return rows;
  }

  /** Answers the question only while it is the one on the screen, and looks after each step. */
  async answer(member: Member, question: string, answer: 'yes' | 'no'): Promise<void> {
    for (let step = 0; step < answerStepsMax; step += 1) {
      const running = this.#alive(member.agent);
      const { terminal, watch } = running;
      if (watch.reading?.question?.id !== question) return;
      const next = member.cli.answerKeys(answer, terminal.screen.lines());
      if (next !== null) terminal.write(next.keys);
      if (next === null || next.isLast) return watch.answered();
      await this.#pause(answerStepMs);
    }
    // It stands as it stood: asked again, it is the person's in the terminal.
    this.#running.get(member.agent)?.watch.answered();
  }

  /** Asked twice, it goes on with the pause that is under way. */
  async hold({ agent, cli }: Member): Promise<void> {
    const running = this.#running.get(agent);
    if (running === undefined || running.pause !== null) return;
    const { terminal, watch } = running;
    running.pause = new Pause({
      ...{ terminal, clock: this.#world.clock, interruptKeys: cli.interruptKeys },
      holdsForMs: cli.abilities.holdsForMs,
      status: () => watch.latest?.status ?? null,
      onInterrupted: () => this.#interrupted(agent, cli, running),
    });
    await running.pause.begin();
  }

  /** Ends the turn under way for something that cannot wait, as long as it is wanted. Resolves at once. */
  interrupt({ agent, cli }: Member, isWanted: () => boolean): void {
    const running = this.#running.get(agent);
    if (running === undefined) return;
    const { terminal, watch } = running;
    interruptTurn({
      ...{ terminal, clock: this.#world.clock, interruptKeys: cli.interruptKeys },
      reading: () => watch.latest,
      isHeld: () => running.pause !== null,
      isWanted: () => isWanted() && this.#running.get(agent) === running,
      onInterrupted: () => this.#interrupted(agent, cli, running),
    });
  }

  #interrupted(agent: AgentId, { abilities, takesInstructions }: AgentCli, running: Running): void {
    const isForgotten = abilities.forgetsCutTurn === true;
    if (isForgotten) running.isInstructed = takesInstructions;
    const { session } = running;
    this.#report({
      type: 'agent.interrupted',
      agent,
      session,
      ...(isForgotten && { isForgotten }),
    });
  }

  async release(agent: AgentId): Promise<void> {
    const running = this.#running.get(agent);
    const pause = running?.pause;
    if (running === undefined || pause == null) return;
    running.pause = null;
    await pause.end();
  }

  async stop(agent: AgentId): Promise<void> {
    const running = this.#running.get(agent);
    if (running !== undefined) await this.#end(agent, running);
  }

  /** None is started afterwards. */
  async stopAll(): Promise<void> {
    this.#isClosed = true;
    await Promise.all([...this.#running].map(([agent, running]) => this.#end(agent, running)));
  }

  /** The terminal stays readable after its end, so that its last screen can be looked at. */
  async #end(agent: AgentId, running: Running): Promise<void> {
    running.watch.stop();
    if (running.terminal.exit === null)
      this.#world.log.write(`${agent}: ending ${running.session}`);
    // Also after an end of its own: its tools may go on in sessions of theirs.
    await running.terminal.end(endGraceMs);
  }

  #alive(agent: AgentId): Running {
    const running = this.#running.get(agent);
    if (running === undefined || running.terminal.exit !== null)
      throw new Error(`${agent} has no running terminal`);
    return running;
  }

  #pause(ms: number): Promise<void> {
    const { clock } = this.#world;
    return new Promise(resolve => clock.wakeAt(clock.now() + ms, resolve));
  }
}

/** Enter into the input box. A question that came up meanwhile would take it as its answer. */
function submit({ terminal, watch }: Running): void {
  if (watch.latest?.question == null) terminal.write('\r');
}
