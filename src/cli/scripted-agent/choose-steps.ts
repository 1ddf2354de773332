import type { Memory } from './memory.ts';
import type { ScriptedArguments } from './read-arguments.ts';
import { findSteps, stepsWithoutScenario } from './scenario/find-steps.ts';
import type { Prompt } from './scenario/prompt.ts';
import type { Scenario } from './scenario/scenario.ts';
import type { Steps } from './scenario/steps.ts';

/** True the first time that a prompt comes which the scenario wants to get lost. */
export function losesPrompt(
  scenario: Scenario,
  who: ScriptedArguments,
  memory: Memory,
  prompt: Prompt,
): boolean {
  const { ignored } = memory.agent;
  if (ignored.includes(prompt.message)) return false;
  const steps = findSteps(scenario, who, prompt, memory.occurrenceOf(prompt));
  if (steps?.[0]?.name !== 'ignore-prompt') return false;
  memory.updateAgent({ ignored: [...ignored, prompt.message] });
  return true;
}

/**
 * What is to be done about a prompt. The same message may come twice: work that was begun is gone on with,
 * work that was reported is reported again, and nothing is done a second time.
 */
export function chooseSteps(
  scenario: Scenario,
  who: ScriptedArguments,
  memory: Memory,
  prompt: Prompt,
): Steps {
  const { session, agent } = memory;
  const reported = agent.finished[prompt.message];
  if (reported !== undefined)
    return [{ name: 'say', value: 'That is worked on. I report it again.' }, ...reported];
  const isSameTask = session.prompt !== null && session.prompt.task === prompt.task;
  const isUnderWay = isSameTask && session.remaining.length > 0;
  if (isUnderWay && session.prompt?.message === prompt.message) return session.remaining;
  const found = findSteps(scenario, who, prompt, memory.occurrenceOf(prompt));
  if (found !== null) return found;
  if (prompt.kind === 'nudge' && isUnderWay) return session.remaining;
  const last = isSameTask ? agent.finished[session.prompt?.message ?? ''] : undefined;
  if (prompt.kind === 'nudge' && last !== undefined) return last;
  return stepsWithoutScenario(who.role, prompt);
}
