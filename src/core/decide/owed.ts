import type { Agent } from '../agent.ts';
import { splitPartsMin } from '../limits.ts';
import type { Owed } from '../mail/owed-answer.ts';
import { partsOf } from '../plan/split.ts';
import { passToPerson } from './escalations.ts';
import type { Facts } from './facts.ts';
import { endSplit } from './splits.ts';

/** It is at its prompt and has answered nothing: said once more, then somebody else decides. */
export function settleSilence(facts: Facts, agent: Agent, owed: Owed): void {
  const { id } = agent;
  if (owed.kind === 'split' && partsOf(facts.state, owed.task.id).length >= splitPartsMin) {
    endSplit(facts, owed.task, id);
    return;
  }
  if (!agent.nudged) {
    facts.emit({ type: 'agent.nudged', agent: id });
    return facts.send({ kind: 'nudge', to: id, text: reminderOf(owed) });
  }
  if (owed.kind === 'goal')
    return facts.emit({ type: 'goal.unanswered', agent: id, why: 'answered in words only' });
  const { why } = owed.task.escalation ?? owed.task;
  passToPerson(facts, owed.task, `the ${agent.role} answered in words only (${why})`);
}

function reminderOf(owed: Owed): string {
  const start = 'Your turn ended without a command, and words in your terminal reach nobody.';
  switch (owed.kind) {
    case 'goal':
      return `${start} Add each task of the plan with “belfry task add --title …”. When the goal is unclear, say here what you need to know: the person is told to look.`;
    case 'split':
      return `${start} Add each part with “belfry task add --splits ${owed.task.id} --title …”, at least ${splitPartsMin}, then say “belfry split ${owed.task.id} --done”.`;
    case 'escalation':
      return `${start} Answer ${owed.task.id} with one of belfry guide, reassign, split, drop or ask.`;
  }
}
