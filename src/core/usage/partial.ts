import type { Agent } from '../agent.ts';
import type { State } from '../state.ts';
import type { Task } from '../task.ts';

/** It has worked and yet its agent CLI has told no cost. One that has had no message has used next to nothing. */
const isSilent = ({ costUsd, messagesInSession, sessionCount }: Agent): boolean =>
  costUsd === null && (messagesInSession > 0 || sessionCount > 1);

export const isTeamPartial = ({ agents }: State): boolean => Object.values(agents).some(isSilent);

/** Somebody who worked on it tells no cost. */
export const isTaskPartial = ({ attempts }: Task, { agents }: State): boolean =>
  attempts.some(({ agent }) => agents[agent] !== undefined && isSilent(agents[agent]));
