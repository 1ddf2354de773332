import type { Agent } from '../agent.ts';
import {
  deadDependencies,
  isForAnother,
  isFree,
  keptBy,
  tasksIn,
  unmetDependencies,
} from '../board.ts';
import { batchDue } from '../plan/trifles.ts';
import type { State } from '../state.ts';
import type { Task } from '../task.ts';
import { watchAgents } from './agents.ts';
import { watchBudgets, watchRun } from './budgets.ts';
import { passToPerson } from './escalations.ts';
import type { Facts } from './facts.ts';
import { familiarity } from './familiarity.ts';
import { resumeLanding } from './landings.ts';
import { deliverMessages } from './messages.ts';

/** Begins whatever has become possible; runs after every input, so no loop ever polls. */
export function schedule(facts: Facts): void {
  watchRun(facts);
  readyTasks(facts);
  assignTasks(facts);
  watchBudgets(facts);
  startLanding(facts);
  resumeLanding(facts);
  deliverMessages(facts);
  watchAgents(facts);
}

function readyTasks(facts: Facts): void {
  for (const task of [...tasksIn(facts.state, 'backlog'), ...tasksIn(facts.state, 'ready')]) {
    const { id, planned, escalation } = task;
    const isOver = escalation?.dead !== undefined;
    if (!planned || (escalation !== null && !isOver)) continue;
    const [dropped] = deadDependencies(facts.state, task);
    const isMet = unmetDependencies(facts.state, task).length === 0;
    if (dropped !== undefined) {
      const why = `${dropped}, on which it depends, was dropped`;
      if (escalation?.dead !== dropped) passToPerson(facts, task, why, dropped);
    } else if (isOver) {
      const why = 'nothing on which it depends is dropped any more';
      facts.emit({ type: isMet ? 'task.readied' : 'task.planned', task: id, why });
    } else if (task.column === 'backlog' && isMet)
      facts.emit({ type: 'task.readied', task: id, why: 'what it depends on has landed' });
  }
}

function assignTasks(facts: Facts): void {
  if (facts.state.teamPaused) return;
  const batch = batchDue(facts.state, facts.at);
  if (batch !== null) facts.emit({ type: 'batch.formed', tasks: batch });
  for (const task of tasksIn(facts.state, 'ready')) {
    const free = Object.values(facts.state.agents).filter(isFree);
    if (free.length === 0) return;
    if (keptBy(facts.state, task, facts.at) !== null) continue;
    const choice = chooseEngineer(facts.state, task, free);
    if (choice === null) continue;
    const attempt = task.attempt + 1;
    facts.emit({
      type: 'task.assigned',
      task: task.id,
      agent: choice.agent.id,
      attempt,
      why: choice.why,
    });
    const { contextUsed } = choice.agent;
    const freshSession = contextUsed !== null && contextUsed >= facts.policy.contextNoNewTask;
    const now = facts.task(task.id);
    facts.send({ kind: 'task', to: choice.agent.id, task: now, freshSession });
  }
}

/** Who knows these files; a reassigned task waits for another than those that failed it, while there is one. */
function chooseEngineer(
  state: State,
  task: Task,
  free: readonly Agent[],
): { readonly agent: Agent; readonly why: string } | null {
  if (task.reservedFor !== null) {
    const agent = free.find(one => one.id === task.reservedFor);
    if (agent !== undefined) return { agent, why: `kept for ${agent.id}` };
    const isGone = state.agents[task.reservedFor]?.stopped ?? true;
    if (!isGone) return null;
  }
  const untried = free.filter(one => !task.failedBy.includes(one.id));
  if (untried.length === 0 && isForAnother(state, task)) return null;
  const candidates = untried.length > 0 ? untried : free;
  const scored = candidates.map(agent => ({ agent, score: familiarity(state, agent, task) }));
  scored.sort((a, b) => b.score - a.score || (a.agent.id < b.agent.id ? -1 : 1));
  const best = scored[0];
  if (best === undefined) return null;
  const why = best.score > 0 ? `${best.agent.id} knows these files` : `${best.agent.id} was free`;
  return { agent: best.agent, why };
}

/** One landing at a time, first come first served; none on a red trunk. */
function startLanding(facts: Facts): void {
  const { landing, landingQueue, teamPaused, trunk } = facts.state;
  if (landing !== null || teamPaused || trunk.gate === 'red') return;
  const next = landingQueue.map(id => facts.state.tasks[id]).find(task => task && !task.paused);
  if (next) facts.emit({ type: 'landing.started', task: next.id, attempt: next.attempt });
}
