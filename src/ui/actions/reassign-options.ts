import type { Agent } from '../../core/agent.ts';
import { isFree } from '../../core/board.ts';
import { refusal } from '../../core/decide/refusals.ts';
import type { AgentId } from '../../core/ids.ts';
import type { Command } from '../../core/input.ts';
import { overlapOf } from '../../core/plan/overlap.ts';
import type { State } from '../../core/state.ts';
import type { Task } from '../../core/task.ts';
import type { Option } from '../model/model.ts';
import { agentOrder, standingOf } from '../present/agents.ts';
import type { Situation } from './action.ts';

/** Every engineer with what speaks for and against; work and failure history go along with the task. */
export function reassignOptions({ state }: Situation, task: Task): readonly Option[] {
  const option = (to: AgentId | null, label: string, note: string): Option => {
    const command: Command = { type: 'task.reassign', task: task.id, by: 'person', to, text: null };
    const reason = to !== null && to === task.assignee ? 'has it already' : refusal(state, command);
    const done = `${task.id} goes to ${to ?? 'whoever is free'}`;
    const intents = [{ kind: 'command', command, done } as const];
    return { label, note, reason, group: null, intents };
  };
  const engineers = agentOrder(state.agents)
    .filter(agent => agent.role === 'engineer')
    .toSorted((one, other) => fitness(state, task, other) - fitness(state, task, one));
  return [
    option(null, 'whoever is free', 'not those that failed it, as long as there is another'),
    ...engineers.map(agent => option(agent.id, agent.id, reasonsFor(state, task, agent))),
  ];
}

/** Free before busy, familiar before strange, fresh before failed: the order in which they are offered. */
const fitness = (state: State, task: Task, agent: Agent): number =>
  (isFree(agent) ? 4 : 0) +
  (knownFile(state, task, agent) === null ? 0 : 2) -
  (task.failedBy.includes(agent.id) ? 3 : 0);

function reasonsFor(state: State, task: Task, agent: Agent): string {
  const known = knownFile(state, task, agent);
  return [
    isFree(agent) ? 'free' : standingOf(agent, state.teamPaused).word,
    ...(agent.task ? [`holds ${agent.task}`] : []),
    ...(known === null ? [] : [`knows ${known}`]),
    ...(task.failedBy.includes(agent.id) ? ['failed it before'] : []),
  ].join(', ');
}

/** A file of the task that the engineer has landed a change in; null when there is none. */
function knownFile(state: State, task: Task, agent: Agent): string | null {
  for (const other of Object.values(state.tasks)) {
    if (other.landedAs === null || other.attempts.at(-1)?.agent !== agent.id) continue;
    const file = overlapOf(task.files, other.files);
    if (file !== null) return file;
  }
  return null;
}
