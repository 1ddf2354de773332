import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Manifest } from '../adapters/agent-cli/manifest/manifest.ts';
import { loadPrices } from '../adapters/agent-cli/prices.ts';
import { keepNotes } from '../adapters/agent-cli/reading-notes.ts';
import { createAgentCli } from '../adapters/agent-cli/registry.ts';
import { createBoardFiles } from '../adapters/board/board-files.ts';
import { tailSignals } from '../adapters/following/signal-tail.ts';
import { watchText } from '../adapters/following/watch-text.ts';
import { createGate } from '../adapters/gate/shell-gate.ts';
import { createBranchRadar } from '../adapters/git/history/branch-radar.ts';
import { createRepositoryFacts } from '../adapters/git/history/repository-facts.ts';
import { prepareRepositories } from '../adapters/git/prepare-repositories.ts';
import { setUpWorktree } from '../adapters/git/set-up/set-up-worktree.ts';
import { createTrunk } from '../adapters/git/trunk.ts';
import { createWorktrees } from '../adapters/git/worktrees.ts';
import { host } from '../adapters/host/host.ts';
import { openJournal } from '../adapters/journal/file-journal.ts';
import { createMailbox } from '../adapters/mailbox/file-mailbox.ts';
import { openReceipts } from '../adapters/receipts/open-receipts.ts';
import { FileLog } from '../adapters/system/file-log.ts';
import { SystemClock } from '../adapters/system/system-clock.ts';
import type { TapFor } from '../adapters/terminal/pty-terminal.ts';
import { createTerminals } from '../adapters/terminal/terminals.ts';
import type { Role } from '../core/agent.ts';
import type { AgentId } from '../core/ids.ts';
import type { RoleConfig, TeamConfig } from '../ports/team-config.ts';
import type { Member, Team, World } from '../supervisor/world.ts';
import { agentEnvironment } from './agent-clis/agent-environment.ts';
import { assetsFolder } from './assets-folder.ts';
import type { Io } from './io.ts';
import type { OpenedRepository } from './open-state.ts';
import { commandEnvironment } from './passed-environment.ts';
import { defaultScenario } from './scripted-agent/scenario/scenario-file.ts';
import { readPrompt } from './team-file/read-prompt.ts';

type Given = {
  readonly opened: OpenedRepository;
  readonly team: TeamConfig;
  readonly io: Io;
  readonly manifests: ReadonlyMap<string, Manifest>;
  readonly epoch: number;
  readonly tapFor: TapFor;
};

/** The one place that builds everything: adapters behind ports, and the members of the team. */
export async function compose(given: Given): Promise<{ world: World; team: Team }> {
  const { opened, team, io, epoch, tapFor } = given;
  const { root: repository, state } = opened;
  const journal = await openJournal(state.journal, { epoch });
  const { gateLogs } = state;
  const [trunkName, { receipts, signer }] = await Promise.all([
    prepareRepositories({
      ...{ repository, state, wanted: team.trunk, current: opened.branch ?? '' },
    }),
    openReceipts({ folder: state.receipts, gateLogs, facts: journal.recovered.length }),
  ]);
  writeShim(state.bin);
  const { setup } = team;
  const commands = commandEnvironment(io, team.env);
  const log = new FileLog(state.log);
  const world: World = {
    clock: new SystemClock(),
    journal,
    terminals: createTerminals(tapFor),
    tailLines: tailSignals,
    watchText,
    notes: keepNotes(state.agents),
    worktrees: createWorktrees({
      state,
      setUp: (worktree, signal) =>
        setUpWorktree(worktree, { setup, repository, state, log, signal, ...commands }),
    }),
    trunk: createTrunk({ repository, state, trunkName, signer }),
    gate: createGate({ state, repository, setup, ...commands }),
    boardFiles: createBoardFiles({
      folder: join(repository, '.belfry', 'tasks'),
      record: state.boardRecord,
    }),
    facts: createRepositoryFacts({ gitDir: state.hub }),
    radar: createBranchRadar({ state }),
    mailbox: createMailbox({ log }),
    receipts,
    host,
    log,
  };
  const { gate, acceptance } = team;
  const policy = withSetupTime(team);
  return { world, team: { members: membersOf(given), policy, gate, acceptance } };
}

/** An agent whose worktree is being set up has not shown its prompt yet, and is not late. */
function withSetupTime({ policy, setup }: TeamConfig): TeamConfig['policy'] {
  if (setup.command === null) return policy;
  return { ...policy, startTimeoutMs: policy.startTimeoutMs + setup.timeoutMs };
}

/** One architect, one manager, engineers numbered from 1. */
function membersOf(given: Given): readonly Member[] {
  const { architect, manager, engineer } = given.team.roles;
  const of = (role: Role, config: RoleConfig, ids: readonly string[]) =>
    ids.slice(0, config.count).map(id => memberOf(given, id as AgentId, role, config));
  const engineers = Array.from({ length: engineer.count }, (_, index) => `eng-${index + 1}`);
  return [
    ...of('architect', architect, ['architect']),
    ...of('manager', manager, ['manager']),
    ...of('engineer', engineer, engineers),
  ];
}

/** Without one of their own, scripted agents play the one that ships with Belfry: it says what is missing. */
function scenarioOf(root: string, team: TeamConfig): string {
  const own = resolve(root, team.scenario ?? defaultScenario);
  const isNamed = team.scenario !== null && team.scenario !== defaultScenario;
  return isNamed || existsSync(own) ? own : `${assetsFolder()}no-scenario.yaml`;
}

function memberOf(given: Given, agent: AgentId, role: Role, config: RoleConfig): Member {
  const { opened, team, io } = given;
  const home = join(opened.state.agents, agent);
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const cli = createAgentCli(config.cli, {
    scripted: {
      command: selfCommand(),
      scenario: scenarioOf(opened.root, team),
      speed: Number(io.env['BELFRY_SCRIPT_SPEED'] ?? 1) || 1,
    },
    manifests: given.manifests,
    prices: loadPrices(`${assetsFolder()}prices.yaml`),
  });
  return {
    ...{ agent, role, cli, home, model: config.model, args: config.args },
    permissions: config.permissions,
    systemPrompt: readPrompt(opened.root, role, config),
    environment: worktree =>
      agentEnvironment(opened, io, {
        ...{ agent, role, worktree, names: [...cli.environment, ...config.env] },
      }),
  };
}

/** This very program, started by the same Node. */
function selfCommand(): readonly [string, ...string[]] {
  return [
    process.execPath,
    fileURLToPath(import.meta.url).replace(/(src\/cli|dist\/parts)\/[^/]+$/, 'dist/belfry.js'),
  ];
}

/** The `belfry` that agents find on their PATH. */
function writeShim(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const quoted = selfCommand().map(word => `'${word.replaceAll("'", "'\\''")}'`);
  writeFileSync(join(folder, 'belfry'), `#!/bin/sh\nexec ${quoted.join(' ')} "$@"\n`);
  chmodSync(join(folder, 'belfry'), 0o700);
}
