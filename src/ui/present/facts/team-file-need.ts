import { cleanText } from '../../../lib/clean-text.ts';
import type { TeamFileChange } from '../../../ports/team-file.ts';
import { plural } from '../age.ts';
import type { Seed } from './need.ts';

/** A changed team.yaml, which counts only when the person says so. */
export function teamFileSeeds(change: TeamFileChange | null): readonly Seed[] {
  if (change === null) return [];
  return [
    {
      key: 'team file',
      kind: 'teamFile',
      subject: 'team.yaml changed',
      text:
        change.problem !== null
          ? `cannot count: ${mistakesOf(change.problem)[0]}; the team goes on as it was`
          : `${plural(change.diff.length, 'line')}; nothing of it counts before you say so`,
      answers: [['item.open', change.problem === null ? 'look and apply' : 'look']],
      since: change.at,
    },
  ];
}

/** Each mistake with its place, without the sentence that says that there are some. */
export function mistakesOf(problem: string): string[] {
  const rows = problem.split('\n').map(row => cleanText(row).trim());
  return (rows.length > 1 ? rows.slice(1) : rows).map(row =>
    row.replace(/^\S*\/team\.yaml:/, 'line '),
  );
}
