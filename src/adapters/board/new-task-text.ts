import { stringify } from 'yaml';
import type { TaskId } from '../../core/ids.ts';
import type { Column, TaskContent } from '../../core/task.ts';
import { budgetParts } from '../../core/usage/parse-budget.ts';

const slugCharsMax = 40;

/** `T-12-mend-the-queue.md`: from the id; of the title only what is safe in every file system. */
export function fileNameOf(task: TaskId, title: string): string {
  const slug = title
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, slugCharsMax)
    .replace(/^-+|-+$/g, '');
  return slug === '' ? `${task}.md` : `${task}-${slug}.md`;
}

/** The text of a new task file. `yaml` quotes what would otherwise read as something else. */
export function newTaskText(
  task: TaskId,
  content: TaskContent,
  status: Column,
  by: string,
  created: Date,
): string {
  const { title, priority, tags, dependsOn, files, accept, estimateMinutes } = content;
  const { batches, body, budget, splits } = content;
  const fields = {
    ...{ id: task, title, status, priority },
    ...(tags.length > 0 && { tags }),
    ...{ depends_on: dependsOn },
    ...(splits !== undefined && { splits }),
    ...(batches !== undefined && { batches }),
    ...(files.length > 0 && { files }),
    ...(accept.length > 0 && { accept }),
    ...(estimateMinutes !== null && { estimate: estimateMinutes }),
    ...(budget !== undefined && { budget: budgetParts(budget) }),
    ...{ added_by: by, created: created.toISOString() },
  };
  const yaml = stringify(fields, { lineWidth: 0, aliasDuplicateObjects: false });
  const end = body === '' || body.endsWith('\n') ? '' : '\n';
  return `---\n${yaml}---\n${body === '' ? '' : `\n${body}${end}`}`;
}
