import { setTimeout as sleep } from 'node:timers/promises';
import { cleanText } from '../../lib/clean-text.ts';
import { StepProblem } from './change-files.ts';
import { chooseSteps, losesPrompt } from './choose-steps.ts';
import { Memory } from './memory.ts';
import { contextFull, performStep } from './perform-step.ts';
import type { ScriptedArguments } from './read-arguments.ts';
import { type Prompt, readPrompt } from './scenario/prompt.ts';
import type { Scenario } from './scenario/scenario.ts';
import type { Step, Steps } from './scenario/steps.ts';
import { foldedPrompt } from './screen/input-box.ts';
import type { Key } from './screen/key-reader.ts';
import { Stage } from './screen/stage.ts';
import { bold, cyan, dim } from './screen/style.ts';
import { openSignalFile, type SendSignal, signalFileOf } from './signal-file.ts';

/** How the simulated window fills by itself. It never does so far enough to end a session. */
const contextPerPrompt = 0.01;
const contextPerStep = 0.004;
const contextByItselfMax = 0.55;
const exitAgainMs = 2_000;
const goOn = /^(?:continue|go on|resume)\b/i;

/** Behaves as an agent CLI does: waits, works through a prompt, asks, can be interrupted and resumed. */
export class ScriptedAgent {
  /** Resolves with the exit code. */
  readonly ended: Promise<number>;
  readonly #given: ScriptedArguments;
  readonly #scenario: Scenario;
  readonly #stage: Stage;
  readonly #memory: Memory;
  readonly #send: SendSignal;
  readonly #folder: string;
  #turn: AbortController | null = null;
  #queue: readonly string[] = [];
  #answer: ((answer: 'yes' | 'no') => void) | null = null;
  #reportedUsage = '';
  #exitAskedAt = Number.NEGATIVE_INFINITY;
  #isHung = false;
  #isClosed = false;
  #end: (code: number) => void = () => {};

  constructor(given: ScriptedArguments, scenario: Scenario, folder: string) {
    this.#given = given;
    this.#scenario = scenario;
    this.#folder = folder;
    this.#stage = new Stage(given.agent, given.speed);
    this.#memory = new Memory(given.home, given.session, given.resume);
    this.#send = openSignalFile(signalFileOf(given.home, given.session));
    this.ended = new Promise(resolve => {
      this.#end = resolve;
    });
  }

  start(): void {
    const { agent, role, session } = this.#given;
    process.stdout.write('\x1b[?2004h');
    this.#stage.print(
      `${cyan('✳')} ${bold('Belfry scripted agent')} – plays a scenario, no model, no network`,
      dim(`  ${agent} (${role}), session ${session.slice(0, 8)}`),
      dim(`  ${this.#scenario.name}`),
    );
    const { remaining, prompt } = this.#memory.session;
    if (this.#isExhausted) return this.#rest();
    if (remaining.length > 0) {
      this.#stage.print('', dim('Resumed: going on where the session stopped.'));
      void this.#play(remaining, prompt);
    } else if (role === 'architect' && !this.#memory.agent.isStarted) {
      this.#memory.updateAgent({ isStarted: true });
      void this.#play(this.#scenario.architect.start ?? [], null);
    } else this.#rest();
  }

  press(key: Key): void {
    if (this.#isHung) return;
    if (key.type === 'interrupt') return this.#interruptOrExit();
    if (this.#answer !== null) return this.#pressAnswer(key);
    const { input } = this.#stage;
    if (key.type === 'escape') return this.#turn?.abort();
    if (key.type === 'end' && input.isEmpty && this.#turn === null) return this.#end(0);
    if (key.type !== 'enter') {
      input.take(key);
      return this.#stage.draw();
    }
    const text = input.submit();
    if (text.trim() === '') return this.#stage.draw();
    if (this.#turn === null) return this.#submit(text);
    this.#queue = [...this.#queue, text];
    this.#stage.hint = `${this.#queue.length} queued`;
  }

  resized(): void {
    this.#stage.draw();
  }

  close(farewell: string): void {
    this.#isClosed = true;
    this.#turn?.abort();
    this.#stage.close(farewell);
  }

  get #isExhausted(): boolean {
    return this.#memory.session.contextUsed >= contextFull;
  }

  #interruptOrExit(): void {
    this.#answer?.('no');
    if (this.#turn !== null) return this.#turn.abort();
    const isSecond = performance.now() - this.#exitAskedAt < exitAgainMs;
    if (isSecond) return this.#end(0);
    this.#exitAskedAt = performance.now();
    this.#stage.hint = 'press Ctrl+C again to exit';
  }

  #pressAnswer(key: Key): void {
    const isYes = key.type === 'text' && /^[1y]/i.test(key.text);
    const isNo = key.type === 'escape' || (key.type === 'text' && /^[2n]/i.test(key.text));
    if (isYes || isNo) this.#answer?.(isYes ? 'yes' : 'no');
  }

  #submit(text: string): void {
    const prompt = readPrompt(text);
    const known = [this.#scenario, this.#given, this.#memory] as const;
    if (prompt !== null && losesPrompt(...known, prompt)) return this.#stage.draw();
    this.#stage.print('', `${cyan('>')} ${bold(cleanText(foldedPrompt(text)))}`);
    const isWork = prompt !== null && prompt.kind !== 'note' && !this.#isExhausted;
    const steps = isWork ? chooseSteps(...known, prompt) : [];
    // What is confirmed must still be known after a crash.
    if (isWork) this.#memory.updateSession({ prompt, remaining: steps });
    this.#send({ kind: 'promptReceived', message: prompt?.message ?? null });
    if (this.#isExhausted) return this.#rest();
    this.#grow(contextPerPrompt);
    if (!isWork) return this.#reply(text, prompt);
    void this.#play(steps, prompt);
  }

  /** Words of a person, or a member's note: answered politely, and unfinished work is kept. */
  #reply(text: string, prompt: Prompt | null): void {
    const { remaining, prompt: under } = this.#memory.session;
    if (remaining.length > 0 && goOn.test(text.trim())) return void this.#play(remaining, under);
    const unfinished = remaining.length > 0 ? ' Type “continue” and I go on where I stopped.' : '';
    const opening = prompt === null ? 'Thank you' : 'Thank you for the note';
    const value = `${opening}. I am a script without a model, so I cannot answer that; I play the scenario and do what its steps say.${unfinished}`;
    void this.#turnOf(async signal => this.#stage.stream(value, signal));
  }

  #play(steps: Steps, prompt: Prompt | null): Promise<void> {
    this.#memory.updateSession({ prompt, remaining: steps });
    if (prompt?.task) this.#stage.hint = `${prompt.task}/${prompt.attempt}`;
    return this.#turnOf(async signal => {
      for (;;) {
        const [step, ...rest] = this.#memory.session.remaining;
        if (step === undefined) return;
        await this.#playOne(step, rest, prompt, signal);
      }
    });
  }

  async #playOne(
    step: Step,
    rest: Steps,
    prompt: Prompt | null,
    signal: AbortSignal,
  ): Promise<void> {
    const memory = this.#memory;
    try {
      const outcome = await performStep(step, {
        ...{ stage: this.#stage, memory, folder: this.#folder, prompt, signal },
        speed: this.#given.speed,
        askPermission: command => this.#ask(command, signal),
        hang: ms => this.#hang(ms),
        crash: code => this.#crash(code, rest),
      });
      const remaining = outcome.isLast ? [] : [...(outcome.next ?? []), ...rest];
      memory.updateSession({ remaining });
      this.#grow(contextPerStep);
    } catch (error) {
      if (!(error instanceof StepProblem)) throw error;
      this.#stage.printProblem(error.message);
      const isEngineer = this.#given.role === 'engineer' && prompt !== null;
      memory.updateSession({
        remaining: isEngineer ? [{ name: 'blocked', value: error.message }] : [],
      });
    }
  }

  /** One turn from working to waiting. Whatever was typed meanwhile is the next one. */
  async #turnOf(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    const controller = new AbortController();
    this.#turn = controller;
    this.#send({ kind: 'status', status: 'working', reason: 'works on a prompt' });
    this.#stage.setMood('working');
    try {
      await work(controller.signal);
    } catch (error) {
      if (!controller.signal.aborted) throw error;
      if (this.#isClosed) return;
      this.#stage.print('', '  ⎿ Interrupted. Type “continue” to go on, or say something else.');
    } finally {
      this.#turn = null;
    }
    const [next, ...rest] = this.#queue;
    this.#queue = rest;
    if (next === undefined) this.#rest();
    else this.#submit(next);
  }

  /** Waits at the input box, or says that the window is full. */
  #rest(): void {
    this.#reportUsage();
    const [mood, reason] = this.#isExhausted
      ? (['exhausted', 'the context window is full'] as const)
      : (['idle', 'waits at its input box'] as const);
    this.#send({ kind: 'status', status: mood, reason });
    this.#stage.setMood(mood);
    this.#stage.hint = `scripted · context ${Math.round(this.#memory.session.contextUsed * 100)} %`;
  }

  async #ask(command: string, signal: AbortSignal): Promise<'yes' | 'no'> {
    const questions = this.#memory.session.questions + 1;
    this.#memory.updateSession({ questions });
    const id = `${this.#given.session.slice(0, 8)}-${questions}`;
    this.#send({ kind: 'question', id, about: 'permission', text: command });
    this.#stage.setMood('asking', command);
    const answer = await new Promise<'yes' | 'no'>(resolve => {
      this.#answer = resolve;
    });
    this.#answer = null;
    signal.throwIfAborted();
    this.#send({
      kind: 'status',
      status: 'working',
      reason: `the question was answered ${answer}`,
    });
    this.#stage.setMood('working');
    return answer;
  }

  /** Draws nothing and hears nothing, as a program does that hangs. */
  async #hang(ms: number): Promise<void> {
    this.#isHung = true;
    this.#stage.freeze();
    await sleep(ms);
    this.#isHung = false;
    this.#stage.setMood('working');
  }

  /** The step counts as played: a resumed session goes on behind it. */
  #crash(code: number, rest: Steps): Promise<never> {
    this.#memory.updateSession({ remaining: rest });
    this.#stage.printProblem('fatal: the scenario ends this program here');
    this.#end(code);
    return new Promise(() => {});
  }

  #grow(share: number): void {
    const { contextUsed } = this.#memory.session;
    const grown = Math.max(contextUsed, Math.min(contextUsed + share, contextByItselfMax));
    this.#memory.updateSession({ contextUsed: grown });
    this.#reportUsage();
  }

  /** In whole percent, and only when it changed: each report is a fact in somebody's journal. */
  #reportUsage(): void {
    const { contextUsed: share, costUsd, tokens } = this.#memory.session;
    const contextUsed = Math.round(share * 100) / 100;
    const stamp = `${contextUsed} ${costUsd} ${tokens}`;
    if (stamp === this.#reportedUsage) return;
    this.#reportedUsage = stamp;
    this.#send({ kind: 'usage', contextUsed, costUsd, tokens });
  }
}
