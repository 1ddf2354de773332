import { readFile } from 'node:fs/promises';
import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import type { z } from 'zod';
import { didYouMean } from '../../lib/nearest-word.ts';
import { mayNestDeeply } from '../../lib/nesting-bound.ts';
import type { TeamConfig, TeamProblem } from '../../ports/team-config.ts';
import { knownKeysAt, teamSchema } from './team-schema.ts';

export type LoadedTeam =
  | { readonly ok: true; readonly team: TeamConfig }
  | { readonly ok: false; readonly problems: readonly TeamProblem[] };

const fileCharsMax = 256_000;
const problemsMax = 20;

/** Reads team.yaml. `clis` are the names of the agent CLIs that can fill a role. Rejects only when the file cannot be read. */
export async function loadTeam(path: string, clis: readonly string[]): Promise<LoadedTeam> {
  return parseTeam(await readFile(path, 'utf8'), clis);
}

/** Checks the text of team.yaml; every problem has its place in the text. */
export function parseTeam(text: string, clis: readonly string[]): LoadedTeam {
  if (text.length > fileCharsMax) return refused('the file is too long for a team');
  if (mayNestDeeply(text)) return refused('the file is nested too deep');
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { prettyErrors: false, lineCounter });
  const at = (offset: number) => {
    const { line, col } = lineCounter.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  if (document.errors.length > 0) {
    const problems = document.errors
      .slice(0, problemsMax)
      .map(error => ({ ...at(error.pos[0]), path: '', message: yamlMessage(error) }));
    return { ok: false, problems };
  }
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: 0 });
  } catch {
    return refused('aliases (*name) are not taken: write the value out');
  }
  const parsed = teamSchema(clis).safeParse(value ?? {});
  if (parsed.success) return { ok: true, team: parsed.data };
  const problems = parsed.error.issues
    .flatMap(issue => problemsOf(issue, value))
    .map(({ path, message, isKey }) => ({
      ...at(offsetOf(document.contents, path, isKey)),
      path: path.map(String).join('.'),
      message,
    }))
    .sort((one, other) => one.line - other.line || one.column - other.column)
    .slice(0, problemsMax);
  return { ok: false, problems };
}

const refused = (message: string): LoadedTeam => ({
  ok: false,
  problems: [{ line: 1, column: 1, path: '', message }],
});

type Found = {
  readonly path: readonly PropertyKey[];
  readonly message: string;
  /** The key itself is wrong, not its value. */
  readonly isKey: boolean;
};

function problemsOf(issue: z.core.$ZodIssue, value: unknown): readonly Found[] {
  // A single gate command is checked as a list of one that nobody wrote.
  const path = issue.path.filter((step, index) => {
    return !(index === 1 && step === 0 && issue.path[0] === 'gate' && !isList(value, 'gate'));
  });
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map(key => ({
      path: [...path, key],
      message: `there is no key “${key}” here.${didYouMean(key, knownKeysAt(path))}`.trim(),
      isKey: true,
    }));
  if (issue.code === 'invalid_union') {
    // Of the forms that were tried, the one whose keys were looked at is the one that was meant.
    const meant = issue.errors.find(errors =>
      errors.some(one => one.path.length > 0 || one.code === 'unrecognized_keys'),
    );
    if (meant !== undefined)
      return meant.flatMap(one =>
        problemsOf({ ...one, path: [...issue.path, ...one.path] }, value),
      );
    const message = 'write a command, or name, command, timeout and silence';
    return [{ path, message, isKey: false }];
  }
  return [{ path, message: issue.message, isKey: false }];
}

const isList = (value: unknown, key: string): boolean =>
  typeof value === 'object' &&
  value !== null &&
  Array.isArray((value as Record<string, unknown>)[key]);

/** Where a path is in the text; of what is missing, the nearest thing around it. */
function offsetOf(root: Node | null, path: readonly PropertyKey[], isKey: boolean): number {
  let node: unknown = root;
  let offset = root?.range?.[0] ?? 0;
  for (const [index, step] of path.entries()) {
    if (isMap(node)) {
      const pair = node.items.find(one => isScalar(one.key) && String(one.key.value) === step);
      if (pair === undefined) return offset;
      const keyOffset = (pair.key as Node).range?.[0] ?? offset;
      const isLast = index === path.length - 1;
      const value = pair.value as Node | null;
      const isEmpty = value === null || (isScalar(value) && value.value === null);
      offset =
        (isLast && isKey) || isEmpty || !isLast ? keyOffset : (value.range?.[0] ?? keyOffset);
      node = value;
    } else if (isSeq(node)) {
      node = node.items[Number(step)];
      offset = (node as Node | undefined)?.range?.[0] ?? offset;
    } else return offset;
  }
  return offset;
}

function yamlMessage({
  code,
  message,
}: {
  readonly code: string;
  readonly message: string;
}): string {
  if (code === 'DUPLICATE_KEY') return 'this key is there twice: keep one';
  return message.replace(/\s+/g, ' ').trim();
}
