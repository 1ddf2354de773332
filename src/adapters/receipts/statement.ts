import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Receipt } from '../../core/receipt/receipt.ts';

const statementType = 'https://in-toto.io/Statement/v1';
/** A name, not a place: nothing is fetched from it. */
const predicateBase = 'https://belfry.invalid/receipt/v1/';

const oid = z.string().regex(/^([0-9a-f]{40}|[0-9a-f]{64})$/);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const chained = {
  /** Number of the journalled fact; of a key or a removal, the last one that needs no receipt after it. */
  fact: z.int().nonnegative(),
  /** Hash of the line before; 64 zeros in the first. */
  previous: sha256,
  writtenAt: z.iso.datetime(),
};
const about = {
  ...chained,
  at: z.iso.datetime(),
  /** An earlier run should have written it, and was ended before. */
  afterwards: z.boolean(),
  task: z.string(),
  attempt: z.int(),
  who: z.object({
    agent: z.string(),
    cli: z.string().nullable(),
    session: z.string().nullable(),
    model: z.string().nullable(),
  }),
  base: oid.nullable(),
  head: oid.nullable(),
  commit: oid.nullable(),
  tree: oid.nullable(),
};

const predicate = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('key'),
    ...chained,
    /** As in an OpenSSH `.pub` file. */
    key: z.string(),
    /** Facts are numbered from 1 again: the journal before it is gone. */
    newJournal: z.boolean(),
  }),
  z.object({
    kind: z.literal('removal'),
    ...chained,
    /** Gate logs that Belfry deleted to keep their bound. */
    logs: z.array(z.string()),
  }),
  z.object({ kind: z.literal('attempt'), ...about, end: z.string() }),
  z.object({
    kind: z.literal('gate'),
    ...about,
    run: z.int(),
    subject: z.enum(['candidate', 'trunk', 'branch']),
    result: z.enum(['green', 'red', 'none']),
    durationMs: z.number().nullable(),
    /** SHA-256 of the commands; null where nobody told them. */
    command: sha256.nullable(),
    log: z.object({ name: z.string(), sha256: sha256.nullable() }),
  }),
  z.object({ kind: z.literal('landing'), ...about }),
]);

/** What a receipt says, or the certificate of a run's key, or that logs were deleted. */
export type Predicate = z.infer<typeof predicate>;
export type ReceiptPredicate = Exclude<Predicate, { kind: 'key' | 'removal' }>;

export type Chained = { readonly previous: string; readonly writtenAt: number };

export const sha256Of = (text: string | Buffer): string =>
  createHash('sha256').update(text).digest('hex');

const iso = (at: number) => new Date(at).toISOString();

/** `logHash`: null when the log is not there. */
export function predicateOf(
  receipt: Receipt,
  { previous, writtenAt }: Chained,
  more: { readonly isAfterwards: boolean; readonly logHash: string | null },
): ReceiptPredicate {
  const { fact, task, attempt, agent, maker, what } = receipt;
  const { cli = null, session = null, model = null } = maker ?? {};
  const { base, head, commit, tree } = what;
  const said = {
    ...{ fact, previous, writtenAt: iso(writtenAt), at: iso(receipt.at) },
    afterwards: more.isAfterwards,
    ...{ task, attempt, who: { agent, cli, session, model }, base, head, commit, tree },
  };
  switch (receipt.kind) {
    case 'attempt':
      return { kind: 'attempt', ...said, end: receipt.end };
    case 'landing':
      return { kind: 'landing', ...said };
    case 'gate': {
      const { run, subject, result, durationMs, command, log } = receipt;
      return {
        ...{ kind: 'gate', ...said, run, subject, result, durationMs },
        command: command === null ? null : sha256Of(command),
        log: { name: log, sha256: more.logHash },
      };
    }
  }
}

/** The subject of a receipt is what was tested or landed; where there was no commit it has no subject. */
export function statementOf(said: Predicate) {
  const { kind, ...rest } = said;
  return {
    _type: statementType,
    subject: subjectOf(said),
    predicateType: `${predicateBase}${kind}`,
    predicate: rest,
  };
}

function subjectOf(said: Predicate) {
  if (said.kind === 'key') return [{ name: 'key', digest: { sha256: sha256Of(said.key) } }];
  if (said.kind === 'removal') return [];
  const { commit, tree, task, attempt } = said;
  if (commit === null) return [];
  const digest = { gitCommit: commit, ...(tree !== null && { gitTree: tree }) };
  return [{ name: `${task}/${attempt}`, digest }];
}

/** Null when it is no statement that this Belfry knows. */
export function parseStatement(payload: string): Predicate | null {
  try {
    const raw = JSON.parse(payload) as { predicateType: string; predicate: object };
    const kind = raw.predicateType.slice(predicateBase.length);
    const parsed = predicate.safeParse({ ...raw.predicate, kind });
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** For messages: `gate run 2 of T-12/1`. */
export function nameOf(said: Predicate): string {
  if (said.kind === 'key') return 'the certificate of a run’s key';
  if (said.kind === 'removal') return 'the note of logs that were deleted';
  const about = `${said.task}/${said.attempt}`;
  if (said.kind === 'gate') return `gate run ${said.run} of ${about}`;
  return said.kind === 'landing' ? `the landing of ${about}` : `the end of attempt ${about}`;
}
