import type { AgentStatus, Role } from '../core/agent.ts';
import type { AgentId, Instant } from '../core/ids.ts';
import type { Tokens } from '../core/usage/usage.ts';
import type { Permissions } from './team-config.ts';

export type LaunchRequest = {
  readonly agent: AgentId;
  readonly role: Role;
  /** The session to create, or to go on with. A UUID. */
  readonly session: string;
  readonly resume: boolean;
  readonly worktree: string;
  /** A private folder of this agent outside every repository, for settings and signal files. */
  readonly home: string;
  readonly model: string | null;
  readonly permissions: Permissions;
  readonly args: readonly string[];
  /** The role's standing instructions. */
  readonly systemPrompt: string;
  /** Environment already reduced to the allow-list. */
  readonly env: Readonly<Record<string, string>>;
};

export type LaunchPlan = {
  readonly file: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** It goes on with what the session held. False: it begins empty, also where it was asked to resume. */
  readonly continues: boolean;
  /** What to follow beside the terminal, once the program runs as `pid`. */
  sources(pid: number): readonly SignalSource[];
};

/** A file in which the agent CLI, or a hook in it, tells what happens. It need not exist yet. */
export type SignalSource = {
  /** In words for the person: `its hooks`, `its session file`. */
  readonly name: string;
  readonly path: string;
  /**
   * `lines`: each whole line, once. `newLines`: only what is appended from now on. `whole`: a small file, as
   * often as it is replaced, or the names in a folder, one a line, as often as they change.
   */
  readonly reading: 'lines' | 'newLines' | 'whole';
  /** What one line or one content says. Unknown and torn text says nothing. May remember what came before. */
  parse(text: string): readonly Signal[];
};

export type AskedQuestion = {
  readonly id: string;
  readonly kind: 'permission' | 'question';
  readonly text: string;
};

/** What one source says about the state. */
export type Sign = {
  /** What it names; null when it only rules others out. */
  readonly status: AgentStatus | null;
  /** Every status that it does not contradict. */
  readonly allows: readonly AgentStatus[];
  /** In words, after “says”: `busy`, `401 invalid key`. */
  readonly says: string;
  /** It counts for no longer than this; null: until the source says something else. */
  readonly holdsForMs: number | null;
  readonly question: AskedQuestion | null;
  /**
   * When a failed or limited agent may go on: an instant, or null when only a person can mend the cause.
   * Undefined: not told.
   */
  readonly until?: Instant | null;
};

/** What the agent CLI reports beside its screen. */
export type Signal =
  | { readonly kind: 'sign'; readonly sign: Sign }
  /** The prompt reached the CLI. */
  | { readonly kind: 'promptReceived' }
  /** Null: this source does not tell. */
  | {
      readonly kind: 'usage';
      /** Part of the context window in use, 0 to 1. */
      readonly contextUsed: number | null;
      /** Dollars of the session so far. */
      readonly costUsd: number | null;
      readonly tokens: Tokens | null;
      /** The model that answers, by the name that its provider gives it; left out where it is not told. */
      readonly model?: string;
      /** Tokens of the whole context window; left out where it is not told. */
      readonly contextWindow?: number;
    }
  /** There is another file to follow. Told again, it is followed once. */
  | { readonly kind: 'follow'; readonly source: SignalSource };

export type StatusSigns = {
  /** The newest sign of each source and how long ago it came, in the order of `Abilities.signals`. */
  readonly told: readonly {
    readonly source: string;
    readonly sign: Sign;
    readonly ageMs: number;
  }[];
  readonly title: string;
  /** The newest notification that it asked its terminal for; empty before the first. */
  readonly notification: string;
  readonly lines: readonly string[];
  /** Time since the last byte from the terminal. */
  readonly quietMs: number;
  /** The instant of the reading: screens tell times of day. */
  readonly now: Instant;
};

export type StatusReading = {
  readonly status: AgentStatus;
  /** Which signal decided, for the person: "its own record says idle". */
  readonly reason: string;
  readonly question: AskedQuestion | null;
  readonly until?: Instant | null;
  /** What every source said, for `belfry explain`. */
  readonly evidence: readonly { readonly source: string; readonly says: string }[];
};

/** What Belfry can do with an agent CLI, for the person. */
export type Abilities = {
  /** The program's name on the PATH. */
  readonly program: string;
  /** Versions that were seen at work; others may differ. */
  readonly versions: string;
  /** Names of the sources of its state, the strongest first. */
  readonly signals: readonly string[];
  /** `session`: by its id; `newest`: the newest one of the worktree; `no`: a handoff replaces it. */
  readonly resumes: 'session' | 'newest' | 'no';
  readonly usage: readonly ('context' | 'tokens' | 'cost')[];
  /**
   * How long its processes may stand still in the middle of a turn; a longer pause interrupts it. Null: for ever.
   */
  readonly holdsForMs: number | null;
  /** What its permission questions show: the command itself, only that it asks, or nothing that tells them apart. */
  readonly asks: 'command' | 'that it asks' | 'not told apart';
  /** Whether they can be answered from the page. */
  readonly isAnswered: boolean;
  /** In sentences: what the program could tell and Belfry does not read. */
  readonly notes: readonly string[];
  /** Files that are there when somebody has logged in; with {userHome}. Their content is never read. */
  readonly loginFiles: readonly string[];
  /** Variables that replace a login. Only whether they are set is looked at. */
  readonly loginVariables: readonly string[];
  /** The command that logs in with the key in such a variable, where the variable alone is not enough. */
  readonly keyLogin?: string;
  /** A turn that is interrupted leaves nothing in its session, its prompt included. */
  readonly forgetsCutTurn?: boolean;
  /** Somebody may have logged in though no file shows it. */
  readonly hidesLogin?: boolean;
};

/** What is kept about an agent for `belfry explain`, replaced as it changes. */
export type ReadingNote = {
  readonly at: Instant;
  readonly agent: AgentId;
  readonly session: string;
  readonly cli: string;
  readonly title: string;
  readonly reading: StatusReading;
  /** The status that was reported, while a contradiction is still doubted. */
  readonly reported: AgentStatus | null;
  readonly tokens: Tokens | null;
};

/** The newest note of each agent, for who looks from beside. Never throws. */
export interface ReadingNotes {
  keep(note: ReadingNote): void;
  /** Writes what waits. Nothing is written after it. */
  close(): void;
}

/** Key bytes; when they are not the last, the screen is read again before the next are typed. */
export type AnswerKeys = { readonly keys: string; readonly isLast: boolean };

/** Everything Belfry knows about one agent CLI program. Pure but for what `launch` does. */
export interface AgentCli {
  readonly name: string;
  /** True for the CLI that plays scenarios; it is called scripted wherever it shows. */
  readonly isScripted: boolean;
  readonly abilities: Abilities;
  /** Variables that say where the program keeps its files and how it reaches its provider; no secrets. */
  readonly environment: readonly string[];
  /** Where it keeps its sessions, with the environment of its launch; null: in no place but the agent's `home`. */
  sessionsFolder(env: Readonly<Record<string, string | undefined>>): string | null;
  /** False when a launch cannot carry the role's instructions: they go before the first message. */
  readonly takesInstructions: boolean;
  /**
   * The command line, for an agent whose `home` exists. Writes what the program needs into `home`, and nowhere
   * else. A session that cannot be resumed is begun afresh. Throws an
   * `Error` that says what to do when it cannot be started as asked.
   */
  launch(request: LaunchRequest): LaunchPlan;
  /** Pure: what the signs mean, and why. `unknown` when they do not tell or contradict each other. */
  readStatus(signs: StatusSigns): StatusReading;
  /** Milliseconds between the end of a paste and Enter. */
  readonly submitDelayMs: number;
  /** Key bytes that interrupt a working turn. */
  readonly interruptKeys: string;
  /** Key bytes that end the program when it waits for input. */
  readonly exitKeys: string;
  /** What answers the question on this screen; null when the screen shows none that it would fit. */
  answerKeys(answer: 'yes' | 'no', lines: readonly string[]): AnswerKeys | null;
  /**
   * Key bytes that close a dialog on this screen from which nothing follows, and which would swallow what is typed;
   * null when there is none. Left out: the program has no such dialog.
   */
  clearKeys?(lines: readonly string[]): string | null;
}

/** Calls back with each whole line that is appended to a file, once and in order. Returns what stops it. */
export type TailLines = (
  path: string,
  onLine: (line: string) => void,
  options?: { readonly from?: 'start' | 'end' },
) => () => void;

/** Calls back with the text of a small file, or the names in a folder, as often as it changes. Returns what stops it. */
export type WatchText = (path: string, onText: (text: string) => void) => () => void;
