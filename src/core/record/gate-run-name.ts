import type { TaskId } from '../ids.ts';
import type { GateSubject } from './candidate.ts';

/** Names a gate run and its log file: `T-12-2-1`, `T-12-2-2-trunk`. A landing that begins anew counts from 1 again. */
export const gateRunName = (
  task: TaskId,
  attempt: number,
  run: number,
  subject: GateSubject,
): string => `${task}-${attempt}-${run}${subject === 'candidate' ? '' : `-${subject}`}`;
