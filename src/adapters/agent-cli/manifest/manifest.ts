import type { AgentStatus } from '../../../core/agent.ts';
import type { Permissions } from '../../../ports/team-config.ts';
import type { ChannelName } from './channels.ts';

/** What a screen or title can mean, in the order in which the rules are tried. */
export type ManifestRule = {
  readonly in: 'title' | 'screen' | 'notification';
  /** Only the last so many lines that are not empty; of the title, all. */
  readonly rows: number;
  /** Of the lines that match this, only the lowest is looked at; null: every line. */
  readonly newest: RegExp | null;
  readonly match: RegExp;
  /** Lines right below it that go on with it, where the edge of the screen broke it; null: none does. */
  readonly joins: RegExp | null;
  /**
   * What all the lines above it, that are not empty, must fit as one text. Its first group, where it has one, is
   * what is said. Null: whatever stands there.
   */
  readonly under: RegExp | null;
  readonly status: AgentStatus | null;
  readonly allows: readonly AgentStatus[];
  /** In words, after “its screen says”; null: the text that matched. */
  readonly says: string | null;
  /** Where the text of a question stands: its first group that is there. Rows that fit `joins`, too, are one text. */
  readonly asks: RegExp | null;
  /** Who can mend what failed; null: perhaps nobody need, and it is tried again. */
  readonly mendedBy: 'person' | null;
};

/** Dotted paths of numbers in the lines of a JSON-lines file. */
export type ManifestUsage = {
  /** With {session}, {worktree} and {userHome}. */
  readonly file: string;
  /** `sum`: each line tells what it used; `latest`: the newest line tells all. */
  readonly counts: 'sum' | 'latest';
  readonly input: string | null;
  /** Part of `input` that came from the provider's cache. */
  readonly cached: string | null;
  readonly output: string | null;
  readonly costUsd: string | null;
  /** Size of the context window, to tell how much of it the newest input fills. */
  readonly window: string | number | null;
};

/** An agent CLI described by a file: everything Belfry needs, and no code. */
export type Manifest = {
  readonly name: string;
  /** Found on PATH. */
  readonly program: string;
  /** Versions it was written for, for the person. */
  readonly versions: string;
  /** For the person: what the program could tell, and these rules do not read. */
  readonly notes: readonly string[];
  /** How a login shows: see `Abilities`. */
  readonly login: { readonly files: readonly string[]; readonly variables: readonly string[] };
  readonly launch: {
    readonly args: readonly string[];
    /** Added to name a new session with {session}. */
    readonly session: readonly string[];
    /** Added instead to go on with it, with its id; empty: it cannot be resumed. */
    readonly resume: readonly string[];
    readonly model: readonly string[];
    /** Carries the role's {instructions}; empty: they go before the first message. */
    readonly instructions: readonly string[];
    readonly permissions: Readonly<Record<Permissions, readonly string[]>>;
    readonly env: Readonly<Record<string, string>>;
    /** Names of further variables that are passed on. */
    readonly environment: readonly string[];
  };
  readonly keys: {
    readonly submitDelayMs: number;
    readonly interrupt: string;
    readonly exit: string;
    /** Key bytes; null: no answer can be typed. */
    readonly yes: string | null;
    readonly no: string | null;
  };
  readonly rules: readonly ManifestRule[];
  readonly usage: ManifestUsage | null;
  /** Further signals of the program that Belfry knows how to ask for; null: none. */
  readonly channel: ChannelName | null;
};
