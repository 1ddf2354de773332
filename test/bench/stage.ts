import { execFileSync } from 'node:child_process';
import {
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
import { openProgram, type PtyProgram } from '../support/pty-driver.ts';

const program = fileURLToPath(new URL('../../dist/belfry.js', import.meta.url));
const probe = fileURLToPath(new URL('lag-probe.mjs', import.meta.url));

/** A repository with a scripted team that does what it is told, and the built program on it. */
export class Stage {
  readonly root = mkdtempSync(join(tmpdir(), 'belfry-bench-'));
  readonly repository = join(this.root, 'repository');
  readonly env: Readonly<Record<string, string>>;
  #running: PtyProgram | null = null;

  constructor(team: {
    readonly engineers: number;
    readonly tasks: number;
    readonly steps: string;
    /** Lines of team.yaml's policy. */
    readonly policy?: string;
  }) {
    const bin = join(this.root, 'bin');
    mkdirSync(join(this.repository, '.belfry', 'tasks'), { recursive: true });
    mkdirSync(bin);
    // Counts the git processes that Belfry starts: one line each.
    const git = execFileSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim();
    writeFileSync(
      join(bin, 'git'),
      `#!/bin/sh\necho x >> '${this.root}/git-calls'\nexec ${git} "$@"\n`,
    );
    chmodSync(join(bin, 'git'), 0o755);
    this.env = {
      ...{ HOME: this.root, XDG_STATE_HOME: join(this.root, 'state'), TERM: 'xterm-256color' },
      ...{
        LANG: 'C.UTF-8',
        GIT_CONFIG_NOSYSTEM: '1',
        BELFRY_LAG_FILE: join(this.root, 'lag.json'),
      },
      PATH: [bin, dirname(process.execPath), process.env['PATH']].join(delimiter),
    };
    this.#write('.belfry/team.yaml', `${teamFile(team.engineers)}${team.policy ?? ''}`);
    this.#write(
      '.belfry/scenario.yaml',
      `name: a bench\nengineer:\n  any:\n    task:\n${team.steps}`,
    );
    for (let id = 1; id <= team.tasks; id += 1)
      this.#write(
        `.belfry/tasks/T-${id}.md`,
        `---\nid: T-${id}\ntitle: Task ${id}\nstatus: ready\n---\n`,
      );
    for (const args of [
      ['init', '--quiet', '--initial-branch=main'],
      ['add', '--all'],
      [
        '-c',
        'user.name=Bench',
        '-c',
        'user.email=bench@belfry.invalid',
        'commit',
        '--quiet',
        '-m',
        'first',
      ],
    ])
      execFileSync('git', args, { cwd: this.repository });
  }

  #write(path: string, text: string): void {
    writeFileSync(join(this.repository, path), text);
  }

  /**
   * Resolves when the page is there and the agents are. The pid is the program's own. The probe for
   * `lagMs` takes about 2 % of a core itself.
   */
  async open({ withProbe = false } = {}): Promise<PtyProgram> {
    const args = [...(withProbe ? ['--import', probe] : []), program, 'run'];
    const { repository: cwd, env } = this;
    this.#running = openProgram({
      ...{ file: process.execPath, args, cwd, env, cols: 160, rows: 50 },
    });
    await this.#running.waitFor('eng-1', { timeoutMs: 30_000 });
    return this.#running;
  }

  gitCalls(): number {
    const file = join(this.root, 'git-calls');
    return existsSync(file) ? readFileSync(file, 'utf8').length / 2 : 0;
  }

  /** Delay of the event loop since the last call, 99th percentile in milliseconds. */
  lagMs(): number {
    return JSON.parse(readFileSync(join(this.root, 'lag.json'), 'utf8')).p99;
  }

  /** Processor time of the program so far, milliseconds (Linux: clock ticks of 10 ms). */
  cpuMs(): number {
    const stat = readFileSync(`/proc/${this.#running?.pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) * 10;
  }

  memoryMb(): number {
    const status = readFileSync(`/proc/${this.#running?.pid}/status`, 'utf8');
    return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
  }

  async close(): Promise<void> {
    // In order, so that the agents are ended, too.
    this.#running?.kill('SIGTERM');
    await this.#running?.exited;
    await this.#running?.close();
    rmSync(this.root, { recursive: true, force: true });
  }
}

const teamFile = (engineers: number) => `gate: "true"
roles:
  architect: { cli: scripted }
  manager: { cli: scripted }
  engineer: { cli: scripted, count: ${engineers} }
scenario: .belfry/scenario.yaml
`;
