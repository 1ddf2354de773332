import type { AgentStatus, Role } from './agent.ts';
import type { AgentId, Instant, Oid, TaskId } from './ids.ts';
import type { Finding } from './plan/finding.ts';
import type { SignatureChange } from './radar.ts';
import type { Candidate, GateSubject } from './record/candidate.ts';
import type { BrokenFile, Column, TaskContent } from './task.ts';
import type { Tokens } from './usage/usage.ts';

/** A request or an observation, stamped by the supervisor. Decided on, never journalled. */
export type Input = { readonly at: Instant } & (Command | Observation);

/** A person or an agent asks. Commands that are not legal now are answered with a reason and change nothing. */
export type Command =
  | { readonly type: 'team.pause' }
  | { readonly type: 'team.resume' }
  | { readonly type: 'agent.pause'; readonly agent: AgentId }
  | { readonly type: 'agent.resume'; readonly agent: AgentId }
  | { readonly type: 'agent.stop'; readonly agent: AgentId }
  /** Starts a stopped or given-up agent again, in its old session when there is one. */
  | { readonly type: 'agent.start'; readonly agent: AgentId }
  | {
      readonly type: 'agent.answer';
      readonly agent: AgentId;
      readonly question: string;
      readonly answer: 'yes' | 'no';
    }
  | { readonly type: 'task.move'; readonly task: TaskId; readonly column: Column }
  | { readonly type: 'task.pause'; readonly task: TaskId }
  | { readonly type: 'task.resume'; readonly task: TaskId }
  | { readonly type: 'task.escalate'; readonly task: TaskId; readonly why: string }
  /** Manager's and person's verbs. `by` is checked against the role. */
  | {
      readonly type: 'task.guide';
      readonly task: TaskId;
      readonly by: AgentId | 'person';
      readonly text: string;
    }
  | {
      readonly type: 'task.reassign';
      readonly task: TaskId;
      readonly by: AgentId | 'person';
      readonly to: AgentId | null;
      readonly text: string | null;
    }
  | {
      readonly type: 'task.drop';
      readonly task: TaskId;
      readonly by: AgentId | 'person';
      readonly why: string;
    }
  /** The manager passes an escalation on to the person. */
  | {
      readonly type: 'task.ask';
      readonly task: TaskId;
      readonly by: AgentId;
      readonly text: string;
    }
  /** The architect is asked to put several tasks in its place. */
  | {
      readonly type: 'task.split';
      readonly task: TaskId;
      readonly by: AgentId | 'person';
      readonly text: string;
    }
  /** The architect has added every part. */
  | { readonly type: 'task.endSplit'; readonly task: TaskId; readonly by: AgentId | 'person' }
  /** The person approves a reviewed landing (`m`). */
  | { readonly type: 'task.approve'; readonly task: TaskId }
  /** The person looked at what waits to land and wants it done otherwise. */
  | { readonly type: 'task.sendBack'; readonly task: TaskId; readonly text: string }
  | { readonly type: 'task.retry'; readonly task: TaskId }
  | {
      readonly type: 'message.send';
      readonly from: AgentId | 'person';
      readonly to: AgentId;
      readonly text: string;
      readonly isGoal: boolean;
      readonly isUrgent?: boolean;
      /** The name of the mail, so that one which is read again after a crash is known. */
      readonly mail?: string;
    }
  /** The person lets these tasks of a draft be worked on; the others stay in it. */
  | { readonly type: 'plan.accept'; readonly tasks: readonly TaskId[] }
  /** The person wants these tasks of a draft planned again. */
  | { readonly type: 'plan.sendBack'; readonly tasks: readonly TaskId[]; readonly text: string }
  /** What becomes of a used-up budget; of the run where no task is named. `raise` allows the same again. */
  | {
      readonly type: 'budget.answer';
      readonly task: TaskId | null;
      readonly answer: 'raise' | 'stop';
    }
  /** Runs the gate on the trunk again after it was red. */
  | { readonly type: 'trunk.recheck' }
  | { readonly type: 'run.end' };

/** An adapter reports what it saw. Every observation about an attempt names it; stale ones decide nothing. */
export type Observation =
  | {
      readonly type: 'run.began';
      readonly trunk: string;
      readonly head: Oid;
      readonly team: readonly {
        readonly agent: AgentId;
        readonly role: Role;
        readonly cli: string;
      }[];
    }
  /** Nothing happened but time: whatever is overdue is settled. */
  | { readonly type: 'time.passed' }
  | { readonly type: 'clock.jumped'; readonly gapMs: number }
  | {
      readonly type: 'board.read';
      readonly tasks: readonly BoardTask[];
      readonly broken: readonly BrokenFile[];
    }
  /** A landing changed exported names that the branch of another task uses. */
  | {
      readonly type: 'signatures.changed';
      readonly task: TaskId;
      readonly by: TaskId;
      readonly changes: readonly SignatureChange[];
    }
  /** The file of a batch could not be written. */
  | { readonly type: 'batch.failed'; readonly why: string }
  /** The lint let a new task onto the board, with these warnings. */
  | { readonly type: 'plan.linted'; readonly task: TaskId; readonly findings: readonly Finding[] }
  | {
      readonly type: 'agent.looked';
      readonly agent: AgentId;
      readonly session: string;
      readonly status: AgentStatus;
      readonly reason: string;
      /** When a failed or limited agent may go on; null: only a person can mend it. Undefined: not told. */
      readonly until?: Instant | null;
      /** What its terminal has received so far. */
      readonly bytes?: number;
      readonly question: {
        readonly id: string;
        readonly kind: 'permission' | 'question';
        readonly text: string;
      } | null;
    }
  | {
      readonly type: 'agent.measured';
      readonly agent: AgentId;
      readonly session: string;
      readonly contextUsed: number | null;
      /** Of the session so far. */
      readonly costUsd: number | null;
      readonly tokens?: Tokens | null;
      readonly model?: string;
      readonly contextWindow?: number;
    }
  | {
      readonly type: 'agent.exited';
      readonly agent: AgentId;
      readonly session: string;
      readonly reason: string;
    }
  /** It was to go on with its session, which is not there any more: it began an empty one, or ended over it. */
  | { readonly type: 'agent.sessionLost'; readonly agent: AgentId; readonly session: string }
  /** A long pause ended its turn. */
  | {
      readonly type: 'agent.interrupted';
      readonly agent: AgentId;
      readonly session: string;
      /** Its session holds nothing of the turn; left out: it does. */
      readonly isForgotten?: true;
    }
  /** The agent's branch got a new commit, or its screen shows progress of another kind. */
  | { readonly type: 'agent.progressed'; readonly agent: AgentId }
  | {
      readonly type: 'agent.claimedDone';
      readonly agent: AgentId;
      readonly task: TaskId;
      readonly attempt: number;
      readonly head: Oid;
      readonly summary: string;
    }
  | {
      readonly type: 'agent.claimedBlocked';
      readonly agent: AgentId;
      readonly task: TaskId;
      readonly attempt: number;
      readonly why: string;
    }
  /** Answer to `inspectWork`: what the branch of an agent that stopped without a claim holds. */
  | {
      readonly type: 'work.inspected';
      readonly task: TaskId;
      readonly attempt: number;
      readonly head: Oid;
      readonly commits: number;
    }
  /** An agent's worktree could not be put on the task, or its work on it not be looked at: git or the disk failed. */
  | {
      readonly type: 'worktree.failed';
      readonly agent: AgentId;
      readonly task: TaskId;
      readonly attempt: number;
      /** At most `faultWhyCharsMax` characters. */
      readonly why: string;
    }
  /** Its text, where it was not there yet, and Enter were written to the terminal. */
  | { readonly type: 'message.entered'; readonly id: string }
  | { readonly type: 'message.confirmed'; readonly id: string }
  /** It could not be prepared: nothing of it was typed. */
  | { readonly type: 'message.failed'; readonly id: string; readonly why: string }
  | {
      readonly type: 'candidate.built';
      readonly task: TaskId;
      readonly attempt: number;
      readonly candidate: Candidate;
      readonly risks: readonly string[];
    }
  | {
      readonly type: 'candidate.conflicted';
      readonly task: TaskId;
      readonly attempt: number;
      readonly files: readonly string[];
      readonly filesOmitted?: number;
    }
  /** The merge result is the trunk itself: nothing to land. */
  | { readonly type: 'candidate.empty'; readonly task: TaskId; readonly attempt: number }
  | {
      readonly type: 'candidate.failed';
      readonly task: TaskId;
      readonly attempt: number;
      readonly reason: string;
    }
  | {
      readonly type: 'gate.finished';
      readonly task: TaskId;
      readonly attempt: number;
      readonly run: number;
      readonly subject: GateSubject;
      readonly subjectCommit: Oid;
      /** The commands that were run, in one line, at most `recordedCommandCharsMax`. */
      readonly command?: string;
      readonly result: GateResult;
    }
  | {
      readonly type: 'landing.answered';
      readonly task: TaskId;
      readonly attempt: number;
      readonly commit: Oid;
      readonly answer: 'landed' | 'stale' | 'failed';
      readonly head: Oid;
      readonly reason: string;
    }
  /** A key or the mouse, on the page. */
  | { readonly type: 'person.acted' }
  | { readonly type: 'trunk.seen'; readonly head: Oid }
  | { readonly type: 'checkout.seen'; readonly behind: number; readonly why: string | null };

export type ObservationOf<Type extends Observation['type']> = Extract<Observation, { type: Type }>;

export type GateResult =
  | { readonly outcome: 'passed'; readonly durationMs: number }
  | { readonly outcome: 'failed'; readonly durationMs: number; readonly excerpt: string }
  /** The command could not run, or the machine cut it: says nothing about the work. */
  | { readonly outcome: 'faulted'; readonly durationMs: number; readonly reason: string };

/** A readable task file, as the board adapter saw it. */
export type BoardTask = {
  readonly task: TaskId;
  readonly content: TaskContent;
  /** Who added it, as far as the file tells. */
  readonly by: AgentId | 'person';
  /** The `status` somebody wrote into the file since Belfry last read or wrote it; null when nobody did. */
  readonly wish: Column | null;
};
