import type { ActionId } from '../../actions/action-ids.ts';
import type { Panel } from '../../layout/arrange.ts';
import type { Ui } from '../../model/model.ts';
import type { View } from '../../model/view.ts';
import type { Picture } from '../picture.ts';

/** Words short enough for the footer. An action without one is found in the help. */
const labels: Partial<Readonly<Record<ActionId, string>>> = {
  'item.open': 'open',
  'terminal.type': 'type',
  'agent.pause': 'pause',
  'task.pause': 'pause',
  'agent.stop': 'stop',
  'task.drop': 'drop',
  'task.reassign': 'reassign',
  'task.retry': 'retry',
  'task.approve': 'land',
  'task.add': 'new task',
  'task.forward': 'move on',
  'goal.give': 'goal',
  'message.say': 'say',
  'message.write': 'write to',
  'view.threads': 'messages',
  'question.yes': 'yes',
  'question.no': 'no',
  'needs.next': 'next need',
  'needs.drop': 'drop',
  'view.diff': 'diff',
  'view.gate': 'gate',
  'view.zoom': 'zoom',
  'view.panes': 'panes',
  'view.next': 'next view',
  'scroll.up': 'scroll',
  'page.copy': 'copy',
  'task.edit': 'edit',
  'page.back': 'back',
  'page.filter': 'filter',
  'page.undo': 'undo',
  'task.escalate': 'escalate',
  'task.split': 'split',
  'view.events': 'timeline',
  'hunk.next': 'next change',
  'file.next': 'next file',
  'line.comment': 'comment',
  'plan.accept': 'accept',
  'plan.toggle': 'in or out',
  'plan.sendBack': 'send back',
};

/** The word by which the footer knows an action; undefined for one that is found in the help. */
export const footerWord = (id: ActionId): string | undefined => labels[id];

/** Words that differ in the messages. */
const labelsInThreads: Partial<Readonly<Record<ActionId, string>>> = {
  'item.open': 'write',
  'hunk.next': 'next thread',
};

/** What people do most in each panel, most wanted first. */
const wantedInPanel: Readonly<Record<Exclude<Panel, 'detail'>, readonly ActionId[]>> = {
  team: [
    'question.yes',
    'question.no',
    'item.open',
    'terminal.type',
    'agent.pause',
    'message.say',
    'view.diff',
    'agent.stop',
    'task.add',
    'goal.give',
  ],
  board: [
    'task.approve',
    'item.open',
    'task.add',
    'view.diff',
    'task.forward',
    'task.reassign',
    'task.pause',
    'task.drop',
    'goal.give',
  ],
  needs: [
    'question.yes',
    'question.no',
    'task.approve',
    'item.open',
    'message.say',
    'task.reassign',
    'task.retry',
    'needs.drop',
  ],
};

/** Every view is zoomed and turned to the next alike. */
const onward: readonly ActionId[] = ['view.zoom', 'view.next'];

const wantedInView: Readonly<Record<View, readonly ActionId[]>> = {
  terminal: ['terminal.type', 'scroll.up', 'page.filter', 'view.panes', ...onward, 'page.copy'],
  task: ['task.approve', 'view.diff', 'view.gate', 'task.edit', 'task.reassign', ...onward],
  diff: ['task.approve', 'line.comment', 'hunk.next', 'file.next', 'message.say', ...onward],
  gate: ['task.approve', 'task.retry', 'view.diff', 'scroll.up', ...onward],
  events: ['item.open', 'page.filter', ...onward],
  threads: ['item.open', 'message.write', 'hunk.next', 'page.filter', ...onward],
  numbers: ['page.copy', ...onward],
  plan: ['plan.accept', 'plan.toggle', 'plan.sendBack', 'item.open', ...onward],
};

/** The actions whose keys are worth a place in the footer, most wanted first. */
export const wantedKeys = ({ focus, view }: Ui): readonly ActionId[] =>
  focus === 'detail' ? wantedInView[view] : wantedInPanel[focus];

/** The word for an action at this place. */
export function keyLabel(
  id: ActionId,
  { ui, task, need }: Pick<Picture, 'ui' | 'task' | 'need'>,
): string {
  const isThreads = ui.focus === 'detail' && ui.view === 'threads';
  if (isThreads && labelsInThreads[id]) return labelsInThreads[id];
  if (id === 'page.filter' && ui.focus === 'detail' && ui.view === 'terminal') return 'search';
  if (id === 'message.say' && ui.focus !== 'team') {
    if (task?.escalation) return 'guide';
    if (task?.gateStep === 'review') return 'send back';
  }
  // One key, and what it does depends on the need: its row has the word.
  const isOfNeed = id === 'needs.drop' || ui.focus === 'needs';
  const word = isOfNeed && need?.answers.find(([action]) => action === id)?.[1];
  return word || (labels[id] ?? id);
}
