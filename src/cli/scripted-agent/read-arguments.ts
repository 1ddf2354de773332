import { parseArgs } from 'node:util';
import type { Role } from '../../core/agent.ts';
import { type AgentId, isAgentId } from '../../core/ids.ts';
import { messageOf } from '../../lib/thrown.ts';
import { UserError } from '../user-error.ts';

export type ScriptedArguments = {
  readonly scenario: string;
  readonly role: Role;
  readonly agent: AgentId;
  readonly session: string;
  readonly home: string;
  readonly resume: boolean;
  /** Every duration is divided by it. */
  readonly speed: number;
};

const roles: readonly Role[] = ['architect', 'manager', 'engineer'];
export const speedMax = 1_000;
export const isSpeed = (speed: number): boolean => speed > 0 && speed <= speedMax;

/** Throws `UserError` with exit code 2 for a call that makes no sense. */
export function readArguments(argv: readonly string[]): ScriptedArguments {
  const { scenario, role, agent, session, home, resume, speed } = parsed(argv);
  const roleKnown = roles.find(one => one === role);
  if (roleKnown === undefined) throw wrong(`--role must be one of ${roles.join(', ')}`);
  if (agent === undefined || !isAgentId(agent)) throw wrong('--agent must be a name like eng-1');
  if (session === undefined || !/^[\w-]{1,64}$/.test(session))
    throw wrong('--session must be a UUID');
  if (scenario === undefined) throw wrong('--scenario FILE is missing');
  if (home === undefined) throw wrong('--home FOLDER is missing');
  const speedNumber = Number(speed ?? 1);
  if (!isSpeed(speedNumber)) throw wrong(`--speed must be a number above 0, at most ${speedMax}`);
  return {
    ...{ scenario, agent, session, home },
    ...{ role: roleKnown, resume: resume ?? false, speed: speedNumber },
  };
}

function parsed(argv: readonly string[]) {
  const word = { type: 'string' } as const;
  try {
    return parseArgs({
      args: [...argv],
      options: {
        ...{ scenario: word, role: word, agent: word, session: word, home: word, speed: word },
        resume: { type: 'boolean' },
      },
    }).values;
  } catch (error) {
    throw wrong(messageOf(error));
  }
}

const wrong = (reason: string) => new UserError(`scripted-agent: ${reason}`, 2);
