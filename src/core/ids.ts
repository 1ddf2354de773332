import type { Brand } from '../lib/brand.ts';

/** `T-12`. Given by the board, never reused. Also the stem of file and branch names: `t-12`. */
export type TaskId = Brand<string, 'TaskId'>;
/** `architect`, `manager`, `eng-1`: role and number, fixed for the life of the repository's team. */
export type AgentId = Brand<string, 'AgentId'>;
/** A full git object id, 40 or 64 hex digits. */
export type Oid = Brand<string, 'Oid'>;
/** Milliseconds since the Unix epoch, as the supervisor's clock tells it. */
export type Instant = number;

const taskIdPattern = /^T-[1-9][0-9]{0,6}$/;
const agentIdPattern = /^(architect|manager|eng-[1-9][0-9]?)$/;

export const isTaskId = (text: string): text is TaskId => taskIdPattern.test(text);
export const isAgentId = (text: string): text is AgentId => agentIdPattern.test(text);

/** The branch of a task in the agents' repository. Lower case: some file systems fold case. */
export const branchOf = (task: TaskId): string => `belfry/${task.toLowerCase()}`;

export const taskNumber = (task: TaskId): number => Number(task.slice(2));
