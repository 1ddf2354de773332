import { isAbsolute } from 'node:path';
import type { Role } from '../../core/agent.ts';
import { wordsFor } from '../../core/briefing/role-words.ts';
import { type AgentId, isAgentId } from '../../core/ids.ts';
import { saidCharsMax } from '../../core/limits.ts';
import type { Io } from '../io.ts';
import { UserError } from '../user-error.ts';

/** Who runs the command, as Belfry told its terminal. */
export type AgentContext = {
  readonly agent: AgentId;
  readonly role: Role;
  readonly worktree: string;
};

const roles: readonly Role[] = ['architect', 'manager', 'engineer'];

/** Throws `UserError` outside an agent's terminal, and for a role whose word this is not. */
export function agentContext(verb: string, io: Io, allowed: readonly Role[]): AgentContext {
  const agent = io.env['BELFRY_AGENT'] ?? '';
  const role = roles.find(one => one === io.env['BELFRY_ROLE']);
  const worktree = io.env['BELFRY_WORKTREE'] ?? '';
  if (!isAgentId(agent) || role === undefined || !isAbsolute(worktree))
    throw new UserError(
      `“${verb}” is for the agents of a running team, in their own terminals. ` +
        'On the page, ? shows the keys that do the same for you.',
      2,
    );
  if (!allowed.includes(role))
    throw new UserError(
      `“${verb}” is for the ${allowed.join(' and the ')}; you are the ${role}. ${wordsFor(role)}.`,
    );
  return { agent, role, worktree };
}

/** The words given at a place (`--why`, `the note`). Throws `UserError` when there are none, or too many. */
export function wordsOf(place: string, text: string): string {
  const words = text.trim();
  if (words === '') throw new UserError(`${place} says nothing.`, 2);
  if (words.length > saidCharsMax)
    throw new UserError(
      `${place} has ${words.length} characters, and at most ${saidCharsMax} are read: ` +
        'put the rest into a file, and name it.',
      2,
    );
  return words;
}
