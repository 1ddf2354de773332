import type { Command } from '../../core/input.ts';
import { taskTitleCharsMax } from '../../core/limits.ts';
import type { TaskContent } from '../../core/task.ts';
import type { Field, FormPurpose } from '../model/model.ts';

export type FormRequest =
  | { readonly kind: 'problem'; readonly problem: string }
  | { readonly kind: 'addTask'; readonly content: TaskContent }
  | { readonly kind: 'command'; readonly command: Command; readonly done: string };

/** A filled form as what is asked for, or what is wrong with it. Pure. */
export function formRequest(purpose: FormPurpose, fields: readonly Field[]): FormRequest {
  const textOf = (id: string): string => fields.find(one => one.id === id)?.field.text.trim() ?? '';
  if (purpose.kind === 'task') return taskRequest(textOf);
  const text = textOf('text');
  if (text === '') return { kind: 'problem', problem: 'Nothing is written yet.' };
  switch (purpose.kind) {
    case 'goal':
      return {
        kind: 'command',
        command: { type: 'message.send', from: 'person', to: purpose.to, text, isGoal: true },
        done: 'the architect gets the goal when it waits for input',
      };
    case 'say':
      return {
        kind: 'command',
        command: { type: 'message.send', from: 'person', to: purpose.to, text, isGoal: false },
        done: `${purpose.to} gets it when it waits for input`,
      };
    case 'comment':
      return commentRequest(purpose, text);
    case 'sendBack':
      return {
        kind: 'command',
        command: { type: 'task.sendBack', task: purpose.task, text },
        done: `${purpose.task} goes back with your words`,
      };
    case 'escalate':
      return {
        kind: 'command',
        command: { type: 'task.escalate', task: purpose.task, why: text },
        done: `${purpose.task} is escalated`,
      };
    case 'replan':
      return {
        kind: 'command',
        command: { type: 'plan.sendBack', tasks: purpose.tasks, text },
        done: 'the plan is sent back',
      };
    case 'split':
      return {
        kind: 'command',
        command: { type: 'task.split', task: purpose.task, by: 'person', text },
        done: `the architect is asked to split ${purpose.task}`,
      };
    case 'guide':
      return {
        kind: 'command',
        command: { type: 'task.guide', task: purpose.task, by: 'person', text },
        done: `${purpose.task} goes on with your words`,
      };
  }
}

/** What waits to land goes back with the comment; whoever still works on it gets a message. */
function commentRequest(
  { task, to, place, quote, isReview }: Extract<FormPurpose, { kind: 'comment' }>,
  text: string,
): FormRequest {
  const comment = `${place}:\n> ${quote}\n${text}`;
  if (isReview) {
    return {
      kind: 'command',
      command: { type: 'task.sendBack', task, text: comment },
      done: `${task} goes back to ${to} with the comment`,
    };
  }
  const words = `Review of ${task}, ${comment}`;
  return {
    kind: 'command',
    command: { type: 'message.send', from: 'person', to, text: words, isGoal: false },
    done: `${to} gets the comment when it waits for input`,
  };
}

function taskRequest(textOf: (id: string) => string): FormRequest {
  const title = textOf('title');
  if (title === '') return { kind: 'problem', problem: 'A task needs a title.' };
  if (title.length > taskTitleCharsMax) {
    return {
      kind: 'problem',
      problem: `The title has ${title.length} characters; at most ${taskTitleCharsMax} fit on a card.`,
    };
  }
  const content: TaskContent = {
    title,
    priority: 'medium',
    tags: [],
    dependsOn: [],
    files: textOf('files')
      .split(/[\s,]+/)
      .filter(file => file !== ''),
    accept: textOf('accept')
      .split('\n')
      .map(row => row.trim())
      .filter(row => row !== ''),
    estimateMinutes: null,
    body: textOf('body'),
  };
  return { kind: 'addTask', content };
}
