import { join } from 'node:path';
import type { GoodTask } from '../../adapters/board/reading.ts';
import { borrowObjects } from '../../adapters/git/history/borrow-objects.ts';
import { createRepositoryFacts } from '../../adapters/git/history/repository-facts.ts';
import { openRepository } from '../../adapters/git/open-repository.ts';
import { stateFolderOf } from '../../adapters/system/state-folder.ts';
import { taskNumber } from '../../core/ids.ts';
import { type EngineerWindow, engineerWindow } from '../../core/plan/engineer-window.ts';
import type { Finding } from '../../core/plan/finding.ts';
import { lintTask } from '../../core/plan/lint.ts';
import type { PlanTask } from '../../core/plan/plan.ts';
import { noFacts, type PlanFacts } from '../../core/plan/plan-facts.ts';
import { defaultPolicy } from '../../core/policy.ts';
import { emptyState, type State } from '../../core/state.ts';
import type { BrokenFile, TaskContent } from '../../core/task.ts';
import type { TeamConfig } from '../../ports/team-config.ts';
import { GitError } from '../../ports/worktrees.ts';
import type { Io } from '../io.ts';
import { readState } from '../journal-problem.ts';
import { loadTeamFile } from '../team-file/load-team-file.ts';
import { UserError } from '../user-error.ts';
import { readTasks, repositoryRoot } from './board-on-disk.ts';

export type ReadPlan = {
  readonly board: readonly PlanTask[];
  readonly broken: readonly BrokenFile[];
  readonly facts: PlanFacts;
  readonly engineers: number;
  readonly window: EngineerWindow;
  /** Why the repository itself could not be asked; null when it was. */
  readonly blind: string | null;
};

const engineersDefault = 3;

/** The board and what the repository says about it. `more`: a task that is not on the board yet. */
export async function readPlan(io: Io, more: readonly TaskContent[] = []): Promise<ReadPlan> {
  const root = repositoryRoot(io);
  const { tasks, broken } = await readTasks(io);
  const board = tasks.toSorted((a, b) => taskNumber(a.task) - taskNumber(b.task)).map(planTaskOf);
  const team = await teamOf(root);
  const scope = [...board, ...more].flatMap(task => task.files);
  const engineers = team?.roles.engineer.count ?? engineersDefault;
  const read = await readFacts(root, team?.trunk ?? null, scope);
  const window = engineerWindow(await lastState(root, io), team?.policy ?? defaultPolicy);
  return { board, broken, engineers, window, ...read };
}

/** What the rules say about a task that a person is about to add. */
export async function lintNewTask(content: TaskContent, io: Io): Promise<readonly Finding[]> {
  const { board, facts, engineers, window } = await readPlan(io, [content]);
  return lintTask(content, 'person', board, facts, engineers, window);
}

export const planTaskOf = ({ task, content, by, status }: GoodTask): PlanTask => ({
  ...content,
  ...{ id: task, by, standing: status === 'done' ? 'landed' : 'open' },
});

/** What the journal tells of the engineers; a plan can be looked at where it cannot be read, too. */
async function lastState(root: string, io: Io): Promise<State> {
  try {
    return await readState(stateFolderOf(root, io.env).journal);
  } catch {
    return emptyState;
  }
}

/** A plan can be looked at before there is a team, and while its file has mistakes. */
async function teamOf(root: string): Promise<TeamConfig | null> {
  try {
    return await loadTeamFile(join(root, '.belfry', 'team.yaml'));
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}

async function readFacts(
  root: string,
  trunk: string | null,
  scope: readonly string[],
): Promise<{ readonly facts: PlanFacts; readonly blind: string | null }> {
  const opened = await openRepository(root);
  if (!opened.ok) return { facts: noFacts, blind: opened.message };
  const branch = trunk ?? opened.branch;
  if (branch === null) return { facts: noFacts, blind: `${root} has a detached HEAD.` };
  try {
    const borrowed = await borrowObjects(opened.root, branch);
    try {
      const { gitDir, commit: revision } = borrowed;
      return { facts: await createRepositoryFacts({ gitDir, revision }).read(scope), blind: null };
    } finally {
      await borrowed.remove();
    }
  } catch (error) {
    if (error instanceof GitError) return { facts: noFacts, blind: error.message };
    throw error;
  }
}
