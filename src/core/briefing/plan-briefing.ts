import { cleanText } from '../../lib/clean-text.ts';
import { cutText } from '../../lib/text-width.ts';
import { tasksIn } from '../board.ts';
import { isTestFile } from '../failure/test-files.ts';
import { ruleNotes } from '../plan/lint.ts';
import type { PlanFacts, TrunkFile } from '../plan/plan-facts.ts';
import { scoresOf } from '../plan/plan-record.ts';
import { wordsOf } from '../plan/words.ts';
import type { State } from '../state.ts';

/** Where the goal ends and what Belfry knows begins. */
export const briefingMark = '--- What Belfry knows of the repository';

/** Each part is cut here: a briefing saves context, it does not fill it. */
const filesShown = 40;
const foldersShown = 20;
const habitsShown = 12;
const tasksShown = 40;
const lineWidth = 160;

export type BriefingTeam = {
  readonly engineers: number;
  /** The gate's commands, in order. */
  readonly gate: readonly string[];
};

/** What the architect would otherwise have to find out: map, tests, habits, open work, team and rules. */
export function planBriefing(
  goal: string,
  state: State,
  facts: PlanFacts,
  team: BriefingTeam,
): readonly string[] {
  const relevant = relevantFiles(goal, facts);
  const lines = [
    ...part('Files that the goal may concern, the likeliest first', relevant.map(fileLine)),
    ...part('Folders', foldersOf(facts.files)),
    ...part('Tests', testLines(facts.files, team.gate)),
    ...part('Files that change together', habitsOf(relevant, facts)),
    ...part('Open tasks and their files', openTasks(state)),
    ...part('The team', [
      `${team.engineers} engineers work at the same time, each on one task`,
      ...foresightLines(state),
    ]),
    ...part(
      'Rules by which each task is judged when you add it',
      ruleNotes.map(({ id, why }) => `${id}: ${why}`),
    ),
    'A body may say “Provides: name” and “Uses: name”: who uses what another provides must depend on it.',
  ];
  return [briefingMark, ...lines.map(line => cutText(cleanText(line), lineWidth))];
}

const part = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : ['', `${title}:`, ...lines.map(line => `  ${line}`)];

const fileLine = ({ path, tokens }: TrunkFile) => `${path} (${tokens} tokens)`;

/** By words of the goal in the path, then by how often history comes back to the file. */
function relevantFiles(goal: string, { files, changeShares }: PlanFacts): readonly TrunkFile[] {
  const wanted = [...wordsOf(goal)].flatMap(word => word.split(/[._/-]/)).filter(isTelling);
  const scored = files.map(file => {
    const path = file.path.toLowerCase();
    const hits = wanted.filter(word => path.includes(stemOf(word))).length;
    return { file, hits, share: changeShares.get(file.path) ?? 0 };
  });
  return scored
    .filter(({ hits, file }) => hits > 0 && file.tokens > 0)
    .sort((a, b) => b.hits - a.hits || b.share - a.share)
    .slice(0, filesShown)
    .map(({ file }) => file);
}

const isTelling = (word: string) => word.length > 2;
/** `statements` finds `statement.ts`, `categories` finds `category.ts`. */
const stemOf = (word: string) => word.replace(/(ies|es|s|ing|ed)$/, '');

function foldersOf(files: readonly TrunkFile[]): readonly string[] {
  const sums = new Map<string, { files: number; tokens: number }>();
  for (const { path, tokens } of files) {
    const folder = path.split('/').slice(0, -1).slice(0, 2).join('/') || '.';
    const sum = sums.get(folder) ?? { files: 0, tokens: 0 };
    sums.set(folder, { files: sum.files + 1, tokens: sum.tokens + tokens });
  }
  return [...sums]
    .sort((a, b) => b[1].tokens - a[1].tokens)
    .slice(0, foldersShown)
    .map(
      ([folder, sum]) => `${folder}: ${sum.files} files, ${Math.round(sum.tokens / 1000)}k tokens`,
    );
}

function testLines(files: readonly TrunkFile[], gate: readonly string[]): readonly string[] {
  const tests = files.filter(({ path }) => isTestFile(path));
  const first = tests[0]?.path;
  return [
    ...gate.map(command => `the gate runs: ${command}`),
    ...(first === undefined ? [] : [`${tests.length} test files, such as ${first}`]),
  ];
}

function habitsOf(relevant: readonly TrunkFile[], { companions }: PlanFacts): readonly string[] {
  return relevant
    .flatMap(({ path }) => {
      const strong = (companions.get(path) ?? []).slice(0, 3);
      const names = strong.map(one => `${one.path} (${Math.round(one.share * 100)} %)`);
      return names.length === 0 ? [] : [`${path} with ${names.join(', ')}`];
    })
    .slice(0, habitsShown);
}

function openTasks(state: State): readonly string[] {
  return (['doing', 'gate', 'ready', 'backlog'] as const)
    .flatMap(column => tasksIn(state, column))
    .slice(0, tasksShown)
    .map(
      ({ id, title, column, files }) => `${id} (${column}) ${title}: ${files.join(', ') || '?'}`,
    );
}

function foresightLines(state: State): readonly string[] {
  const { precision, recall } = scoresOf(state.plan.foresight);
  if (precision === null || recall === null) return [];
  const percent = (part: number) => `${Math.round(part * 100)} %`;
  return [
    `of the files that you declared so far, ${percent(precision)} were changed; ` +
      `of the files that were changed, you had declared ${percent(recall)}`,
  ];
}
