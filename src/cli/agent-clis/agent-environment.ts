import { delimiter } from 'node:path';
import type { Role } from '../../core/agent.ts';
import type { AgentId } from '../../core/ids.ts';
import type { Io } from '../io.ts';
import type { OpenedRepository } from '../open-state.ts';
import { passedEnvironment, pathWithNode } from '../passed-environment.ts';

/** The whole environment of an agent's terminal. `names`: of further variables to pass on. */
export function agentEnvironment(
  opened: OpenedRepository,
  io: Io,
  of: {
    readonly agent: AgentId;
    readonly role: Role;
    readonly worktree: string;
    readonly names: readonly string[];
  },
): Readonly<Record<string, string>> {
  return {
    ...passedEnvironment(io.env, of.names),
    PATH: `${opened.state.bin}${delimiter}${pathWithNode(io)}`,
    TERM: 'xterm-256color',
    COLORTERM: 'truecolor',
    BELFRY_AGENT: of.agent,
    BELFRY_ROLE: of.role,
    BELFRY_WORKTREE: of.worktree,
    BELFRY_TAG: `${opened.state.root}/${of.agent}`,
    GIT_AUTHOR_NAME: `${of.agent} (Belfry)`,
    GIT_COMMITTER_NAME: `${of.agent} (Belfry)`,
    GIT_AUTHOR_EMAIL: `${of.agent}@belfry.invalid`,
    GIT_COMMITTER_EMAIL: `${of.agent}@belfry.invalid`,
  };
}
