import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { endTree } from '../../../src/adapters/system/processes.ts';
import { type StateFolder, stateFolderOf } from '../../../src/adapters/system/state-folder.ts';
import type { CommandRun } from '../../../src/cli/io.ts';
import { type OpenedTeam, openTeam } from '../../../src/cli/open-team.ts';
import type { Agent } from '../../../src/core/agent.ts';
import type { AgentId } from '../../../src/core/ids.ts';
import type { State } from '../../../src/core/state.ts';
import { type FakeModel, startFakeModel } from '../../support/fake-model/fake-model.ts';
import type { Script } from '../../support/fake-model/script.ts';
import { createAgentHome, loginVariables } from './agent-home.ts';
import { furtherEnvironment, writeFurtherHomes } from './further-homes.ts';
import { linkPrograms, newest, type PinnedCli } from './pinned-clis.ts';
import { TeamPage } from './team-page.ts';

export type StageOptions = {
  readonly script: Script;
  /** The text of team.yaml; left out: none, and the agent CLIs are logged in by files of their own. */
  readonly team?: string;
  readonly clis?: readonly PinnedCli[];
  /** Further variables of the agents. */
  readonly env?: Readonly<Record<string, string>>;
};

/**
 * A repository with a team of real agent CLIs in a HOME of its own, with invented keys and a fake model on the
 * loopback interface: nothing of the person who runs the tests is read or written.
 */
export class AgentStage {
  readonly folder = mkdtempSync(join(tmpdir(), 'belfry-agents-'));
  readonly repository = join(this.folder, 'repository');
  readonly home = join(this.folder, 'home');
  readonly model: FakeModel;
  readonly #bin = join(this.folder, 'bin');
  readonly #env: Readonly<Record<string, string>>;
  #opened: OpenedTeam | null = null;
  #page: TeamPage | null = null;
  #failure: unknown = null;
  readonly #answered = new Set<string>();

  static async create(options: StageOptions): Promise<AgentStage> {
    return new AgentStage(await startFakeModel(options.script), options);
  }

  private constructor(model: FakeModel, { team, clis, env = {} }: StageOptions) {
    this.model = model;
    const login = team === undefined ? 'files' : 'variables';
    linkPrograms(this.#bin, clis ?? [newest('claude'), newest('codex')]);
    this.#env = {
      PATH: [this.#bin, dirname(process.execPath), '/usr/local/bin', '/usr/bin', '/bin'].join(
        delimiter,
      ),
      HOME: this.home,
      XDG_STATE_HOME: join(this.folder, 'state'),
      LANG: 'C.UTF-8',
      SHELL: '/bin/bash',
      ...(login === 'variables' ? loginVariables(model.url) : {}),
      // Claude Code refuses to act without asking for the superuser, unless it is told that it is confined.
      IS_SANDBOX: '1',
      ...furtherEnvironment(model.url),
      ...env,
    };
    createAgentHome(this.home, model.url, login);
    writeFurtherHomes(this.home, model.url);
    this.#createRepository(team, Object.keys(env));
  }

  #createRepository(team: string | undefined, names: readonly string[]): void {
    mkdirSync(this.repository);
    writeFileSync(join(this.repository, 'README.md'), 'A repository for a test.\n');
    if (team !== undefined) this.#createTeam(team, names);
    const git = (...args: string[]) =>
      execFileSync('git', args, { cwd: this.repository, env: { ...this.#env, ...identity } });
    git('init', '--quiet', '--initial-branch=main');
    git('add', '--all');
    git('commit', '--quiet', '--message', 'A beginning');
  }

  #createTeam(team: string, names: readonly string[]): void {
    const folder = join(this.repository, '.belfry');
    mkdirSync(join(folder, 'tasks'), { recursive: true });
    const own = { ...loginVariables(this.model.url), ...furtherEnvironment(this.model.url) };
    const passed = [...Object.keys(own), ...names];
    const file = team.replaceAll('ENV', `[${passed.join(', ')}]`);
    writeFileSync(join(folder, 'team.yaml'), file);
    writeFileSync(join(folder, 'scenario.yaml'), 'name: nothing to play\nengineer: {}\n');
  }

  /** An update: from here on the program of this name is this one. What runs goes on with the old one. */
  install(cli: PinnedCli): void {
    linkPrograms(this.#bin, [cli]);
  }

  addTask(number: number, title: string, extra = ''): void {
    const text = `---\nid: T-${number}\ntitle: ${title}\nstatus: ready\n${extra}---\n\n${title}.\n`;
    writeFileSync(join(this.repository, '.belfry', 'tasks', `T-${number}.md`), text);
  }

  async open(): Promise<void> {
    const io = { stdout: () => {}, stderr: () => {}, env: this.#env, cwd: this.repository };
    this.#opened = await openTeam(this.repository, io, error => {
      this.#failure = error;
    });
  }

  /** The same team in a process of its own. */
  openApart(): ChildProcess {
    const entry = fileURLToPath(new URL('open-team-entry.ts', import.meta.url));
    return spawn(process.execPath, [entry], {
      ...{ cwd: this.repository, env: { ...this.#env }, stdio: 'ignore' },
    });
  }

  /** A command that a person types in the repository: its exit code and what it printed. */
  async run(command: CommandRun, args: readonly string[] = []): Promise<[number, string]> {
    let text = '';
    const stdout = (more: string) => {
      text += more;
    };
    const io = { stdout, stderr: () => {}, env: this.#env, cwd: this.repository };
    return [await command(args, io), text];
  }

  /** What a person does: “belfry” in the repository, and nothing else. */
  openPage(within: readonly string[] = []): TeamPage {
    this.#page = new TeamPage(this.repository, this.#env, within);
    return this.#page;
  }

  get stateFolder(): StateFolder {
    return stateFolderOf(this.repository, this.#env);
  }

  get state(): State {
    if (this.#failure !== null) throw this.#failure;
    if (this.#opened === null) throw new Error('the team is not open');
    return this.#opened.store.getState();
  }

  get store() {
    if (this.#opened === null) throw new Error('the team is not open');
    return this.#opened.store;
  }

  agent(id: string): Agent {
    const agent = this.state.agents[id as AgentId];
    if (agent === undefined) throw new Error(`no agent ${id}`);
    return agent;
  }

  screen(id: string): string {
    const lines = this.store.terminalOf(id as AgentId)?.screen.lines() ?? [];
    return lines.filter(line => line.trim() !== '').join('\n');
  }

  /** The dialogs of a first start, which the person answers once. */
  #answerFirstDialogs(): void {
    for (const { id: agent, question } of Object.values(this.state.agents)) {
      if (question === null || this.#answered.has(question.id)) continue;
      if (!isFirstDialog(question.text)) continue;
      this.#answered.add(question.id);
      const answer = { type: 'agent.answer', agent, question: question.id, answer: 'yes' } as const;
      void this.store.command(answer);
    }
  }

  /** Waits until this holds, as a person who answers the dialogs of a first start; fails with what every agent shows. */
  async until(what: string, holds: () => boolean, timeoutMs = 90_000): Promise<void> {
    const looks = () => {
      this.#answerFirstDialogs();
      return holds();
    };
    await this.waitFor(what, looks, timeoutMs).catch(() => {
      throw new Error(`not in time: ${what}\n${this.describe()}`);
    });
  }

  /** The same without a team of this process. */
  async waitFor(what: string, holds: () => boolean, timeoutMs: number): Promise<void> {
    const end = Date.now() + timeoutMs;
    while (!holds()) {
      if (Date.now() > end) throw new Error(`not in time: ${what}`);
      await after(50);
    }
  }

  /** Real time passes: real programs run. */
  rest(ms: number): Promise<void> {
    return after(ms);
  }

  describe(): string {
    const agents = Object.values(this.state.agents).map(
      one => `${one.id}: ${one.status} (${one.statusReason}) ${one.task}\n${this.screen(one.id)}`,
    );
    const tasks = Object.values(this.state.tasks).map(one => `${one.id}: ${one.column} ${one.why}`);
    return [...tasks, ...agents].join('\n----\n');
  }

  /** Of a file on the trunk; null when it is not there. */
  onTrunk(path: string): string | null {
    try {
      return execFileSync('git', ['show', `main:${path}`], {
        ...{ cwd: this.repository, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
      });
    } catch {
      return null;
    }
  }

  async end(): Promise<void> {
    await this.#opened?.end();
    this.#opened = null;
  }

  async close(): Promise<void> {
    await this.#opened?.end().catch(() => {});
    await this.#page?.close();
    // A Belfry that was killed had no time to end what it had started.
    await endTree(0, this.folder, 0);
    await this.model.close();
    if (process.env['BELFRY_KEEP'] === undefined)
      rmSync(this.folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }
}

/** What a CLI asks once, before its first prompt. */
export const isFirstDialog = (text: string): boolean =>
  /asks (whether you trust|you to accept)/.test(text);

const identity = {
  ...{ GIT_AUTHOR_NAME: 'A test', GIT_AUTHOR_EMAIL: 'test@belfry.invalid' },
  ...{ GIT_COMMITTER_NAME: 'A test', GIT_COMMITTER_EMAIL: 'test@belfry.invalid' },
};
