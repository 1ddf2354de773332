import type { Policy } from '../core/policy.ts';
import type { GateCommand } from './gate.ts';

/** Whether an agent CLI asks before it acts. */
export type Permissions = 'ask' | 'auto-edit' | 'full';

export type RoleConfig = {
  /** Name of an agent CLI that Belfry knows. */
  readonly cli: string;
  readonly model: string | null;
  /** Further arguments of the agent CLI, after Belfry's own. */
  readonly args: readonly string[];
  readonly count: number;
  /** A file with standing instructions instead of Belfry's own, relative to the repository. */
  readonly prompt: string | null;
  /** Names of environment variables passed on beside the usual ones. */
  readonly env: readonly string[];
  readonly permissions: Permissions;
};

/** `.belfry/team.yaml`, checked, with every default filled in. */
export type TeamConfig = {
  /** Name of the branch to land on; null: the one checked out at the first start. */
  readonly trunk: string | null;
  /** Run on every merge result, in this order; at least one. */
  readonly gate: readonly GateCommand[];
  /** Bounds of the tasks' own acceptance commands. */
  readonly acceptance: { readonly timeoutMs: number; readonly silenceMs: number };
  /** Names of environment variables that gate, setup and acceptance commands get beside the usual ones. */
  readonly env: readonly string[];
  /** What makes a fresh worktree usable. */
  readonly setup: {
    readonly command: string | null;
    /** Files of the person's checkout that git does not have, relative to the repository. */
    readonly copy: readonly string[];
    readonly timeoutMs: number;
  };
  readonly roles: {
    readonly architect: RoleConfig;
    readonly manager: RoleConfig;
    readonly engineer: RoleConfig;
  };
  readonly policy: Policy;
  /** What scripted agents play, relative to the repository. */
  readonly scenario: string | null;
};

/** One thing to mend in team.yaml; line and column from 1. */
export type TeamProblem = {
  readonly line: number;
  readonly column: number;
  /** `roles.engineer.count`; empty for the file as a whole. */
  readonly path: string;
  readonly message: string;
};
