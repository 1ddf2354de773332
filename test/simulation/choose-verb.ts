import type { AgentId, TaskId } from '../../src/core/ids.ts';
import type { Command } from '../../src/core/input.ts';
import type { State } from '../../src/core/state.ts';
import { columns } from '../../src/core/task.ts';
import type { Random } from '../support/random.ts';

const anybody = (random: Random, state: State): AgentId =>
  random.pick([...Object.keys(state.agents), 'eng-99'] as AgentId[]);

/** Often the one whose landing is at its most delicate. */
function anyTask(random: Random, state: State): TaskId {
  if (state.landing !== null && random.chance(0.3)) return state.landing.task;
  return random.pick([...Object.keys(state.tasks), 'T-9999'] as TaskId[]);
}

/** What a manager answers to an escalation: one verb. */
export type ChooseVerb = (random: Random, state: State, by: AgentId, task: TaskId) => Command;

export const chooseVerb: ChooseVerb = (random, state, by, task) => {
  switch (random.below(7)) {
    case 0:
      return { type: 'task.drop', task, by, why: 'not worth it' };
    case 1:
      return { type: 'task.ask', task, by, text: 'which way?' };
    case 2:
      return { type: 'task.reassign', task, by, to: anybody(random, state), text: null };
    case 3:
      return { type: 'task.reassign', task, by, to: null, text: 'try afresh' };
    case 4:
      return { type: 'task.split', task, by, text: 'along the modules' };
    default:
      return { type: 'task.guide', task, by, text: 'look at the queue' };
  }
};

/** Any command at any moment, sensible or not. */
export function chooseCommand(random: Random, state: State): Command {
  const task = anyTask(random, state);
  const holder = state.tasks[task]?.assignee ?? null;
  const agent = holder !== null && random.chance(0.3) ? holder : anybody(random, state);
  const by = random.chance(0.8) ? 'person' : agent;
  const question = state.agents[agent]?.question?.id ?? 'q-0';
  return random.pick<Command>([
    { type: 'team.pause' },
    { type: 'team.resume' },
    { type: 'team.resume' },
    { type: 'agent.pause', agent },
    { type: 'agent.resume', agent },
    { type: 'agent.resume', agent },
    { type: 'agent.stop', agent },
    { type: 'agent.start', agent },
    { type: 'agent.start', agent },
    { type: 'agent.answer', agent, question, answer: random.pick(['yes', 'no']) },
    { type: 'task.move', task, column: random.pick(columns) },
    { type: 'task.move', task, column: 'ready' },
    { type: 'task.pause', task },
    { type: 'task.resume', task },
    { type: 'task.escalate', task, why: 'the person says so' },
    { type: 'task.guide', task, by, text: 'like this' },
    { type: 'task.reassign', task, by, to: random.chance(0.5) ? agent : null, text: null },
    { type: 'task.drop', task, by, why: 'not wanted' },
    { type: 'task.ask', task, by: agent, text: 'what?' },
    { type: 'task.split', task, by, text: 'too much' },
    { type: 'task.endSplit', task, by },
    { type: 'task.approve', task },
    { type: 'task.sendBack', task, text: 'otherwise, please' },
    { type: 'task.retry', task },
    { type: 'message.send', from: 'person', to: agent, text: 'hello', isGoal: random.chance(0.3) },
    {
      ...{ type: 'message.send', from: 'person', to: agent, text: 'stop!', isGoal: false },
      isUrgent: true,
    },
    { type: 'plan.accept', tasks: [task] },
    { type: 'plan.sendBack', tasks: [task], text: 'otherwise' },
    { type: 'trunk.recheck' },
    {
      ...{ type: 'budget.answer', task: random.chance(0.5) ? task : null },
      answer: random.pick(['raise', 'stop']),
    },
  ]);
}
