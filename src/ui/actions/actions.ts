import type { Action } from './action.ts';
import type { ActionId } from './action-ids.ts';
import { diffActions } from './diff-actions.ts';
import { messageActions } from './message-actions.ts';
import { pageActions } from './page-actions.ts';
import { planActions } from './plan-actions.ts';
import { taskActions } from './task-actions.ts';
import { teamActions } from './team-actions.ts';
import { undoActions } from './undo.ts';
import { viewActions } from './view-actions.ts';

/** What each does. */
export const actions: Readonly<Record<ActionId, Action>> = {
  ...pageActions,
  ...viewActions,
  ...diffActions,
  ...messageActions,
  ...teamActions,
  ...taskActions,
  ...planActions,
  ...undoActions,
};
