import type { AgentId } from '../../core/ids.ts';
import type { Command } from '../../core/input.ts';
import { taskTitleCharsMax } from '../../core/limits.ts';
import type { TaskContent } from '../../core/task.ts';
import { commentText, keptComments } from '../model/kept-comments.ts';
import type { Drafts, FormPurpose, Overlay } from '../model/model.ts';
import { plural } from '../present/age.ts';

type Form = Extract<Overlay, { kind: 'form' }>;

export type FormRequest =
  | { readonly kind: 'problem'; readonly problem: string }
  | { readonly kind: 'addTask'; readonly content: TaskContent }
  | { readonly kind: 'command'; readonly command: Command; readonly done: string };

/** A filled form as what is asked for, or what is wrong with it. Pure. */
export function formRequest(
  { title, purpose, fields }: Pick<Form, 'title' | 'purpose' | 'fields'>,
  drafts: Drafts,
): FormRequest {
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
      if (text.startsWith('!')) return urgentRequest(purpose.to, text.slice(1).trim());
      return {
        kind: 'command',
        command: { type: 'message.send', from: 'person', to: purpose.to, text, isGoal: false },
        done: `${purpose.to} gets it when it waits for input`,
      };
    case 'comment':
      return commentRequest(purpose, text, keptComments(drafts, purpose.task, title));
    case 'sendBack':
      return {
        kind: 'command',
        command: {
          type: 'task.sendBack',
          task: purpose.task,
          text: [text, ...keptComments(drafts, purpose.task, null)].join('\n\n'),
        },
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

/** A sign in front, because there are only words in the form. */
const urgentRequest = (to: AgentId, text: string): FormRequest =>
  text === ''
    ? { kind: 'problem', problem: 'Nothing is written yet.' }
    : {
        kind: 'command',
        command: {
          ...{ type: 'message.send', from: 'person', to, text, isGoal: false, isUrgent: true },
        },
        done: `${to} gets it first, and is interrupted for it at a safe point`,
      };

/** What waits to land goes back with the comment and those kept for it; whoever still works gets a message. */
function commentRequest(
  purpose: Extract<FormPurpose, { kind: 'comment' }>,
  words: string,
  kept: readonly string[],
): FormRequest {
  const { task, to, isReview } = purpose;
  const comment = commentText(purpose, words);
  if (isReview) {
    const comments = [...kept, comment];
    return {
      kind: 'command',
      command: { type: 'task.sendBack', task, text: comments.join('\n\n') },
      done: `${task} goes back to ${to} with ${comments.length === 1 ? 'the comment' : plural(comments.length, 'comment')}`,
    };
  }
  const text = `Review of ${task}, ${comment}`;
  return {
    kind: 'command',
    command: { type: 'message.send', from: 'person', to, text, isGoal: false },
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
