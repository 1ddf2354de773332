import type { AgentId, Oid } from '../../src/core/ids.ts';
import type { State } from '../../src/core/state.ts';
import { step } from '../../src/core/step.ts';
import type { Attempt, Task } from '../../src/core/task.ts';
import { noUsage } from '../../src/core/usage/usage.ts';
import { contentOf } from '../core/plan/plan-builder.ts';
import { TeamDriver } from '../support/team-driver.ts';
import { type Figure, quantile } from './figure.ts';

const taskCount = 500;
const engineers = 5;
/** The same decision so often: the quickest is what it costs, the others are what else the machine does. */
const tries = 15;
const warmUps = 40;
const boundMs = 2;

type Board = { readonly name: string; readonly team: TeamDriver; readonly given: number };

/**
 * One turn over boards of 500 tasks: how many have landed and tell who knows what, how many engineers are
 * free, and one on which every waiting task is looked at in vain.
 */
export async function measureDispatch(): Promise<readonly Figure[]> {
  await null;
  const boards = [
    blocked(),
    ...[0, 100, 250, 400, 490].flatMap(count => [1, 3, 5].map(free => landed(count, free))),
  ];
  for (let turn = 0; turn < warmUps; turn += 1) for (const board of boards) turnMs(board);
  const measured = boards.map(board => {
    const times = Array.from({ length: tries }, () => turnMs(board));
    return { name: board.name, ms: Math.min(...times), slowest: Math.max(...times) };
  });
  const worst = measured.reduce((one, other) => (other.ms > one.ms ? other : one));
  const all = measured.map(({ ms }) => ms);
  const title = `dispatch decision with ${taskCount} tasks, ${boards.length} boards`;
  const slowest = Math.max(...measured.map(one => one.slowest));
  return [
    { name: `${title}: middle`, value: quantile(all, 0.5), unit: 'ms', bound: boundMs },
    { name: `${title}: worst (${worst.name})`, value: worst.ms, unit: 'ms', bound: boundMs },
    {
      name: `${title}: slowest turn as it came, the machine's other work included`,
      value: slowest,
      unit: 'ms',
      bound: null,
    },
  ];
}

/** What a state has been asked is remembered with it: each turn gets tasks that nobody has asked about. */
function turnMs({ name, team, given }: Board): number {
  const { state, policy, now } = team;
  const fresh = { ...state, tasks: renewed(state.tasks) };
  const start = performance.now();
  const { events } = step(fresh, { type: 'time.passed', at: now }, policy);
  const took = performance.now() - start;
  const count = events.filter(event => event.type === 'task.assigned').length;
  if (count !== given) throw new Error(`${name}: ${count} tasks were given away`);
  return took;
}

const renewed = (tasks: State['tasks']): State['tasks'] =>
  Object.fromEntries(Object.entries(tasks).map(([id, task]) => [id, { ...task }]));

const names = Array.from({ length: engineers }, (_, index) => `eng-${index + 1}` as AgentId);

/** Four files for five engineers: one is free, and every waiting task is looked at in vain. */
function blocked(): Board {
  const team = new TeamDriver(engineers);
  const content = (index: number) => contentOf(`Part ${index}`, { files: [`src/${index % 4}.ts`] });
  team.addTasks(ofEach(content));
  return { name: 'every task is looked at in vain', team, given: 0 };
}

function landed(count: number, free: number): Board {
  const team = new TeamDriver(engineers);
  for (const agent of names) team.input({ type: 'agent.pause', agent });
  team.addTasks(
    ofEach(index =>
      contentOf(`Part ${index}`, {
        ...{ files: [`src/part-${index % 50}/**`, `test/${index}.test.ts`] },
        tags: [`area-${index % 10}`],
      }),
    ),
  );
  const tasks = Object.values(team.state.tasks).map((task, index) =>
    index < count ? landedBy(names[index % engineers] as AgentId, task) : task,
  );
  const agents = Object.values(team.state.agents).map(agent => {
    const isFree = names.indexOf(agent.id) < free;
    return [agent.id, { ...agent, paused: agent.paused && !isFree }] as const;
  });
  team.state = {
    ...team.state,
    tasks: Object.fromEntries(tasks.map(task => [task.id, task])),
    agents: Object.fromEntries(agents),
  };
  return { name: `${count} have landed, ${free} engineers are free`, team, given: free };
}

const ofEach = <Value>(make: (index: number) => Value): Record<string, Value> =>
  Object.fromEntries(
    Array.from({ length: taskCount }, (_, index) => [`T-${index + 1}`, make(index)]),
  );

function landedBy(agent: AgentId, task: Task): Task {
  const attempt: Attempt = {
    ...{ number: 1, agent, startedAt: 0, endedAt: 1, end: null, summary: null, sessions: 1 },
    effort: { startedMs: 0, ms: 1, used: noUsage },
  };
  const landedAs = 'a'.repeat(40) as Oid;
  return { ...task, column: 'done', attempt: 1, attempts: [attempt], landedAs };
}
