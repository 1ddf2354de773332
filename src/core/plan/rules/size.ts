import { scopeShareMax, smallTaskMinutes } from '../../limits.ts';
import type { Plan, PlanTask, Rule, RuleAnswer } from '../plan.ts';
import { isGlob } from '../scope.ts';

/** Trifles are put together: a session of its own costs more than the work. */
export const tooSmall: Rule = () => subject =>
  subject.estimateMinutes === null || subject.estimateMinutes >= smallTaskMinutes
    ? []
    : [
        {
          severity: 'warning',
          reason: `${subject.estimateMinutes} minutes are less than a session costs`,
          remedy: `put it together with other trifles (“belfry task batch”), or estimate ${smallTaskMinutes} minutes or more`,
        },
      ];

const boundless =
  /\b(everywhere|throughout|(?:all|every) (?:of the )?(?:files?|modules?|packages?|components?|places?)|(?:whole|entire) (?:code ?base|repository|project|app(?:lication)?)|across the (?:code ?base|repository|project|board))\b/i;

/** What no context window holds is split per module. */
export const tooBroad: Rule = plan => {
  const tokensOf = new Map(plan.facts.files.map(file => [file.path, file.tokens]));
  return subject => broadness(subject, plan, tokensOf);
};

function broadness(
  subject: PlanTask,
  plan: Plan,
  tokensOf: ReadonlyMap<string, number>,
): RuleAnswer[] {
  const { tokens: whole, source } = plan.window;
  const tokensMax = whole * scopeShareMax;
  const files = plan.filesOf(subject);
  const tokens = files.reduce((sum, path) => sum + (tokensOf.get(path) ?? 0), 0);
  if (tokens > tokensMax)
    return [
      {
        severity: 'error',
        reason:
          `its ${files.length === 1 ? 'file is' : `${files.length} files are`} about ${thousands(tokens)} tokens; an engineer's window of ` +
          `${thousands(whole)} (${source}) leaves room for ${thousands(tokensMax)}`,
        remedy: `one task per module${modulesOf(files, tokensOf)}`,
      },
    ];
  const word = boundless.exec(`${subject.title}\n${subject.body}`)?.[0];
  if (word === undefined || isBounded(subject, plan)) return [];
  return [
    {
      severity: 'error',
      reason: `“${word}” has no end, and its files are not named`,
      remedy: 'name each file that changes, or one task per module',
    },
  ];
}

/** The files that are named one by one end the most boundless word. */
const isBounded = (task: PlanTask, { facts }: Plan) =>
  task.files.length > 0 &&
  task.files.every(path => !isGlob(path) && !facts.files.some(file => isIn(file.path, path)));
const isIn = (path: string, folder: string) => path.startsWith(`${folder.replace(/\/+$/, '')}/`);

const thousands = (tokens: number) => `${Math.round(tokens / 1000)}k`;
const modulesShown = 4;

/** `, for example src/ui (120k), src/cli (30k)`: where the seams are. */
function modulesOf(files: readonly string[], tokensOf: ReadonlyMap<string, number>): string {
  const sums = new Map<string, number>();
  for (const path of files) {
    const folder = path.split('/').slice(0, -1).slice(0, 2).join('/') || '.';
    sums.set(folder, (sums.get(folder) ?? 0) + (tokensOf.get(path) ?? 0));
  }
  if (sums.size < 2) return '';
  const largest = [...sums].sort((a, b) => b[1] - a[1]).slice(0, modulesShown);
  return `, for example ${largest.map(([folder, tokens]) => `${folder} (${thousands(tokens)})`).join(', ')}`;
}
