import type * as z from 'zod';
import { teamFileBytesMax } from '../../core/limits.ts';
import { didYouMean } from '../../lib/nearest-word.ts';
import type { TeamConfig, TeamProblem } from '../../ports/team-config.ts';
import { readBoundedFile } from '../system/read-bounded-file.ts';
import { knownKeysAt, teamSchema } from './team-schema.ts';
import { readPlacedYaml } from './yaml-places.ts';

export type LoadedTeam =
  | { readonly ok: true; readonly team: TeamConfig }
  | { readonly ok: false; readonly problems: readonly TeamProblem[] };

const fileCharsMax = 256_000;
const problemsMax = 20;

/** Reads team.yaml. `clis` are the names of the agent CLIs that can fill a role. Throws only when the file cannot be read. */
export function loadTeam(path: string, clis: readonly string[]): LoadedTeam {
  return parseTeam(readBoundedFile(path, teamFileBytesMax), clis);
}

/** Checks the text of team.yaml; every problem has its place in the text. */
export function parseTeam(text: string, clis: readonly string[]): LoadedTeam {
  const read = readPlacedYaml(text, 'a team', fileCharsMax);
  if ('problems' in read)
    return { ok: false, problems: read.problems.map(one => ({ ...one, path: '' })) };
  const { value } = read;
  const parsed = teamSchema(clis).safeParse(value ?? {});
  if (parsed.success) return { ok: true, team: parsed.data };
  const problems = parsed.error.issues
    .flatMap(issue => problemsOf(issue, value))
    .map(({ path, message, isKey }) => ({
      ...read.placeOf(path, isKey),
      path: path.map(String).join('.'),
      message,
    }))
    .sort((one, other) => one.line - other.line || one.column - other.column)
    .slice(0, problemsMax);
  return { ok: false, problems };
}

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
