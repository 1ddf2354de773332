import type { AgentId, TaskId } from '../core/ids.ts';
import type { Observation } from '../core/input.ts';
import type { TaskContent } from '../core/task.ts';
import { messageOf } from '../lib/thrown.ts';
import { BoardError } from '../ports/board-files.ts';
import type { Concern } from '../ports/concern.ts';
import type { TeamStore } from '../ports/team-store.ts';
import { Agents } from './agents.ts';
import { blindBudgets } from './blind-budgets.ts';
import { sessionIdOf } from './cli-session.ts';
import { Lanes } from './lanes.ts';
import { perform } from './perform/perform.ts';
import { PlanDesk } from './plan/plan-desk.ts';
import { Radar } from './radar.ts';
import { ReceiptDesk } from './receipts/receipt-desk.ts';
import { Supervisor } from './supervisor.ts';
import { openSurroundings } from './surroundings/open-surroundings.ts';
import type { Surroundings } from './surroundings/surroundings.ts';
import { openUnsavedWork, type UnsavedWork } from './surroundings/unsaved-work.ts';
import { takeMail } from './take-mail.ts';
import { taskDiff } from './task-diff.ts';
import type { Member, Team, World } from './world.ts';

export type RunningTeam = {
  readonly store: TeamStore;
  /** Saves all work, ends the agents, closes the journal. The next start goes on from there. */
  end(): Promise<void>;
  /** Ends the agents without trusting the journal: it cannot be written, or the program is wrong. */
  abandon(): Promise<void>;
  /** True when no decision and no effect is under way. */
  isIdle(): boolean;
};

/** Brings a team to life: folds the journal, starts what must run, and connects every port to the turn. */
export async function runTeam(
  world: World,
  team: Team,
  options: {
    readonly repositoryName: string;
    /** Makes session ids differ between repositories: agent CLIs keep sessions by id for ever. */
    readonly sessionSalt: string;
    readonly fail: (error: unknown) => void;
  },
): Promise<RunningTeam> {
  const members = new Map<AgentId, Member>(team.members.map(one => [one.agent, one]));
  const observe = (observation: Observation) => void supervisor.observe(observation);
  const lanes = new Lanes((lane, error) => {
    world.log.write(`${lane}: ${error instanceof Error ? error.stack : String(error)}`);
    supervisor.store.addNotice(`${lane}: ${messageOf(error)}`);
  });
  const agents = new Agents(world, observe);
  const cliSessionOf = (session: string) => sessionIdOf(options.sessionSalt, session);
  const state = () => supervisor.store.state;
  const radar = new Radar({ world, lanes, state, observe });
  const performing = {
    ...{ world, team, members, agents, lanes, radar },
    unprepared: new Map<AgentId, TaskId>(),
    ...{ state, observe, cliSessionOf },
  };
  const notify = (text: string) => supervisor.store.addNotice(text);
  const receipts = new ReceiptDesk({
    ...{ receipts: world.receipts, lanes, now: () => world.clock.now() },
    log: line => world.log.write(line),
  });
  const supervisor = new Supervisor(world, team.policy, {
    perform: effect => perform(effect, performing),
    fail: options.fail,
    onFacts: (before, events) => receipts.take(before, events),
  });
  const blind = blindBudgets(team.policy, team.members);
  for (const notice of [world.journal.notice ?? [], world.receipts.notice ?? [], blind].flat())
    notify(notice);

  const unsaved = openUnsavedWork(world);
  const head = await world.trunk.head();
  await world.worktrees.publishTrunk(head);
  await saveLeftovers(world, members);
  // Before any agent starts: a board that cannot be read is said, and nobody has to be ended.
  const board = await world.boardFiles.read();
  // Before any gate runs: it would write over the log of a run that is not attested yet.
  const folded = await receipts.catchUp(world.journal.recovered);
  const joined = team.members.map(({ agent, role, cli }) => ({ agent, role, cli: cli.name }));
  const began = { type: 'run.began', trunk: world.trunk.name, head, team: joined } as const;
  const surroundings = openSurroundings(world, team.members, agents);
  await supervisor.resume(began, folded);
  observe({ type: 'board.read', ...board });
  const engineers = team.members.filter(({ role }) => role === 'engineer').length;
  const planDesk = new PlanDesk({
    ...{ world, engineers, state, policy: team.policy },
    observe: supervisor.observe.bind(supervisor),
  });
  lanes.run('plan', () => planDesk.look());
  const stops: readonly (() => void | Promise<void>)[] = [
    ...connect(world, team, supervisor, members, { planDesk, radar, lanes }),
    () => surroundings.stop(),
  ];

  return {
    store: teamStore(
      world,
      team,
      supervisor,
      { agents, planDesk, radar, receipts, surroundings, unsaved },
      options.repositoryName,
    ),
    isIdle: () => supervisor.isIdle && lanes.isIdle,
    async abandon() {
      const stopped = stops.map(stop => stop());
      await world.worktrees.endSetUps();
      await saveLeftovers(world, members);
      await Promise.all([...stopped, agents.stopAll(), cancelGate(world), world.mailbox.close()]);
      world.notes.close();
    },
    async end() {
      const stopped = stops.map(stop => stop());
      // Before the last fact: what an agent says from here on waits in its file for the next start.
      await world.mailbox.close();
      await supervisor.end();
      await world.worktrees.endSetUps();
      await saveLeftovers(world, members);
      await Promise.all([...stopped, agents.stopAll(), cancelGate(world)]);
      await lanes.drained();
      world.notes.close();
      await world.receipts.close();
      await world.journal.close();
    },
  };
}

/** Whatever happens next, the files in the worktrees can be brought back as they are at this moment. */
async function saveLeftovers(world: World, members: ReadonlyMap<AgentId, Member>): Promise<void> {
  for (const agent of members.keys()) {
    try {
      await world.worktrees.saveWork(agent, 'start or end of a run');
    } catch (error) {
      world.log.write(`${agent}: work not saved: ${String(error)}`);
    }
  }
}

async function cancelGate(world: World): Promise<void> {
  const { current } = world.gate;
  if (current !== null && current.endedAt === null) await world.gate.cancel(current.id);
}

function connect(
  world: World,
  team: Team,
  supervisor: Supervisor,
  members: ReadonlyMap<AgentId, Member>,
  parts: { readonly planDesk: PlanDesk; readonly radar: Radar; readonly lanes: Lanes },
): readonly (() => void)[] {
  const { planDesk, radar, lanes } = parts;
  const observe = supervisor.observe.bind(supervisor);
  const command = supervisor.command.bind(supervisor);
  world.mailbox.onMail((agent, mail, name) =>
    takeMail(
      agent,
      members.get(agent)?.role ?? 'engineer',
      { mail, name },
      {
        ...{ planDesk, command, routes: team.policy.messages },
        claim: supervisor.claim.bind(supervisor),
      },
    ),
  );
  return [
    world.boardFiles.watch(reading => {
      const read = observe({ type: 'board.read', ...reading });
      lanes.run('plan', () => read.then(() => planDesk.look()));
    }),
    world.worktrees.onCommit(agent => {
      void observe({ type: 'agent.progressed', agent });
      radar.refresh();
    }),
    world.clock.watchForJumps(gapMs => void observe({ type: 'clock.jumped', gapMs })),
    world.trunk.onMove(() => lanes.run('landing', () => takePersonsCommits(world, supervisor))),
  ];
}

/** The person committed, or made room for their branch to follow. A red trunk may be mended by that. */
async function takePersonsCommits({ trunk, worktrees }: World, supervisor: Supervisor) {
  const head = await trunk.head();
  await worktrees.publishTrunk(head);
  await supervisor.observe({ type: 'trunk.seen', head });
  await supervisor.observe({ type: 'checkout.seen', ...(await trunk.followCheckout()) });
}

function teamStore(
  world: World,
  team: Team,
  supervisor: Supervisor,
  parts: {
    readonly agents: Agents;
    readonly planDesk: PlanDesk;
    readonly radar: Radar;
    readonly receipts: ReceiptDesk;
    readonly surroundings: Surroundings;
    readonly unsaved: UnsavedWork;
  },
  repositoryName: string,
): TeamStore {
  const { store } = supervisor;
  const { agents, planDesk, radar, receipts, surroundings, unsaved } = parts;
  const watched = [surroundings, receipts, unsaved];
  let concerns: readonly Concern[] = [];
  return {
    branchPairs: () => radar.pairs,
    receiptsOf: task => receipts.of(task),
    concerns() {
      const found = watched.flatMap(one => one.concerns);
      const isSame =
        found.length === concerns.length && found.every((one, at) => one === concerns[at]);
      concerns = isSame ? concerns : found;
      return concerns;
    },
    noteConcern(key) {
      for (const one of watched) one.note(key);
    },
    getState: () => store.state,
    subscribe(listener) {
      const stops = [
        store.subscribe(listener),
        agents.onReplaced(listener),
        radar.onChange(listener),
        ...watched.map(one => one.onChange(listener)),
      ];
      return () => {
        for (const stop of stops) stop();
      };
    },
    policy: team.policy,
    repositoryName,
    readOnly: null,
    get notices() {
      return store.notices;
    },
    recentEvents: () => store.recentEvents,
    personActed: () => void supervisor.observe({ type: 'person.acted' }),
    command: supervisor.command.bind(supervisor),
    async addTask(content: TaskContent) {
      const added = await planDesk.add(content, 'person');
      return added.isAccepted ? { task: added.task } : { refused: added.refused };
    },
    async setPriority(task, priority) {
      try {
        await world.boardFiles.writePriority(task, priority);
        return null;
      } catch (error) {
        if (error instanceof BoardError) return error.message;
        throw error;
      }
    },
    taskFile: task => world.boardFiles.pathOf(task),
    worktreeOf: agent => world.worktrees.pathOf(agent),
    terminalOf: agent => agents.terminalOf(agent),
    gateRun: () => world.gate.current,
    onGateChange: listener => world.gate.onChange(listener),
    diffOf: task => taskDiff(store.state, world.worktrees, task),
    now: () => world.clock.now(),
  };
}
