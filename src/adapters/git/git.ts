import { spawn } from 'node:child_process';
import { GitError } from '../../ports/worktrees.ts';
import { padStdio } from '../system/pad-stdio.ts';

export type GitOptions = {
  readonly gitDir?: string;
  readonly workTree?: string;
  readonly cwd?: string;
  readonly indexFile?: string;
  readonly input?: string | Buffer;
  readonly env?: Readonly<Record<string, string>>;
  /** The answer has one character for each byte, whatever these mean. */
  readonly isLatin1?: boolean;
  /** More output than this ends git; `outputBytesMax` where nothing is said. */
  readonly bytesMax?: number;
};

export type GitAnswer = {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** There was more output than allowed: `stdout` is its beginning, and the code says nothing. */
  readonly isCut: boolean;
};

/** Names of a million files fit into it; a JavaScript string could hold no more than twice this. */
const outputBytesMax = 256_000_000;
/** Of its complaints the first are the reason. */
const errorBytesMax = 64_000;

/** A git that takes longer than this hangs on something. */
const timeoutMs = 120_000;
/** Waits before a git is started again that met another one's lock. */
const retryDelaysMs = [150, 500, 1_500];

/**
 * Nothing that an agent can write is configuration here: no global or system file, no hooks, no file
 * system monitor, no replaced objects, no protocol but the local one, no background housekeeping.
 */
const settings = [
  ...['core.hooksPath=/dev/null', 'core.fsmonitor=false', 'gc.auto=0', 'maintenance.auto=false'],
  ...['core.fsync=objects,reference', 'core.quotePath=false', 'commit.gpgSign=false'],
  // The person chose this repository; whose user id its files have says nothing more.
  'safe.directory=*',
].flatMap(setting => ['-c', setting]);

const environment = {
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_NO_REPLACE_OBJECTS: '1',
  GIT_OPTIONAL_LOCKS: '0',
  GIT_TERMINAL_PROMPT: '0',
  GIT_ALLOW_PROTOCOL: 'file',
  GIT_ATTR_NOSYSTEM: '1',
  LC_ALL: 'C',
};

/** The environment variable by which the next start knows the gits of a killed Belfry. */
export const gitMark = 'BELFRY_GIT';
let owner = '';

/** `name` says whose gits this process starts from here on. */
export function markGits(name: string): void {
  owner = name;
}

/** The only place that starts git for the supervisor. Resolves with what it answered, whatever the code. */
export async function runGit(
  args: readonly string[],
  options: GitOptions = {},
): Promise<GitAnswer> {
  for (const delayMs of retryDelaysMs) {
    const answer = await start(args, options);
    if (answer.code === 0 || !isTransient.test(answer.stderr)) return answer;
    await new Promise(resolve => setTimeout(resolve, delayMs));
  }
  return start(args, options);
}

const isTransient =
  /unable to create temporary file|\.lock': File exists|cannot lock ref .*: File exists/i;

/** The standard output, without the last line break. Rejects with `GitError` that names command and reason. */
export async function mustGit(args: readonly string[], options: GitOptions = {}): Promise<string> {
  const { text, isCut } = await beginningOfGit(args, options);
  if (!isCut) return text.replace(/\n$/, '');
  const megabytes = Math.round((options.bytesMax ?? outputBytesMax) / 1_000_000);
  throw new GitError(`${nameOf(args)}: the answer is longer than ${megabytes} MB`);
}

/** The same, where the first `bytesMax` bytes are enough and the rest need not be read. */
export async function beginningOfGit(
  args: readonly string[],
  options: GitOptions,
): Promise<{ readonly text: string; readonly isCut: boolean }> {
  const { code, stdout, stderr, isCut } = await runGit(args, options);
  if (code === 0 || isCut) return { text: stdout, isCut };
  const lines = stderr.trim().split('\n').slice(0, 3).join(' ');
  throw new GitError(`${nameOf(args)}: ${lines.slice(0, reasonCharsMax) || `exit code ${code}`}`);
}

/** Git quotes paths in its reasons. */
const reasonCharsMax = 1_000;
const nameOf = (args: readonly string[]): string => `git ${args.slice(0, 3).join(' ')}`;

/** What git is started with: arguments with our settings before them, folder and environment. */
export function gitProcess(args: readonly string[], options: GitOptions) {
  const places = [
    ...(options.gitDir === undefined ? [] : [`--git-dir=${options.gitDir}`]),
    ...(options.workTree === undefined ? [] : [`--work-tree=${options.workTree}`]),
  ];
  return {
    argv: [...settings, ...places, ...args],
    options: {
      cwd: options.cwd ?? options.workTree ?? options.gitDir ?? '/',
      timeout: timeoutMs,
      env: {
        PATH: process.env['PATH'] ?? '/usr/bin:/bin',
        HOME: process.env['HOME'] ?? '/',
        ...environment,
        ...(owner === '' ? {} : { [gitMark]: owner }),
        ...(options.indexFile === undefined ? {} : { GIT_INDEX_FILE: options.indexFile }),
        ...options.env,
      },
    },
  };
}

function start(args: readonly string[], given: GitOptions): Promise<GitAnswer> {
  const { argv, options } = gitProcess(args, given);
  return new Promise((resolve, reject) => {
    const child = spawn('git', argv, { ...options, stdio: padStdio(['pipe', 'pipe', 'pipe']) });
    const out = new Collected(given.bytesMax ?? outputBytesMax);
    const err = new Collected(errorBytesMax);
    child.stdout?.on('data', (bytes: Buffer) => {
      out.take(bytes);
      // Nobody reads on, so nothing that is still in the pipe may come.
      if (out.isCut) child.kill('SIGKILL');
    });
    child.stderr?.on('data', (bytes: Buffer) => err.take(bytes));
    const reason = `git cannot be started in ${options.cwd}; is it on the PATH, and the folder there?`;
    child.on('error', () => reject(new GitError(reason)));
    child.stdin?.on('error', () => {});
    child.stdin?.end(given.input ?? '');
    child.on('close', code => {
      const stdout = out.text(given.isLatin1 ? 'latin1' : 'utf8');
      const stderr = err.text('utf8');
      // Where the machine does not report it as an error, this is what a child says that could not
      // become git.
      if (code === 127 && stderr === '') reject(new GitError(reason));
      resolve({ code: out.isCut ? -1 : (code ?? -1), stdout, stderr, isCut: out.isCut });
    });
  });
}

/** The first bytes of a stream. A text longer than a string may be would be thrown out of an event. */
class Collected {
  readonly #parts: Buffer[] = [];
  readonly #bytesMax: number;
  #bytes = 0;

  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax;
  }

  take(bytes: Buffer): void {
    const room = this.#bytesMax - this.#bytes;
    if (room > 0) this.#parts.push(bytes.subarray(0, room));
    this.#bytes += bytes.length;
  }

  get isCut(): boolean {
    return this.#bytes > this.#bytesMax;
  }

  text(encoding: 'utf8' | 'latin1'): string {
    return Buffer.concat(this.#parts).toString(encoding);
  }
}
