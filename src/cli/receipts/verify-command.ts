import { ReceiptsError } from '../../adapters/receipts/read-receipts.ts';
import { receiptPaths } from '../../adapters/receipts/receipt-paths.ts';
import type { Flaw } from '../../core/receipt/verify/attested.ts';
import type { CommitVerdict } from '../../core/receipt/verify/judge-commit.ts';
import { jsonText } from '../../lib/json-text.ts';
import { GitError } from '../../ports/worktrees.ts';
import type { Io } from '../io.ts';
import { openState } from '../open-state.ts';
import { parseCommand } from '../parse-arguments.ts';
import { UserError } from '../user-error.ts';
import { type Verification, verifyRepository } from './verify-repository.ts';
import { exitCodes, notProven, outcomeOf, verifyText } from './verify-words.ts';

/** More words than this are a list that a shell made; a range says it shorter. */
const wordsMax = 1_000;

/**
 * `belfry verify`: whether every commit that Belfry landed had a passing gate on its very tree. Exit code 0 when
 * all of it is proven, 1 when something is broken, 3 when nothing is broken and not all is proven.
 */
export async function runVerifyCommand(args: readonly string[], io: Io): Promise<number> {
  const { flags, positionals } = parseCommand(args, {
    flags: { json: 'boolean', root: 'string', known: 'strings' },
    positionals: [0, wordsMax],
  });
  const opened = await openState(io.cwd, io);
  const { rootKey } = receiptPaths(opened.state.receipts);
  const read = await verify(() => verifyRepository(opened, positionals));
  const flaws = [...read.flaws, ...unlike(read, flags.root, flags.known ?? [])];
  const found = { ...read, flaws };
  io.stdout(
    flags.json ? jsonText(jsonOf(opened.root, found, rootKey)) : verifyText(found, rootKey),
  );
  return exitCodes[outcomeOf(found)];
}

async function verify(run: () => Promise<Verification>): Promise<Verification> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof GitError) throw new UserError(error.message, 2);
    if (error instanceof ReceiptsError) throw new UserError(error.message, exitCodes.broken);
    throw error;
  }
}

/** What the person kept elsewhere cannot be written anew by whoever has the state folder. */
function unlike(
  { file }: Verification,
  root: string | undefined,
  known: readonly string[],
): readonly Flaw[] {
  const broken = (place: string, reason: string): Flaw => ({
    ...{ level: 'broken', place, reason },
    remedy: 'the receipts are not those that you knew: compare with a backup.',
  });
  return [
    ...(root === undefined || root === file.root
      ? []
      : [broken('root key', `it is ${file.root ?? 'not there'}, not ${root}`)]),
    ...known
      .filter(hash => !file.hashes.has(hash))
      .map(hash => broken(`receipt ${hash}`, 'it is not among the receipts any more')),
  ];
}

function jsonOf(repository: string, found: Verification, rootKey: string) {
  const { file } = found;
  return {
    repository,
    outcome: outcomeOf(found),
    commits: found.commits.map(commitJson),
    commitsBeforeFirstLanding: found.olderCount,
    flaws: found.flaws,
    receipts: {
      ...{ lines: file.lineCount, newest: file.head, root: file.root },
      keys: [...file.keys],
    },
    doesNotProve: notProven(rootKey),
  };
}

function commitJson({ commit, state, landing, gate }: CommitVerdict) {
  const receipt = (one: CommitVerdict['gate']) => one && { line: one.line, hash: one.hash };
  return {
    ...{ commit: commit.oid, tree: commit.tree, subject: commit.subject, state },
    ...{ task: landing?.task ?? null, attempt: landing?.attempt ?? null },
    ...{ landing: receipt(landing), gate: receipt(gate) },
  };
}
