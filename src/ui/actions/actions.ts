import type { Action } from './action.ts';
import { diffActions } from './diff-actions.ts';
import { messageActions } from './message-actions.ts';
import { pageActions } from './page-actions.ts';
import { planActions } from './plan-actions.ts';
import { taskActions } from './task-actions.ts';
import { teamActions } from './team-actions.ts';
import { undoActions } from './undo.ts';
import { viewActions } from './view-actions.ts';

/** Everything a person can do on the page, by id. The keymap, the palette and tests name these ids. */
const all = {
  ...pageActions,
  ...viewActions,
  ...diffActions,
  ...messageActions,
  ...teamActions,
  ...taskActions,
  ...planActions,
  ...undoActions,
} as const;

export type ActionId = keyof typeof all;
export const actions: Readonly<Record<ActionId, Action>> = all;
export const actionIds = Object.keys(all) as readonly ActionId[];
