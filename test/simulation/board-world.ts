import type { AgentId, TaskId } from '../../src/core/ids.ts';
import type { BoardTask, Observation } from '../../src/core/input.ts';
import type { State } from '../../src/core/state.ts';
import { columns, priorities, type TaskContent } from '../../src/core/task.ts';
import type { Random } from '../support/random.ts';

type File = { content: TaskContent; readonly by: AgentId | 'person'; wish: BoardTask['wish'] };

const paths = ['src/a.ts', 'src/b.ts', 'src/c.ts', 'src/d.ts', 'src/deep', 'src/deep/e.ts'];

/** The folder of task files in memory, edited by hand at any time. */
export class BoardWorld {
  readonly #files = new Map<TaskId, File>();
  readonly #random: Random;
  #count = 0;
  #broken = 0;

  constructor(random: Random) {
    this.#random = random;
  }

  addTask(splits?: TaskId): void {
    const random = this.#random;
    const earlier = [...this.#files.keys()];
    this.#count += 1;
    // What the lint lets through: no part waits for its whole, or for something that does.
    const isAllowed = splits === undefined;
    const dependsOn = earlier.filter(() => isAllowed && random.chance(0.1)).slice(0, 2);
    const content: TaskContent = {
      ...{ title: `task ${this.#count}`, priority: random.pick(priorities), tags: [], body: '' },
      ...{ dependsOn, files: paths.filter(() => random.chance(0.2)), accept: [] },
      estimateMinutes: random.pick([30, null, 3]),
      ...(splits !== undefined && { splits }),
    };
    const by = random.chance(0.5) ? 'person' : ('architect' as AgentId);
    const wish = splits === undefined && random.chance(0.15) ? random.pick(columns) : null;
    this.#files.set(`T-${this.#count}` as TaskId, { content, by, wish });
  }

  /** As a good plan has it: few files, estimated, rarely waiting for another. */
  addPlannedTask(): void {
    const random = this.#random;
    this.#count += 1;
    const earlier = [...this.#files.keys()];
    const dependsOn = earlier.length > 0 && random.chance(0.2) ? [random.pick(earlier)] : [];
    const content: TaskContent = {
      ...{ title: `task ${this.#count}`, priority: 'medium', tags: [], body: '', accept: [] },
      ...{ dependsOn, files: [`src/module-${random.below(30)}.ts`], estimateMinutes: 40 },
    };
    const by = 'architect' as AgentId;
    this.#files.set(`T-${this.#count}` as TaskId, { content, by, wish: null });
  }

  /** The one task that trifles become, unless it is there. */
  addBatch(tasks: readonly TaskId[]): void {
    const isThere = [...this.#files.values()].some(({ content }) =>
      content.batches?.some(id => tasks.includes(id)),
    );
    if (isThere) return;
    this.#count += 1;
    const content: TaskContent = {
      ...{ title: `task ${this.#count}`, priority: 'low', tags: [], body: '', accept: [] },
      ...{ dependsOn: [], files: [], estimateMinutes: 9, batches: tasks },
    };
    this.#files.set(`T-${this.#count}` as TaskId, { content, by: 'person', wish: null });
  }

  /** One careless edit. */
  edit(): void {
    const random = this.#random;
    const file = this.#files.size === 0 ? undefined : random.pick([...this.#files.values()]);
    const kind = random.below(6);
    if (kind === 0 && this.#files.size < 20) this.addTask();
    else if (kind === 1) this.#broken = random.below(3);
    else if (kind === 2 && this.#files.size > 2)
      this.#files.delete(random.pick([...this.#files.keys()]));
    else if (kind <= 3 && file)
      file.content = { ...file.content, files: paths.filter(() => random.chance(0.2)) };
    else if (file) file.wish = random.pick(columns);
  }

  mend(): void {
    this.#broken = 0;
  }

  read(): Observation {
    const broken = Array.from({ length: this.#broken }, (_, index) => ({
      ...{ file: `t-9${index}.md`, line: 1, reason: 'no front matter' },
    }));
    const tasks = [...this.#files].map(([task, { content, by, wish }]) => {
      return { task, content, by, wish };
    });
    for (const file of this.#files.values()) file.wish = null;
    return { type: 'board.read', tasks, broken };
  }

  /** Ids are never given twice, also after their file is gone. */
  knows(state: State): boolean {
    return [...this.#files.keys()].every(task => state.tasks[task] !== undefined);
  }
}
