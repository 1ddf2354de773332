import type { TaskId } from '../../core/ids.ts';
import type { Step, StepOf } from './scenario/steps.ts';

export type ClaimStep = StepOf<
  | ('done' | 'blocked' | 'note' | 'guide' | 'reassign' | 'split')
  | ('end-split' | 'drop' | 'ask' | 'add-task')
>;

const flag = (name: string, value: string | number | undefined): readonly string[] =>
  value === undefined ? [] : [`--${name}`, String(value)];
const flags = (name: string, values: readonly string[]) =>
  values.flatMap(value => flag(name, value));

/** The arguments of the `belfry` command that says this. `task` is what the agent's prompt is about. */
export function claimArguments(step: ClaimStep, task: TaskId | null): readonly string[] {
  const subject = task === null ? [] : [task];
  switch (step.name) {
    case 'done': {
      const { summary, 'scope-reason': scopeReason } = step.value;
      return ['done', ...flag('summary', summary), ...flag('scope-reason', scopeReason)];
    }
    case 'blocked':
      return ['blocked', ...flag('why', step.value)];
    case 'note':
      return ['note', ...flag('to', step.value.to), step.value.text];
    case 'guide':
      return ['guide', ...subject, ...flag('text', step.value)];
    case 'reassign':
      return [
        'reassign',
        ...subject,
        ...flag('to', step.value.to),
        ...flag('text', step.value.text),
      ];
    case 'split':
      return ['split', ...subject, ...flag('text', step.value)];
    case 'end-split':
      return ['split', step.value, '--done'];
    case 'drop':
      return ['drop', ...subject, ...flag('why', step.value)];
    case 'ask':
      return ['ask', ...subject, ...flag('text', step.value)];
    case 'add-task':
      return addTaskArguments(step.value);
  }
}

function addTaskArguments(task: StepOf<'add-task'>['value']): readonly string[] {
  return [
    ...['task', 'add'],
    ...flag('title', task.title),
    ...flag('body', task.body),
    ...flag('priority', task.priority),
    ...flags('file', task.files),
    ...flags('accept', task.accept),
    ...flags('depends', task.depends),
    ...flag('splits', task.splits),
    ...flag('estimate', task.estimate),
    ...flags('tag', task.tags),
  ];
}

/** Claims that end the work on a prompt. The same prompt again is answered with the same claim. */
export const endsWork = (step: Step): boolean =>
  ['done', 'blocked', 'guide', 'reassign', 'split', 'end-split', 'drop', 'ask'].includes(step.name);
