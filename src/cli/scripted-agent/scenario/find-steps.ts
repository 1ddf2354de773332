import type { Role } from '../../../core/agent.ts';
import { briefingMark } from '../../../core/briefing/plan-briefing.ts';
import type { AgentId } from '../../../core/ids.ts';
import type { Prompt } from './prompt.ts';
import type { Scenario, Work } from './scenario.ts';
import type { Step, Steps } from './steps.ts';

/**
 * What the scenario has for a prompt. `occurrence` counts the prompts of this kind about this task
 * that this agent has had, from 0. Null: the scenario has nothing, and the agent has to say so.
 */
export function findSteps(
  scenario: Scenario,
  who: { readonly role: Role; readonly agent: AgentId },
  prompt: Prompt,
  occurrence: number,
): Steps | null {
  switch (who.role) {
    case 'architect':
      if (prompt.kind === 'split' && prompt.task !== null)
        return scenario.architect.splits[prompt.task] ?? scenario.architect.splits['any'] ?? null;
      return prompt.kind === 'goal' ? stepsForGoal(scenario, prompt.text) : null;
    case 'manager':
      if (prompt.kind !== 'escalation' || prompt.task === null) return null;
      return scenario.manager[prompt.task] ?? scenario.manager['any'] ?? null;
    case 'engineer':
      return stepsForWork(scenario, who.agent, prompt, occurrence);
  }
}

function stepsForGoal(scenario: Scenario, text: string): Steps | null {
  // The goal is what a script is about; the briefing below it names half the repository.
  const words = (text.split(briefingMark)[0] ?? '').toLowerCase();
  return (
    scenario.architect.goals.find(goal => words.includes(goal.match.toLowerCase()))?.steps ?? null
  );
}

function stepsForWork(
  scenario: Scenario,
  agent: AgentId,
  prompt: Prompt,
  occurrence: number,
): Steps | null {
  const entry = scenario.engineer[prompt.task ?? ''] ?? scenario.engineer['any'];
  if (prompt.task === null || entry === undefined) return null;
  const own = entry['by-agent'][agent];
  return (own && stepsOfWork(own, prompt, occurrence)) ?? stepsOfWork(entry, prompt, occurrence);
}

function stepsOfWork(work: Work, prompt: Prompt, occurrence: number): Steps | null {
  switch (prompt.kind) {
    case 'task': {
      const isAgain = prompt.attempt !== null && prompt.attempt > 1;
      return (isAgain ? work.reassigned : undefined) ?? work.task ?? null;
    }
    case 'failure':
      return work.failure?.[occurrence] ?? work.failure?.at(-1) ?? null;
    case 'conflict':
      return work.conflict ?? null;
    case 'review':
      return work.review ?? null;
    case 'handoff':
      return work.handoff ?? null;
    case 'nudge':
      return work.nudge ?? null;
    default:
      return null;
  }
}

/** What an agent does when the scenario has nothing for a prompt: it says so, and leaves nobody waiting. */
export function stepsWithoutScenario(role: Role, prompt: Prompt): Steps {
  const subject = prompt.task === null ? `this ${prompt.kind}` : `${prompt.task} (${prompt.kind})`;
  const why = `the scenario has nothing for ${subject}`;
  const say: Step = {
    name: 'say',
    value: `I am a script without a model, and ${why}.`,
  };
  if (prompt.kind === 'note' || prompt.task === null) return [say];
  if (role === 'manager')
    return [say, { name: 'ask', value: `I am scripted and ${why}. Please decide.` }];
  return role === 'engineer' ? [say, { name: 'blocked', value: why }] : [say];
}
