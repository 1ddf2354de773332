import type { Instant } from '../../ids.ts';
import type { GateReceipt, ReceiptKind } from '../receipt.ts';

/** A line of the receipts whose signature and certificate hold. */
export type Attested = {
  /** Counted from 1. */
  readonly line: number;
  readonly hash: string;
  readonly kind: ReceiptKind;
  readonly fact: number;
  readonly at: Instant;
  /** Written by a later run than the one of its fact. */
  readonly isAfterwards: boolean;
  readonly task: string;
  readonly attempt: number;
  readonly commit: string | null;
  readonly tree: string | null;
  /** Of gate runs. */
  readonly gate: Pick<GateReceipt, 'run' | 'subject' | 'result'> | null;
  readonly log: { readonly name: string; readonly sha256: string | null } | null;
};

/** A file of receipts, checked line by line. */
export type AttestedFile = {
  readonly receipts: readonly Attested[];
  /** Fingerprints of the runs’ keys that the root key certified. */
  readonly keys: ReadonlySet<string>;
  /** What is wrong with lines of it. */
  readonly flaws: readonly Flaw[];
  readonly lineCount: number;
  /** Of every line whose signature holds. */
  readonly hashes: ReadonlySet<string>;
  /** Hash of the newest line; null when there is none. */
  readonly head: string | null;
  /** Fingerprint of the root key; null when it is not there. */
  readonly root: string | null;
  /** Facts up to this number are older than the first receipt; null when there is no receipt at all. */
  readonly firstFact: number | null;
  /** Gate logs that Belfry said it deletes to keep their bound, by name: in which line, and when. */
  readonly removedLogs: ReadonlyMap<string, { readonly line: number; readonly at: Instant }>;
  /** From this line on facts are numbered as in the journal that is there: an earlier one is gone. */
  readonly journalFromLine: number;
};

/** A commit as git has it. */
export type SeenCommit = {
  readonly oid: string;
  readonly tree: string;
  readonly subject: string;
  /** Belfry is named as its committer and a task as its reason: it claims to be a landing. */
  readonly claim: { readonly task: string; readonly attempt: string } | null;
  readonly signature:
    | { readonly kind: 'none' | 'wrong' }
    | { readonly kind: 'good'; readonly key: string };
};

/**
 * Something that keeps a thing from being proved. `broken`: it contradicts what Belfry writes. `unproven`: nothing
 * speaks for it and nothing against it. `note`: good to know, and no reason to doubt.
 */
export type Flaw = {
  readonly level: 'broken' | 'unproven' | 'note';
  readonly place: string;
  readonly reason: string;
  /** What helps; null where nothing is needed. */
  readonly remedy: string | null;
};
