import type { AgentId, Instant, Oid, TaskId } from '../ids.ts';
import type { Maker } from '../record/attempt-record.ts';
import type { GateSubject } from '../record/candidate.ts';

/** What is attested about an attempt: of the attempt itself, of one run of the gate, or of its landing. */
export type Receipt = {
  /** Number of the journalled fact that it attests, counted from 1. Several may attest one fact. */
  readonly fact: number;
  readonly at: Instant;
  readonly task: TaskId;
  readonly attempt: number;
  readonly agent: AgentId;
  /** What nobody told is null. */
  readonly maker: Maker | null;
  readonly what: Tested;
} & (AttemptReceipt | GateReceipt | LandingReceipt);

/** The commits that it is about; null where there was none, or nobody recorded it. */
export type Tested = {
  /** The trunk's commit. */
  readonly base: Oid | null;
  /** The last commit of the attempt's branch. */
  readonly head: Oid | null;
  /** What was tested or landed; for an attempt its newest merge result. */
  readonly commit: Oid | null;
  readonly tree: Oid | null;
};

export type AttemptReceipt = {
  readonly kind: 'attempt';
  /** How it ended: `landed`, `failed: gate`, `conflicted` … */
  readonly end: string;
};

export type GateReceipt = {
  readonly kind: 'gate';
  readonly run: number;
  readonly subject: GateSubject;
  readonly result: 'green' | 'red' | 'none';
  readonly durationMs: number | null;
  /** As recorded; of long ones the beginning, and the hash of the whole. */
  readonly command: string | null;
  /** See `gateRunName`. */
  readonly log: string;
};

export type LandingReceipt = { readonly kind: 'landing' };

export type ReceiptKind = Receipt['kind'];
