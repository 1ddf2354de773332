import type { Instant, TaskId } from '../ids.ts';
import type { GateSubject } from './candidate.ts';

/** What the gate does with an attempt. */
export type GateEvent =
  | {
      readonly type: 'gate.started';
      readonly task: TaskId;
      readonly attempt: number;
      readonly run: number;
      readonly subject: GateSubject;
    }
  | {
      readonly type: 'gate.passed';
      readonly task: TaskId;
      readonly attempt: number;
      readonly run: number;
      readonly durationMs: number;
      readonly flaky: boolean;
      /** Left out by journals in which nobody told. */
      readonly command?: string;
    }
  /** The first red run: not yet a catch, the trunk and a second run decide. */
  | {
      readonly type: 'gate.failed';
      readonly task: TaskId;
      readonly attempt: number;
      readonly run: number;
      readonly durationMs: number;
      readonly excerpt: string;
      readonly command?: string;
    }
  | {
      readonly type: 'gate.faulted';
      readonly task: TaskId;
      readonly attempt: number;
      readonly run: number;
      readonly reason: string;
      readonly retryAt: Instant;
    };
