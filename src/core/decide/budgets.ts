import { inFlight } from '../board.ts';
import type { AgentId, TaskId } from '../ids.ts';
import type { Task } from '../task.ts';
import { budgetOf, overspending, raisedBudget } from '../usage/budget.ts';
import type { Facts } from './facts.ts';

/** Pauses who spends on a task whose budget is used up, and lets them go on when that is decided or has gone another way. */
export function watchBudgets(facts: Facts): void {
  for (const { id } of inFlight(facts.state)) watchTask(facts, facts.task(id));
  for (const { id, isHeldBack, task } of Object.values(facts.state.agents))
    if (isHeldBack && (task === null || facts.state.tasks[task]?.account.overspent === null))
      resumeAgent(facts, id);
}

/** Pauses the team when the budget of the run is used up. */
export function watchRun(facts: Facts): void {
  const { account, teamPaused } = facts.state;
  const over = overspending(account, facts.policy.budgets.run);
  if (account.overspent !== null) {
    // The bound was raised where it is written: that is an answer, too.
    if (over === null) settle(facts, null, 'raise');
    return;
  }
  if (over === null) return;
  const overspent = { ...over, since: facts.at, heldBack: null, holdsTeam: !teamPaused };
  facts.emit({ type: 'budget.crossed', task: null, overspent });
  if (!teamPaused) facts.emit({ type: 'team.paused' });
}

/** Only at work: what is at the gate costs nothing until it comes back. */
function watchTask(facts: Facts, task: Task): void {
  const { id, assignee, account } = task;
  if (task.column !== 'doing' || assignee === null) return;
  const over = overspending(account, task.budget ?? facts.policy.budgets.task);
  if (account.overspent !== null) {
    if (over === null) settle(facts, id, 'raise');
    return;
  }
  if (over === null) return;
  const isPaused = facts.state.agents[assignee]?.paused ?? true;
  const overspent = { ...over, since: facts.at, heldBack: isPaused ? null : assignee };
  facts.emit({ type: 'budget.crossed', task: id, overspent: { ...overspent, holdsTeam: false } });
  if (!isPaused) facts.emit({ type: 'agent.paused', agent: assignee });
}

/**
 * The person's answer. Either allows the same again, so that no crossing is asked about twice; after `stop`
 * nothing goes on until the person starts it.
 */
export function settle(facts: Facts, id: TaskId | null, answer: 'raise' | 'stop'): void {
  const given = accountOf(facts, id);
  if (given === null) return;
  const { account, written } = given;
  const { overspent } = account;
  if (overspent === null) return;
  const isOver = overspending(account, written) !== null;
  const grant = isOver ? raisedBudget(account, written) : budgetOf(account, written);
  facts.emit({ type: 'budget.settled', task: id, answer, grant });
  if (answer === 'raise' && overspent.holdsTeam && facts.state.teamPaused)
    facts.emit({ type: 'team.resumed' });
  if (answer === 'stop' && id !== null)
    facts.emit({ type: 'task.shelved', task: id, why: 'its budget is used up' });
}

function accountOf(facts: Facts, id: TaskId | null) {
  const { tasks, account } = facts.state;
  const { budgets } = facts.policy;
  if (id === null) return { account, written: budgets.run };
  const task = tasks[id];
  return task === undefined
    ? null
    : { account: task.account, written: task.budget ?? budgets.task };
}

/** One whose program ended meanwhile is started again. */
export function resumeAgent(facts: Facts, id: AgentId): void {
  facts.emit({ type: 'agent.resumed', agent: id });
  const agent = facts.state.agents[id];
  if (agent?.status === 'exited' && !agent.stopped) facts.launch(id, false);
}
