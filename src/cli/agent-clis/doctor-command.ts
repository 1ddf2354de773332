import { join } from 'node:path';
import { agentCliNames } from '../../adapters/agent-cli/registry.ts';
import { openRepository } from '../../adapters/git/open-repository.ts';
import { programVersion } from '../../adapters/host/program-version.ts';
import type { Role } from '../../core/agent.ts';
import { cleanBlock, cleanText } from '../../lib/clean-text.ts';
import type { AgentCli } from '../../ports/agent-cli.ts';
import type { TeamConfig } from '../../ports/team-config.ts';
import { blindBudgets } from '../../supervisor/blind-budgets.ts';
import type { Io } from '../io.ts';
import { parseCommand } from '../parse-arguments.ts';
import { hasTeamFile } from '../team-file/has-team-file.ts';
import { loadTeamFile } from '../team-file/load-team-file.ts';
import { UserError } from '../user-error.ts';
import { type Finding, settingsFinding, teamFindings } from './check-setup.ts';
import { examineCli } from './examine-cli.ts';
import { loadAgentManifests } from './load-agent-manifests.ts';
import { plainCli, unpassedKeys } from './login.ts';
import { tmuxFinding } from './tmux-finding.ts';

const roles = ['architect', 'manager', 'engineer'] as const;
const oldestNode = [22, 22] as const;

/** `belfry doctor`: what is there, what is missing, and how to mend it. Reads no secret, changes nothing. */
export async function runDoctorCommand(args: readonly string[], io: Io): Promise<number> {
  parseCommand(args, { flags: {}, positionals: [0, 0] });
  const repository = await openRepository(io.cwd);
  const root = repository.ok ? repository.root : null;
  const manifests = loadAgentManifests(root);
  const team = root === null ? null : await teamOf(root, manifests);
  const findings: Finding[] = [
    nodeFinding(),
    await gitFinding(io),
    repository.ok
      ? {
          isGood: true,
          text: `repository ${repository.root}, on ${repository.branch ?? 'no branch'}`,
        }
      : { isGood: false, text: 'no repository to work on', remedy: repository.message },
    ...(team === null ? [] : [team.finding]),
    ...(repository.ok && team?.config ? await teamFindings(repository, team.config, io) : []),
    ...(team?.config ? unpassedKeys(team.config, manifests, io.env) : []).map(remedy => ({
      ...{ isGood: false, text: 'a key that agents do not get', remedy },
    })),
    await settingsFinding(io.env),
    ...[await tmuxFinding(io.env)].filter(one => one !== null),
  ];
  io.stdout(`${findings.map(findingLine).join('\n')}\n\nAgent CLIs\n`);
  const places: { readonly role: Role; readonly cli: AgentCli }[] = [];
  const used = new Set(Object.values(team?.config?.roles ?? {}).map(role => role.cli));
  let isMissing = false;
  for (const name of agentCliNames(manifests)) {
    const cli = plainCli(name, manifests);
    for (const role of roles)
      if (team?.config?.roles[role].cli === name) places.push({ role, cli });
    const using = Object.values(team?.config?.roles ?? {}).filter(role => role.cli === name);
    const examined = await examineCli(
      cli,
      io.env,
      using.flatMap(role => role.env),
    );
    const isNeeded = !examined.isInstalled && used.has(name);
    if (isNeeded) isMissing = true;
    const remedy = isNeeded ? ': install it, or change “cli” in .belfry/team.yaml' : '';
    const use = used.has(name) ? `\n      used by this team${remedy}` : '';
    io.stdout(`${examined.lines.join('\n')}${use}\n`);
  }
  if (team?.config)
    for (const said of blindBudgets(team.config.policy, places)) io.stdout(`\n  ! ${said}`);
  io.stdout('\n');
  return findings.every(one => one.isGood) && !isMissing ? 0 : 1;
}

const indented = (text: string): string =>
  cleanBlock(text)
    .split('\n')
    .map(row => `      ${row}`)
    .join('\n');

const findingLine = ({ isGood, text, remedy }: Finding): string =>
  `  ${isGood ? '✓' : '✗'} ${cleanText(text)}${remedy === undefined ? '' : `\n${indented(remedy)}`}`;

function nodeFinding(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const isGood = major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1]);
  const text = `Node ${process.versions.node}`;
  return isGood
    ? { isGood, text }
    : { isGood, text, remedy: `Belfry needs ${oldestNode.join('.')} or newer: install it.` };
}

async function gitFinding(io: Io): Promise<Finding> {
  const version = await programVersion('git', io.env);
  if (version === null)
    return { isGood: false, text: 'git is missing', remedy: 'Install git 2.38 or newer.' };
  const [, major = '0', minor = '0'] = /(\d+)\.(\d+)/.exec(version) ?? [];
  const isGood = Number(major) > 2 || (Number(major) === 2 && Number(minor) >= 38);
  return isGood
    ? { isGood, text: version }
    : { isGood, text: version, remedy: 'Too old: install git 2.38 or newer (merge-tree).' };
}

async function teamOf(
  root: string,
  manifests: ReturnType<typeof loadAgentManifests>,
): Promise<{ readonly finding: Finding; readonly config: TeamConfig | null }> {
  const path = join(root, '.belfry', 'team.yaml');
  if (!hasTeamFile(root)) {
    const remedy = '“belfry init” writes one to begin with.';
    return { finding: { isGood: false, text: 'no team yet', remedy }, config: null };
  }
  try {
    const config = await loadTeamFile(path, manifests);
    return { finding: { isGood: true, text: `team ${path}` }, config };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return {
      finding: { isGood: false, text: 'the team file', remedy: error.message },
      config: null,
    };
  }
}
