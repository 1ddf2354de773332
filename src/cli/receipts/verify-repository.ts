import { stat } from 'node:fs/promises';
import {
  type CommitText,
  commitTexts,
  namedCommits,
  type TrunkHistory,
  trunkHistory,
} from '../../adapters/git/history/commit-texts.ts';
import { signerName } from '../../adapters/receipts/allowed-signers.ts';
import { checkLogs } from '../../adapters/receipts/check-logs.ts';
import { readReceipts } from '../../adapters/receipts/read-receipts.ts';
import { receiptPaths } from '../../adapters/receipts/receipt-paths.ts';
import { readSignedCommit } from '../../adapters/receipts/signed-commit.ts';
import type { AttestedFile, Flaw } from '../../core/receipt/verify/attested.ts';
import type { CommitVerdict } from '../../core/receipt/verify/judge-commit.ts';
import { judge } from '../../core/receipt/verify/verdict.ts';
import { readFacts } from '../journal-problem.ts';
import type { OpenedRepository } from '../open-state.ts';

export type Verification = {
  readonly commits: readonly CommitVerdict[];
  readonly flaws: readonly Flaw[];
  readonly file: AttestedFile;
  /** Commits of the trunk that are older than the first landing: nothing is asked of them. */
  readonly olderCount: number;
};

/** A team at work writes a receipt within this of its fact; then it is missing. */
const settleMs = 500;
const settleTries = 6;
/** Changed within this, the files may belong to a team at work. */
const freshMs = 10_000;

/**
 * Judges the trunk, or the commits that `words` name. Takes no lock and writes nothing. A team that is at work
 * meanwhile lands first and attests then, so what is broken a moment after a change is looked at again.
 */
export async function verifyRepository(
  opened: OpenedRepository,
  words: readonly string[],
): Promise<Verification> {
  for (let tries = 1; ; tries += 1) {
    const found = await verifyOnce(opened, words);
    const isBroken = found.flaws.some(one => one.level === 'broken');
    if (!isBroken || tries === settleTries || !(await isFresh(opened))) return found;
    await new Promise(resolve => setTimeout(resolve, settleMs));
  }
}

async function isFresh({ state }: OpenedRepository): Promise<boolean> {
  const paths = [state.journal, receiptPaths(state.receipts).file];
  const times = await Promise.all(
    paths.map(path =>
      stat(path).then(
        ({ mtimeMs }) => mtimeMs,
        () => 0,
      ),
    ),
  );
  return Math.max(...times) > Date.now() - freshMs;
}

/** In this order: whatever is on the trunk has its facts and receipts by then, or will have them in a moment. */
async function verifyOnce(
  { root: repository, state }: OpenedRepository,
  words: readonly string[],
): Promise<Verification> {
  const history = words.length === 0 ? await trunkHistory(state.hub, signerName) : null;
  const named = words.length === 0 ? [] : await namedCommits(repository, words);
  const events = await readFacts(state.journal);
  const file = await readReceipts(state.receipts);
  const texts =
    words.length > 0
      ? await commitTexts({ repository }, named)
      : await trunkTexts(state.hub, history, file);
  const verdict = judge({
    ...{ file, events, commits: texts.map(({ oid, raw }) => readSignedCommit(oid, raw)) },
    whole: words.length > 0 ? null : { isOnTrunk: oid => history?.all.has(oid) ?? false },
  });
  const { gates, openLog } = verdict;
  const { removedLogs } = file;
  const logs = await checkLogs(gates, {
    ...{ folder: state.gateLogs, now: Date.now(), openLog, removedLogs },
  });
  const flaws = [...verdict.flaws, ...logs];
  return { commits: verdict.commits, flaws, file, olderCount: history?.olderCount ?? 0 };
}

/** The way of the trunk, and landings that a merge of the person's put beside it. */
async function trunkTexts(
  gitDir: string,
  history: TrunkHistory | null,
  file: AttestedFile,
): Promise<readonly CommitText[]> {
  if (history === null) return [];
  const way = new Set(history.way);
  const beside = file.receipts.flatMap(({ kind, commit }) =>
    kind === 'landing' && commit !== null && history.all.has(commit) && !way.has(commit)
      ? [commit]
      : [],
  );
  return commitTexts({ gitDir }, [...history.way, ...beside]);
}
