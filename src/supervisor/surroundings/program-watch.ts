import type { AgentId } from '../../core/ids.ts';
import type { AgentCli } from '../../ports/agent-cli.ts';
import type { FoundConcern } from '../../ports/concern.ts';
import type { Environment, Host } from '../../ports/host.ts';
import type { Terminal } from '../../ports/terminals.ts';

/** One agent whose program is watched. */
export type Resident = {
  readonly agent: AgentId;
  readonly cli: AgentCli;
  /** With the PATH on which its program is looked for. */
  readonly env: Environment;
  /** The terminal that it runs in at the moment; null before its first. */
  terminal(): Terminal | null;
};

type Started = {
  readonly terminal: Terminal;
  readonly mark: string;
  /** Undefined until it was asked. */
  version: string | null | undefined;
};

/** Newest look at one program. */
type Known = { readonly mark: string; readonly version: string | null };

/** An installer takes its time: a program that is not there counts as gone when it stays away for this many looks. */
const missedLooksMax = 2;

/**
 * Notices that an agent CLI was replaced while agents run it. The file tells that something changed, and its
 * version whether that matters; the version is asked once for each file, and for each start that may have met a
 * new one behind the same file.
 */
export class ProgramWatch {
  readonly #host: Host;
  readonly #residents: readonly Resident[];
  readonly #started = new Map<AgentId, Started>();
  readonly #known = new Map<string, Known>();
  readonly #seenMarks = new Map<string, string>();
  readonly #missed = new Map<string, number>();
  readonly #stopping = new AbortController();
  #asking: Promise<string | null> = Promise.resolve(null);

  constructor(host: Host, residents: readonly Resident[]) {
    this.#host = host;
    // The scripted agents are part of this very program.
    this.#residents = residents.filter(({ cli }) => !cli.isScripted);
  }

  /** To be called when a terminal was opened: its program is the one that is there at this moment. */
  noteStarts(): void {
    for (const resident of this.#residents) {
      const terminal = resident.terminal();
      if (terminal === null || this.#started.get(resident.agent)?.terminal === terminal) continue;
      const mark = this.#programOf(resident)?.mark;
      if (mark === undefined) {
        this.#started.delete(resident.agent);
        continue;
      }
      this.#started.set(resident.agent, { terminal, mark, version: undefined });
      this.#seenMarks.set(resident.cli.name, mark);
    }
  }

  /** Resolves when no program runs that was asked for its version. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#asking;
  }

  async look(): Promise<readonly FoundConcern[]> {
    const concerns: FoundConcern[] = [];
    const names = new Set(this.#residents.map(({ cli }) => cli.name));
    for (const name of names) {
      const users = this.#residents.filter(({ cli }) => cli.name === name);
      const concern = await this.#lookAt(name, users);
      if (concern !== null) concerns.push(concern);
    }
    return concerns;
  }

  async #lookAt(name: string, users: readonly Resident[]): Promise<FoundConcern | null> {
    const [first] = users;
    if (first === undefined) return null;
    const found = this.#programOf(first);
    if (found === null) return this.#missing(name, first, users);
    this.#missed.delete(name);
    // A file that has just changed may not be whole yet.
    const isSettled = this.#seenMarks.get(name) === found.mark;
    this.#seenMarks.set(name, found.mark);
    const running = users.flatMap(({ agent, terminal }) => {
      const started = this.#started.get(agent);
      const isUp =
        started !== undefined && started.terminal === terminal() && !started.terminal.exit;
      return isUp ? [{ agent, started }] : [];
    });
    const known = this.#known.get(name);
    const isNew = running.some(({ started }) => started.version === undefined);
    if (isSettled && (isNew || known?.mark !== found.mark)) {
      this.#asking = this.#host.version(found.path, first.env, this.#stopping.signal);
      const version = await this.#asking;
      this.#known.set(name, { mark: found.mark, version });
      for (const { started } of running)
        if (started.version === undefined)
          started.version = started.mark === found.mark ? version : null;
    }
    return this.#updated(first.cli, running);
  }

  #updated(
    cli: AgentCli,
    running: readonly { readonly agent: AgentId; readonly started: Started }[],
  ): FoundConcern | null {
    const known = this.#known.get(cli.name);
    if (known === undefined) return null;
    const old = running.filter(({ started }) => differs(started, known));
    if (old.length === 0) return null;
    const from = old.map(({ started }) => started.version).find(version => version != null) ?? null;
    const { version: to } = known;
    return {
      ...{
        kind: 'updated',
        key: `updated ${cli.name} ${known.mark} ${to}`,
        cli: cli.name,
        from,
        to,
      },
      wasSeen: wasSeen(to, cli.abilities.versions),
      agents: old.map(({ agent }) => agent),
    };
  }

  #missing(name: string, { cli }: Resident, users: readonly Resident[]): FoundConcern | null {
    const misses = (this.#missed.get(name) ?? 0) + 1;
    this.#missed.set(name, misses);
    if (misses < missedLooksMax) return null;
    const { program } = cli.abilities;
    const agents = users.map(({ agent }) => agent);
    return { kind: 'missing', key: `missing ${name}`, cli: name, program, agents };
  }

  #programOf({ cli, env }: Resident) {
    return this.#host.program(cli.abilities.program, env);
  }
}

/** The same version installed again is no other program; where no version is told, the file decides. */
function differs(started: Started, known: Known): boolean {
  if (started.version != null && known.version !== null) return started.version !== known.version;
  return started.mark !== known.mark;
}

const numbers = /\d+\.\d+\.\d+/g;

function wasSeen(version: string | null, seen: string): boolean | null {
  const [own] = version?.match(numbers) ?? [];
  const known: readonly string[] = seen.match(numbers) ?? [];
  return own === undefined || known.length === 0 ? null : known.includes(own);
}
