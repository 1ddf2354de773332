import type { EventType } from '../../../core/event.ts';
import { type Sentences, whoOf, words } from './sentence.ts';

type TaskType = Extract<EventType, `task.${string}` | `batch.${string}`>;

/** What becomes of tasks, and who decided it. */
export const taskWords: Sentences<TaskType> = {
  'task.added': ({ task, by, content }) => words(`${task} added by ${whoOf(by)}: ${content.title}`),
  'task.edited': ({ task, content }) => words(`the file of ${task} was edited: ${content.title}`),
  'task.planned': ({ task, why }) => words(`${task} waits its turn: ${why}`, 'quiet'),
  'task.readied': ({ task, why }) => words(`${task} ready: ${why}`, 'quiet'),
  'task.shelved': ({ task, why }) => words(`${task} back to the backlog: ${why}`),
  'task.paused': ({ task }) => words(`${task} paused`),
  'task.resumed': ({ task }) => words(`${task} resumed`),
  'task.dropped': ({ task, by, why }) => words(`${task} dropped by ${whoOf(by)}: ${why}`, 'warn'),
  'task.returned': ({ task }) => words(`${task} is back: its file is there again`),
  'task.refused': ({ task, why }) => words(`${task} refused: ${why}`, 'warn'),
  'task.assigned': ({ task, agent, why }) => words(`${task} to ${agent}: ${why}`),
  'task.blocked': ({ task, why }) => words(`${task} blocked: ${why}`, 'warn'),
  'task.escalated': ({ task, to, why }) =>
    words(`${task} escalated to ${to === 'person' ? 'you' : `the ${to}`}: ${why}`, 'warn'),
  'task.guided': ({ task, by, text }) => words(`${task} guided by ${whoOf(by)}: ${text}`),
  'task.reassigned': ({ task, from, to, by }) =>
    words(
      `${task} reassigned by ${whoOf(by)}: ${to ?? 'any engineer'} instead of ${from ?? 'nobody'}`,
    ),
  'task.linted': ({ task, findings }) => {
    const rules = [...new Set(findings.map(one => one.rule))].join(', ');
    const said = rules === '' ? ' passes the plan lint' : `: the plan lint warns of ${rules}`;
    return words(`${task}${said}`, 'quiet');
  },
  'task.split': ({ task, into }) => words(`${task} split into ${into.join(', ')}`),
  'task.batched': ({ task, into }) => words(`${task} is done as a part of ${into}`),
  'batch.formed': ({ tasks }) => words(`trifles are done together: ${tasks.join(', ')}`),
  'batch.failed': ({ why }) => words(`trifles are done one by one: ${why}`, 'warn'),
};
