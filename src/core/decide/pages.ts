import type { Agent } from '../agent.ts';
import type { TaskId } from '../ids.ts';
import { splitPartsMin } from '../limits.ts';
import type { MessageKind } from '../message.ts';
import { partsOf } from '../plan/split.ts';
import type { State } from '../state.ts';
import type { Task } from '../task.ts';
import { passToPerson } from './escalations.ts';
import type { Facts } from './facts.ts';
import { endSplit } from './splits.ts';

/** Something that a manager or architect has read and must answer by a command. */
type Page =
  | { readonly kind: 'escalation' | 'split'; readonly task: Task }
  | { readonly kind: 'goal' };

/** The first page of this agent that is not answered; null when it owes nothing. */
export function openPage(state: State, { id, role }: Agent): Page | null {
  if (role === 'engineer') return null;
  const kind = role === 'manager' ? 'escalation' : 'split';
  for (const task of Object.values(state.tasks))
    if (task.escalation?.to === role && hasRead(state, id, kind, task.id)) return { kind, task };
  const { goal } = state.plan;
  return goal?.agent === id && goal.unanswered === null ? { kind: 'goal' } : null;
}

/** The newest page about the task arrived: an older one was of an escalation that is over. */
function hasRead(state: State, agent: Agent['id'], kind: MessageKind, task: TaskId): boolean {
  const page = state.messages.findLast(
    one => one.kind === kind && one.task === task && one.to === agent,
  );
  return page?.delivery === 'delivered';
}

/** It is at its prompt and has answered nothing: said once more, then somebody else decides. */
export function settleSilence(facts: Facts, agent: Agent, page: Page): void {
  const { id } = agent;
  if (page.kind === 'split' && partsOf(facts.state, page.task.id).length >= splitPartsMin) {
    endSplit(facts, page.task, id);
    return;
  }
  if (!agent.nudged) {
    facts.emit({ type: 'agent.nudged', agent: id });
    return facts.send({ kind: 'nudge', to: id, text: reminderOf(page) });
  }
  if (page.kind === 'goal')
    return facts.emit({ type: 'goal.unanswered', agent: id, why: 'answered in words only' });
  const { why } = page.task.escalation ?? page.task;
  passToPerson(facts, page.task, `the ${agent.role} answered in words only (${why})`);
}

function reminderOf(page: Page): string {
  const start = 'Your turn ended without a command, and words in your terminal reach nobody.';
  switch (page.kind) {
    case 'goal':
      return `${start} Add each task of the plan with “belfry task add --title …”. When the goal is unclear, say here what you need to know: the person is told to look.`;
    case 'split':
      return `${start} Add each part with “belfry task add --splits ${page.task.id} --title …”, at least ${splitPartsMin}, then say “belfry split ${page.task.id} --done”.`;
    case 'escalation':
      return `${start} Answer ${page.task.id} with one of belfry guide, reassign, split, drop or ask.`;
  }
}
