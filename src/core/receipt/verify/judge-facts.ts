import { Fold } from '../../apply/fold.ts';
import type { Event } from '../../event.ts';
import { gateRunName } from '../../record/gate-run-name.ts';
import type { State } from '../../state.ts';
import type { Receipt } from '../receipt.ts';
import { beforeFact, receiptsOf } from '../receipts-of.ts';
import type { Attested, AttestedFile, Flaw } from './attested.ts';

export type FactsVerdict = {
  /** `landed`: the commit, where it is about a landing. */
  readonly flaws: readonly { readonly flaw: Flaw; readonly landed: string | null }[];
  /** By commit: the number of the fact that it landed, and of the newest one that the gate passed on it. */
  readonly landedFacts: ReadonlyMap<string, number>;
  readonly passedFacts: ReadonlyMap<string, number>;
  /** Of the log that a gate run under way writes, the name. */
  readonly openLog: string | null;
};

/** Whether each thing that the journal says should have a receipt has one, and whether both say the same. */
export function judgeFacts(events: readonly Event[], file: AttestedFile): FactsVerdict {
  const receipts = new Map<string, Attested>();
  for (const one of file.receipts)
    if (one.line >= file.journalFromLine) receipts.set(keyOf(one), one);
  const since = file.journalFromLine > 1 ? 0 : (file.firstFact ?? Number.POSITIVE_INFINITY);
  const flaws: FactsVerdict['flaws'][number][] = [];
  const landedFacts = new Map<string, number>();
  const passedFacts = new Map<string, number>();
  const fold = new Fold();
  for (const [index, event] of events.entries()) {
    const before = beforeFact(fold.state, event);
    const { landing } = before;
    fold.take(event);
    const fact = index + 1;
    if (event.type === 'landing.finished') landedFacts.set(event.commit, fact);
    if (event.type === 'gate.passed') {
      const commit = landing?.candidate?.commit;
      if (commit !== undefined) passedFacts.set(commit, fact);
    }
    if (fact > since)
      for (const due of receiptsOf(before, event, fold.state, fact)) {
        const flaw = compare(due, receipts.get(keyOf(due)));
        const landed = due.kind === 'landing' ? due.what.commit : null;
        if (flaw !== null) flaws.push({ flaw, landed });
      }
  }
  return { flaws, landedFacts, passedFacts, openLog: openLogOf(fold.state) };
}

const keyOf = ({ fact, kind }: Pick<Attested, 'fact' | 'kind'>) => `${fact}/${kind}`;

function compare(due: Receipt, found: Attested | undefined): Flaw | null {
  const place = `fact ${due.fact} of the journal (${aboutOf(due)})`;
  if (found === undefined)
    return {
      ...{ level: 'broken', place, reason: 'there is no receipt of it that holds' },
      remedy:
        'if a crash came between, the next start of Belfry writes it; otherwise it was taken out or altered.',
    };
  const isSame =
    found.task === due.task &&
    found.attempt === due.attempt &&
    found.commit === due.what.commit &&
    found.tree === due.what.tree &&
    (due.kind !== 'gate' || found.gate?.result === due.result);
  if (isSame) return null;
  return {
    ...{
      level: 'broken',
      place,
      reason: `the receipt of it (line ${found.line}) says something else`,
    },
    remedy:
      'the receipt is signed, the journal is not: the journal was altered, or is another one.',
  };
}

function aboutOf(due: Receipt): string {
  const about = `${due.task}/${due.attempt}`;
  if (due.kind === 'gate') return `gate run ${due.run} of ${about}`;
  return due.kind === 'landing' ? `landing of ${about}` : `end of ${about}`;
}

function openLogOf({ landing }: State): string | null {
  if (landing === null || landing.running === null) return null;
  const { task, attempt, runs, running } = landing;
  return gateRunName(task, attempt, runs, running);
}
