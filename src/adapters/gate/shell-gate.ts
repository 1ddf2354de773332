import { constants } from 'node:os';
import { join } from 'node:path';
import type { GateResult } from '../../core/input.ts';
import { cleanText } from '../../lib/clean-text.ts';
import { messageOf } from '../../lib/thrown.ts';
import type { Gate, GateCommand, GateRequest, GateRun } from '../../ports/gate.ts';
import type { TeamConfig } from '../../ports/team-config.ts';
import { copyFiles } from '../system/copy-files.ts';
import { roomForLog } from '../system/drop-gate-logs.ts';
import { runShell, type ShellEnd } from '../system/run-shell.ts';
import type { StateFolder } from '../system/state-folder.ts';
import { GateOutput } from './gate-output.ts';
import { GateWorktree } from './gate-worktree.ts';
import { withheldHint } from './withheld-hint.ts';

type Given = {
  readonly state: StateFolder;
  /** The person's checkout, where `setup.copy` comes from. */
  readonly repository: string;
  readonly env: Readonly<Record<string, string>>;
  /** Names of the person's variables that are not in `env`. */
  readonly withheld: readonly string[];
  readonly setup: Setup;
};

type Setup = TeamConfig['setup'];

export const createGate = (given: Given): Gate => new ShellGate(given);

/** The screen is told at most this often. */
const tellEveryMs = 100;

class ShellGate implements Gate {
  readonly #given: Given;
  readonly #worktree: GateWorktree;
  readonly #listeners = new Set<() => void>();
  #current: GateRun | null = null;
  #output: GateOutput | null = null;
  #abort: AbortController | null = null;
  #timer: NodeJS.Timeout | null = null;

  constructor(given: Given) {
    this.#given = given;
    this.#worktree = new GateWorktree(given.state);
  }

  get current(): GateRun | null {
    return this.#current;
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async run(request: GateRequest): Promise<GateResult> {
    const startedAt = Date.now();
    const passed = () => Date.now() - startedAt;
    const abort = new AbortController();
    const logFile = join(this.#given.state.gateLogs, `${request.id}.log`);
    let output: GateOutput | null = null;
    try {
      this.#abort = abort;
      const command = 'preparing the merge result';
      const begun = { startedAt, endedAt: null, tail: [], counts: null };
      this.#show({ id: request.id, command, logFile, ...begun });
      output = new GateOutput(logFile, await roomForLog(this.#given.state.gateLogs));
      this.#output = output;
      const commands = await this.#prepare(request, output);
      for (const one of commands) {
        const verdict = await this.#runOne(one, output, abort.signal);
        if (verdict !== null) return { ...verdict, durationMs: passed() };
        if (one.onPass) await one.onPass();
      }
      return { outcome: 'passed', durationMs: passed() };
    } catch (error) {
      const reason = messageOf(error);
      output?.note(`belfry: ${reason}`);
      return { outcome: 'faulted', durationMs: passed(), reason };
    } finally {
      const { tail = [], counts = null } = output ?? {};
      output?.close();
      this.#output = null;
      this.#abort = null;
      if (this.#current !== null)
        this.#show({ ...this.#current, tail, counts, endedAt: Date.now() });
      this.#tell();
    }
  }

  async cancel(id: string): Promise<void> {
    if (this.#current?.id === id) this.#abort?.abort();
  }

  async #prepare({ commit, commands }: GateRequest, output: GateOutput): Promise<readonly Step[]> {
    const { setup, repository } = this.#given;
    const { needsSetup, spoiled, key } = await this.#worktree.checkOut(commit, setup.command);
    await copyFiles(setup.copy, repository, this.#worktree.path);
    if (!needsSetup || setup.command === null) return commands;
    if (spoiled !== null)
      output.note(
        `belfry: the last run changed what setup made (${cleanText(spoiled)}), so that setup runs anew; ` +
          'what every run builds is built sooner by the gate’s own command',
      );
    const { command, timeoutMs } = setup;
    const onPass = () => this.#worktree.rememberSetup(key, setup.copy);
    return [{ name: 'setup', command, timeoutMs, silenceMs: timeoutMs, onPass }, ...commands];
  }

  /** Null when it passed. */
  async #runOne(
    { name, command, timeoutMs, silenceMs }: GateCommand,
    output: GateOutput,
    signal: AbortSignal,
  ): Promise<Verdict | null> {
    output.note(`$ ${command}`);
    output.startOver();
    if (this.#current !== null) this.#show({ ...this.#current, command });
    const end = await runShell({
      ...{ command, timeoutMs, silenceMs, signal, cwd: this.#worktree.path },
      env: this.#given.env,
      tag: `${this.#given.state.root}/gate`,
      onOutput: bytes => {
        output.take(bytes);
        this.#tellSoon();
      },
    });
    if (end.kind === 'exited' && end.code === 0) return null;
    const said = `${name}: “${cleanText(command)}” ${sayEnd(end, { timeoutMs, silenceMs })}`;
    const hint = withheldHint(output.excerpt(said), this.#given.withheld);
    const excerpt = output.excerpt(hint === null ? said : `${said}\n${hint}`);
    output.note(`belfry: ${said}`);
    if (hint !== null) output.note(hint);
    return isFault(end) ? { outcome: 'faulted', reason: said } : { outcome: 'failed', excerpt };
  }

  #show(run: GateRun): void {
    this.#current = run;
    this.#tellSoon();
  }

  #tellSoon(): void {
    this.#timer ??= setTimeout(() => this.#tell(), tellEveryMs);
  }

  #tell(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#output !== null && this.#current !== null) {
      const { tail, counts } = this.#output;
      this.#current = { ...this.#current, tail, counts };
    }
    for (const listener of this.#listeners) listener();
  }
}

type Step = GateCommand & { readonly onPass?: () => Promise<void> };

type Verdict =
  | { readonly outcome: 'failed'; readonly excerpt: string }
  | { readonly outcome: 'faulted'; readonly reason: string };

/** Signals that come from the machine or a person; a crash of the tested program is its own. */
const outsideSignals = ['SIGKILL', 'SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT'] as const;
const isFault = (end: ShellEnd) =>
  end.kind === 'aborted' ||
  end.kind === 'unstarted' ||
  (end.kind === 'killed' && outsideSignals.some(signal => signal === end.signal)) ||
  // As a shell says it of the program that it waited for.
  (end.kind === 'exited' &&
    outsideSignals.some(signal => end.code === 128 + constants.signals[signal]));

const seconds = (ms: number) => `${Math.round(ms / 1000)} s`;

function sayEnd(end: ShellEnd, bounds: { timeoutMs: number; silenceMs: number }): string {
  switch (end.kind) {
    case 'exited':
      if (end.code === 127) return 'exited with code 127: a command was not found';
      return `exited with code ${end.code}`;
    case 'timedOut':
      return `was ended after ${seconds(bounds.timeoutMs)}: its time was over`;
    case 'silent':
      return `was ended: it printed nothing for ${seconds(bounds.silenceMs)}`;
    case 'killed':
      return `was ended by ${end.signal}`;
    case 'aborted':
      return 'was cancelled';
    case 'unstarted':
      return `could not be started: ${end.reason}`;
  }
}
