import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { scanJournal } from '../../src/adapters/journal/codec.ts';
import { findByEnvironment, readProcesses } from '../../src/adapters/system/process-table.ts';
import { type StateFolder, stateFolderOf } from '../../src/adapters/system/state-folder.ts';
import { apply } from '../../src/core/apply/apply.ts';
import type { Event } from '../../src/core/event.ts';
import { emptyState, type State } from '../../src/core/state.ts';
import { openProgram, type PtyProgram } from './pty-driver.ts';

/** The built program, as a person has it on their PATH. */
export const belfryCommand = fileURLToPath(new URL('../../dist/belfry', import.meta.url));

/** A person may be kept waiting by a busy machine; a test that is too strict about it says nothing. */
export const patience = { timeoutMs: 120_000 };

export type Size = readonly [cols: number, rows: number];
export type Ran = {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
};

/** A person's machine: a home, a place for state, a terminal; and eyes on what is left behind. */
export class JourneyStage {
  readonly root = realpathSync(mkdtempSync(join(tmpdir(), 'belfry-')));
  readonly env: Readonly<Record<string, string>>;
  readonly #programs: PtyProgram[] = [];

  constructor(more: Readonly<Record<string, string>> = {}) {
    if (!existsSync(`${belfryCommand}.js`))
      throw new Error(`${belfryCommand} is not built: run “npm run build” first`);
    const home = join(this.root, 'home');
    mkdirSync(home);
    this.env = {
      HOME: home,
      XDG_STATE_HOME: join(this.root, 'state'),
      XDG_CONFIG_HOME: join(this.root, 'config'),
      TMPDIR: this.root,
      PATH: [dirname(process.execPath), process.env['PATH']].join(delimiter),
      TERM: 'xterm-256color',
      LANG: 'C.UTF-8',
      GIT_CONFIG_NOSYSTEM: '1',
      ...{ GIT_AUTHOR_NAME: 'Test', GIT_AUTHOR_EMAIL: 'test@belfry.invalid' },
      ...{ GIT_COMMITTER_NAME: 'Test', GIT_COMMITTER_EMAIL: 'test@belfry.invalid' },
      ...more,
    };
  }

  /** Belfry in a PTY. */
  open(
    args: readonly string[],
    { cwd = this.root, size = [120, 36] as Size, env = {} as Record<string, string> } = {},
  ): PtyProgram {
    return this.#open(belfryCommand, args, cwd, size, env);
  }

  /** A shell in a PTY, with jobs and the prompt `shell> `. */
  openShell(cwd: string): PtyProgram {
    return this.#open('/bin/sh', ['-i'], cwd, [120, 36], { PS1: 'shell> ', ENV: '' });
  }

  #open(
    file: string,
    args: readonly string[],
    cwd: string,
    [cols, rows]: Size,
    env: Readonly<Record<string, string>>,
  ): PtyProgram {
    const program = openProgram({ file, args, cwd, env: { ...this.env, ...env }, cols, rows });
    this.#programs.push(program);
    return program;
  }

  /** Belfry without a terminal, to its end. */
  run(args: readonly string[], options: { cwd?: string; env?: Record<string, string> } = {}): Ran {
    const { cwd = this.root, env = {} } = options;
    const run = spawnSync(belfryCommand, args, {
      ...{ cwd, encoding: 'utf8' as const, timeout: patience.timeoutMs, input: '' },
      env: { ...this.env, ...env },
    });
    return { code: run.status, stdout: run.stdout, stderr: run.stderr };
  }

  /** A shell command to its end, without blocking what the terminals show meanwhile. */
  shell(command: string, cwd: string): Promise<Ran> {
    const child = spawn('/bin/sh', ['-c', command], { cwd, env: this.env, stdio: 'pipe' });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', text => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', text => {
      stderr += text;
    });
    child.stdin.end();
    return new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('close', code => resolve({ code, stdout, stderr }));
    });
  }

  /** Standard output of a command that must succeed. */
  async must(command: string, cwd: string): Promise<string> {
    const { code, stdout, stderr } = await this.shell(command, cwd);
    if (code !== 0) throw new Error(`${command} in ${cwd}: ${stdout}${stderr}`);
    return stdout.trim();
  }

  stateFolder(repository: string): StateFolder {
    return stateFolderOf(repository, this.env);
  }

  /** Every durable fact, read beside the running program. */
  events(repository: string): readonly Event[] {
    const { journal } = this.stateFolder(repository);
    return existsSync(journal) ? scanJournal(readFileSync(journal)).events : [];
  }

  state(repository: string): State {
    return this.events(repository).reduce(apply, emptyState);
  }

  /** What runs for the team of a repository: agents, gates, and everything that they started. */
  processesOf(repository: string): readonly number[] {
    const { root } = this.stateFolder(repository);
    const running = readProcesses();
    return findByEnvironment('BELFRY_TAG', root).filter(pid => running.has(pid));
  }

  /** Pid of the Belfry that the launcher in this terminal started; null before and after it. */
  belfryUnder(program: PtyProgram): number | null {
    const rows = [...readProcesses().values()];
    return rows.find(row => row.parent === program.pid)?.pid ?? null;
  }

  /** BELFRY_KEEP=1 leaves the folders for whoever looks for a cause. */
  async close(): Promise<void> {
    await Promise.all(this.#programs.map(program => program.close()));
    for (const pid of findByEnvironment('XDG_STATE_HOME', join(this.root, 'state')))
      if (pid !== process.pid) endProcess(pid);
    if (process.env['BELFRY_KEEP'] !== undefined) return;
    rmSync(this.root, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }
}

function endProcess(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}
