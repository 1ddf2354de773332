import { delimiter, dirname } from 'node:path';
import type { Role } from '../../core/agent.ts';
import type { AgentId } from '../../core/ids.ts';
import type { Io } from '../io.ts';
import type { OpenedRepository } from '../open-state.ts';

/** What every agent CLI may know of the person's environment. Everything else needs a name in team.yaml. */
const passedOn: readonly string[] = [
  ...['HOME', 'USER', 'LOGNAME', 'SHELL', 'LANG', 'TZ', 'TMPDIR'],
  ...['XDG_CONFIG_HOME', 'XDG_DATA_HOME', 'XDG_CACHE_HOME', 'XDG_STATE_HOME'],
  ...['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'http_proxy', 'https_proxy', 'no_proxy'],
  ...['SSL_CERT_FILE', 'SSL_CERT_DIR', 'NODE_EXTRA_CA_CERTS'],
];

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
  const names = [
    ...passedOn,
    ...of.names,
    ...Object.keys(io.env).filter(name => name.startsWith('LC_')),
  ];
  const kept = names.flatMap(name => {
    const value = io.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    ...Object.fromEntries(kept),
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

/** The person's PATH behind the folder of the Node that runs Belfry. */
export const pathWithNode = (io: Io): string =>
  [dirname(process.execPath), io.env['PATH'] ?? '/usr/bin:/bin'].join(delimiter);
