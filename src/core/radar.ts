import type { TaskId } from './ids.ts';

/** How two branches in flight stand to each other at this moment. */
export type BranchPair = {
  readonly one: TaskId;
  /** Null: the trunk. */
  readonly other: TaskId | null;
  /** `near`: they merge, but both changed one file. */
  readonly state: 'clear' | 'near' | 'conflict';
  /** The files in which they meet. */
  readonly files: readonly string[];
};

/** An exported name that a landing removed or changed, as those who use it see it. */
export type SignatureChange = {
  readonly symbol: string;
  readonly path: string;
  readonly before: string;
  /** Null: it is gone. */
  readonly after: string | null;
};

type Surface = ReadonlyMap<string, string>;

/** What is not as it was for those who use one file. New names disturb nobody. */
export function changesOf(
  path: string,
  before: Surface,
  after: Surface,
): readonly SignatureChange[] {
  const changes: SignatureChange[] = [];
  for (const [symbol, signature] of before) {
    const now = after.get(symbol) ?? null;
    if (now !== signature) changes.push({ symbol, path, before: signature, after: now });
  }
  return changes;
}

/** Those of the changes whose name stands in lines that a branch has added. */
export function changesUsed(
  changes: readonly SignatureChange[],
  addedLines: readonly string[],
): readonly SignatureChange[] {
  const words = new Set(addedLines.flatMap(line => line.match(/[A-Za-z_$][\w$]*/g) ?? []));
  return changes.filter(({ symbol }) => words.has(symbol));
}

/** More than this is not read. */
const noticedMax = 10;

const noticeStart = (by: TaskId) => `${by} has landed and changed what your branch uses:`;

/** Whether this text tells what the landing of `by` changed. */
export const isNoticeOf = (by: TaskId, text: string): boolean => text.startsWith(noticeStart(by));

/** What an engineer is told about a landing that changed what its branch uses. */
export function signatureNotice(by: TaskId, changes: readonly SignatureChange[]): string {
  const lines = changes
    .slice(0, noticedMax)
    .flatMap(({ symbol, path, before, after }) => [
      `${symbol} in ${path}`,
      `  was: ${before || symbol}`,
      after === null ? '  is gone' : `  is:  ${after || symbol}`,
    ]);
  const rest = changes.length - noticedMax;
  return [
    noticeStart(by),
    ...lines,
    ...(rest > 0 ? [`and ${rest} more`] : []),
    'Merge the trunk and make your work fit before you claim to be done.',
  ].join('\n');
}
