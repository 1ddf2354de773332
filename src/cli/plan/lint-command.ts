import { batchesOf } from '../../core/plan/batch.ts';
import { shapeOf } from '../../core/plan/critical-path.ts';
import type { Finding } from '../../core/plan/finding.ts';
import { isRefused, lintBoard, ruleNotes } from '../../core/plan/lint.ts';
import { createPlan } from '../../core/plan/plan.ts';
import { cleanText } from '../../lib/clean-text.ts';
import { jsonText } from '../../lib/json-text.ts';
import { fitText } from '../../lib/text-width.ts';
import { plural } from '../../ui/present/age.ts';
import type { Io } from '../io.ts';
import { parseCommand } from '../parse-arguments.ts';
import { type ReadPlan, readPlan } from './read-plan.ts';

const refused = 1;

/** `belfry lint [--json]`: works on any board, whether a team runs or not. Exit code 1 with errors. */
export async function runLintCommand(args: readonly string[], io: Io): Promise<number> {
  const { flags } = parseCommand(args, { flags: { json: 'boolean' }, positionals: [0, 0] });
  const read = await readPlan(io);
  const { board, facts, engineers, window, broken, blind } = read;
  const findings = lintBoard(board, facts, engineers, window);
  const shape = shapeOf(createPlan(board, facts, engineers));
  if (flags.json) {
    const rules = Object.fromEntries(ruleNotes.map(({ id, why }) => [id, why]));
    io.stdout(jsonText({ findings, shape, rules, broken, blind }));
  } else io.stdout(`${[...findings.map(rowsOf), ...summaryOf(read, findings)].join('\n')}\n`);
  return isRefused(findings) ? refused : 0;
}

function rowsOf({ task, severity, rule, reason, remedy }: Finding): string {
  const head = `${fitText(task ?? 'plan', 6)} ${fitText(severity, 8)} ${rule}`;
  return `${head}\n       ${cleanText(reason)}\n       would pass: ${cleanText(remedy)}`;
}

function summaryOf(read: ReadPlan, findings: readonly Finding[]): readonly string[] {
  const { board, facts, engineers, broken, blind } = read;
  const { tasks, totalMinutes, pathMinutes, path, speedUp } = shapeOf(
    createPlan(board, facts, engineers),
  );
  const count = (severity: Finding['severity']) =>
    findings.filter(finding => finding.severity === severity).length;
  return [
    ...(findings.length > 0 ? [''] : []),
    `${plural(tasks, 'open task')}, ${plural(count('error'), 'error')}, ${plural(count('warning'), 'warning')}`,
    ...(tasks === 0
      ? []
      : [
          `${totalMinutes} minutes of work, the longest chain ${pathMinutes} (${path.join(' → ')}): ` +
            `${engineers === 1 ? '1 engineer is' : `${engineers} engineers are`} at most ${speedUp.toFixed(1)} times as fast as one`,
        ]),
    ...batchesOf(board).map(
      batch =>
        `${batch.map(({ id }) => id).join(', ')} are small: “belfry task batch” makes one of them`,
    ),
    ...(blind === null ? [] : [`without the repository's own facts: ${cleanText(blind)}`]),
    ...(broken.length === 0
      ? []
      : [`${plural(broken.length, 'file')} cannot be read: “belfry task list” says why`]),
  ];
}
