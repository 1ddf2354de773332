import type { TaskId } from '../../src/core/ids.ts';
import type { TaskContent } from '../../src/core/task.ts';

/** A task with something in every field. */
export const plainContent: TaskContent = {
  title: 'Mend the queue',
  priority: 'high',
  tags: ['bug'],
  dependsOn: ['T-1' as TaskId],
  files: ['src/queue.ts', 'test/**'],
  accept: ['npm test -- queue', "node -e 'process.exit(0)'"],
  estimateMinutes: 25,
  body: 'First line\n\n---\n\n* a point',
};
