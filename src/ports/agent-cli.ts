import type { AgentStatus, Role } from '../core/agent.ts';
import type { AgentId } from '../core/ids.ts';

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
  /** A JSON-lines file that the CLI or its hooks append to; null where there is none. */
  readonly signalFile: string | null;
};

/** What the CLI itself reports beside its screen. */
export type Signal =
  | { readonly kind: 'status'; readonly status: AgentStatus; readonly reason: string }
  | {
      readonly kind: 'question';
      readonly id: string;
      readonly about: 'permission' | 'question';
      readonly text: string;
    }
  /** The prompt reached the CLI. */
  | { readonly kind: 'promptReceived' }
  | { readonly kind: 'usage'; readonly contextUsed: number | null; readonly costUsd: number | null }
  | { readonly kind: 'noise' };

export type StatusSigns = {
  /** The newest status or question signal and how long ago it came; null when none came yet. */
  readonly signal: { readonly signal: Signal; readonly ageMs: number } | null;
  readonly title: string;
  readonly lines: readonly string[];
  /** Time since the last byte from the terminal. */
  readonly quietMs: number;
};

export type StatusReading = {
  readonly status: AgentStatus;
  /** Which signal decided, for the person: "its own record says idle". */
  readonly reason: string;
  readonly question: {
    readonly id: string;
    readonly kind: 'permission' | 'question';
    readonly text: string;
  } | null;
};

/** Everything Belfry knows about one agent CLI program. Pure but for what `launch` is told. */
export interface AgentCli {
  readonly name: string;
  /** True for the CLI that plays scenarios; it is called scripted wherever it shows. */
  readonly isScripted: boolean;
  launch(request: LaunchRequest): LaunchPlan;
  /** One line of the signal file. Unknown or torn lines are `noise`. */
  parseSignal(line: string): Signal;
  /** Pure: what the signs mean, and why. `unknown` when they do not tell. */
  readStatus(signs: StatusSigns): StatusReading;
  /** Milliseconds between the end of a paste and Enter. */
  readonly submitDelayMs: number;
  /** Key bytes that interrupt a working turn. */
  readonly interruptKeys: string;
  /** Key bytes that answer the question now on the screen. */
  answerKeys(answer: 'yes' | 'no'): string;
}

/** Calls back with each whole line that is appended to a file, from its beginning. Returns what stops it. */
export type TailLines = (path: string, onLine: (line: string) => void) => () => void;
