import type { Role } from '../../core/agent.ts';
import { fieldOf, type TextField } from '../model/text-field.ts';

/** An agent CLI that can be chosen. `version` is undefined while the program is still being asked. */
export type OfferedCli = {
  readonly name: string;
  readonly version: string | null | undefined;
  readonly login: {
    readonly isSeen: boolean;
    readonly words: string;
    /** Variables that replace a login that is not there. Their names are written into team.yaml. */
    readonly passes: readonly string[];
  };
};

/** What was found on this machine and in the repository. */
export type SetupFacts = {
  readonly repository: string;
  readonly gate: { readonly command: string; readonly foundIn: string } | null;
  /** What each new worktree needs first. */
  readonly setup: { readonly command: string; readonly foundIn: string } | null;
  readonly offered: readonly OfferedCli[];
  /** Names of agent CLIs that Belfry knows and this machine has not. */
  readonly missing: readonly string[];
  /** Who fills which role unless the person chooses otherwise. */
  readonly defaults: Readonly<Record<Role, string>>;
};

/** Facts come in while the page is already drawn: programs take seconds to tell their version. */
export type FactsSource = {
  get(): SetupFacts;
  subscribe(listener: () => void): () => void;
};

export const setupRows = ['gate', 'architect', 'manager', 'engineer', 'engineers'] as const;
export type SetupRow = (typeof setupRows)[number];

/** What the person has chosen so far; what is null or absent follows the facts. */
export type Setup = {
  readonly row: SetupRow;
  readonly gate: TextField | null;
  readonly isEditing: boolean;
  readonly engineers: number;
  readonly clis: Partial<Readonly<Record<Role, string>>>;
  /** Why the last start was refused. */
  readonly problem: string | null;
  readonly isStarting: boolean;
};

/** What is written. */
export type Choice = {
  readonly gate: { readonly command: string; readonly foundIn: string };
  readonly setup: SetupFacts['setup'];
  readonly engineers: number;
  readonly clis: Readonly<Record<Role, string>>;
  /** Names of variables that each role is to get. */
  readonly env: Readonly<Record<Role, readonly string[]>>;
};

/** Three in parallel is what one person can follow, and what one gate keeps up with. */
const engineersByDefault = 3;

export const firstSetup: Setup = {
  row: 'gate',
  gate: null,
  isEditing: false,
  engineers: engineersByDefault,
  clis: {},
  problem: null,
  isStarting: false,
};

/** Plays a scenario and needs no model; part of Belfry, so it can always be chosen. */
export const scriptedCli = 'scripted';

export const gateField = (setup: Setup, facts: SetupFacts): TextField =>
  setup.gate ?? fieldOf(facts.gate?.command ?? '');

export const cliOf = (setup: Setup, facts: SetupFacts, role: Role): string =>
  setup.clis[role] ?? facts.defaults[role];

export function choiceOf(setup: Setup, facts: SetupFacts): Choice {
  const command = gateField(setup, facts).text.trim();
  const isGuess = command === facts.gate?.command;
  return {
    gate: { command, foundIn: isGuess && facts.gate ? facts.gate.foundIn : 'you, at the set-up' },
    setup: facts.setup,
    engineers: setup.engineers,
    clis: byRole(role => cliOf(setup, facts, role)),
    env: byRole(role => loginFor(cliOf(setup, facts, role), facts)?.passes ?? []),
  };
}

const byRole = <Value>(of: (role: Role) => Value): Readonly<Record<Role, Value>> => ({
  architect: of('architect'),
  manager: of('manager'),
  engineer: of('engineer'),
});

export const loginFor = (name: string, { offered }: SetupFacts): OfferedCli['login'] | undefined =>
  offered.find(one => one.name === name)?.login;
