import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openProgram, type PtyProgram } from './pty-driver.ts';

export const scriptedEntry = fileURLToPath(new URL('scripted-agent-entry.ts', import.meta.url));

/** Notes what it was asked, and refuses what the test told it to refuse. */
const belfryStub = `#!/bin/sh
for word in "$@"; do printf '%s\\n' "$word"; done | tr '\\n' '|' >> "$HOME/claims.txt"
echo >> "$HOME/claims.txt"
if [ -f "$HOME/refused" ] && [ "$1" = "$(cat "$HOME/refused")" ]; then
  echo 'the tree is dirty' >&2
  exit 1
fi
echo "recorded: $1"
`;

/** A folder with a git repository, a scenario and a `belfry` command that only takes notes. */
export class ScriptedStage {
  readonly root = mkdtempSync(join(tmpdir(), 'belfry-'));
  readonly folder = join(this.root, 'work');
  readonly home = join(this.root, 'home');
  readonly env: Readonly<Record<string, string>>;
  readonly #programs: PtyProgram[] = [];

  constructor() {
    const bin = join(this.root, 'bin');
    for (const folder of [this.folder, bin]) mkdirSync(folder, { recursive: true });
    writeFileSync(join(bin, 'belfry'), belfryStub);
    chmodSync(join(bin, 'belfry'), 0o755);
    this.env = {
      HOME: this.root,
      PATH: [bin, dirname(process.execPath), process.env['PATH']].join(delimiter),
      TERM: 'xterm-256color',
      GIT_CONFIG_NOSYSTEM: '1',
      ...{ GIT_AUTHOR_NAME: 'Test', GIT_AUTHOR_EMAIL: 'test@belfry.invalid' },
      ...{ GIT_COMMITTER_NAME: 'Test', GIT_COMMITTER_EMAIL: 'test@belfry.invalid' },
    };
    this.git('init', '--quiet', '--initial-branch=main');
    this.git('commit', '--quiet', '--allow-empty', '--message', 'first');
  }

  /** Steps for T-1's first prompt, or a whole scenario without its name. */
  set scenario(text: string) {
    writeFileSync(join(this.root, 'scenario.yaml'), `name: a test\n${text}\n`);
  }

  get scenarioFile(): string {
    return join(this.root, 'scenario.yaml');
  }

  open(
    options: { role?: string; agent?: string; session?: string; args?: readonly string[] } = {},
  ): PtyProgram {
    const { role = 'engineer', agent = 'eng-1', session = 'session-1', args = [] } = options;
    const program = openProgram({
      file: process.execPath,
      args: [
        ...[scriptedEntry, 'scripted-agent', '--scenario', this.scenarioFile],
        ...['--role', role, '--agent', agent, '--session', session, '--home', this.home],
        ...['--speed', '20', ...args],
      ],
      cwd: this.folder,
      env: this.env,
    });
    this.#programs.push(program);
    return program;
  }

  /** Lines of what `belfry` was asked, words joined by `|`. */
  get claims(): readonly string[] {
    const text = this.#readOr(join(this.root, 'claims.txt'), '');
    return text.split('\n').filter(Boolean);
  }

  refuse(verb: string): void {
    writeFileSync(join(this.root, 'refused'), verb);
  }

  signals(session = 'session-1'): readonly Record<string, unknown>[] {
    const text = this.#readOr(join(this.home, `signals-${session}.jsonl`), '');
    return text
      .split('\n')
      .filter(Boolean)
      .map(line => JSON.parse(line));
  }

  read(file: string): string {
    return readFileSync(join(this.folder, file), 'utf8');
  }

  append(file: string, text: string): void {
    appendFileSync(join(this.folder, file), text);
  }

  git(...args: string[]): string {
    const run = spawnSync('git', args, { cwd: this.folder, env: this.env, encoding: 'utf8' });
    if (run.status !== 0) throw new Error(`git ${args.join(' ')}: ${run.stderr}`);
    return run.stdout.trim();
  }

  async close(): Promise<void> {
    await Promise.all(this.#programs.map(program => program.close()));
    rmSync(this.root, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }

  #readOr(path: string, otherwise: string): string {
    return existsSync(path) ? readFileSync(path, 'utf8') : otherwise;
  }
}

/** Pastes a message and submits it, as Belfry does. */
export function deliver(program: PtyProgram, firstLine: string, text = 'The text.'): void {
  program.press(`\x1b[200~Belfry ${firstLine}\n\n${text}\n\x1b[201~\r`);
}
