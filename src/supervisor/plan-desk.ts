import type { AgentId, TaskId } from '../core/ids.ts';
import type { Observation } from '../core/input.ts';
import type { Finding } from '../core/plan/finding.ts';
import { answerWords } from '../core/plan/finding-words.ts';
import { isRefused, lintTask } from '../core/plan/lint.ts';
import { type PlanTask, planTasksOf } from '../core/plan/plan.ts';
import { noFacts, type PlanFacts } from '../core/plan/plan-facts.ts';
import type { State } from '../core/state.ts';
import type { TaskContent } from '../core/task.ts';
import { BoardError } from '../ports/board-files.ts';
import type { World } from './world.ts';

export type PlanAnswer =
  | { readonly isAccepted: true; readonly task: TaskId; readonly findings: readonly Finding[] }
  /** Each rule that refuses, the reason, and what would pass. */
  | { readonly isAccepted: false; readonly refused: string };

type Given = {
  readonly world: Pick<World, 'boardFiles' | 'facts' | 'log'>;
  readonly engineers: number;
  state(): State;
  observe(observation: Observation): void;
};

/**
 * Where new tasks are looked at before they reach the board. One at a time: the second of two tasks that
 * were added together must see the first.
 */
export class PlanDesk {
  readonly #given: Given;
  /** Written already, and not yet read from the board. */
  readonly #fresh = new Map<TaskId, PlanTask>();
  #line: Promise<unknown> = Promise.resolve();

  constructor(given: Given) {
    this.#given = given;
  }

  add(content: TaskContent, by: AgentId | 'person'): Promise<PlanAnswer> {
    const answer = this.#line.then(() => this.#take(content, by));
    this.#line = answer.catch(() => {});
    return answer;
  }

  async #take(content: TaskContent, by: AgentId | 'person'): Promise<PlanAnswer> {
    const { world, engineers, observe } = this.#given;
    const board = this.#board();
    const facts = await this.#facts([content, ...board].flatMap(task => task.files));
    const findings = lintTask(content, by, board, facts, engineers);
    if (isRefused(findings)) return { isAccepted: false, refused: answerWords(findings) };
    try {
      const task = await world.boardFiles.create(content, by);
      this.#fresh.set(task, { ...content, id: task, by, standing: 'open' });
      observe({ type: 'board.read', ...(await world.boardFiles.read()) });
      observe({ type: 'plan.linted', task, findings });
      return { isAccepted: true, task, findings };
    } catch (error) {
      if (error instanceof BoardError) return { isAccepted: false, refused: error.message };
      throw error;
    }
  }

  #board(): readonly PlanTask[] {
    const { tasks } = this.#given.state();
    for (const id of this.#fresh.keys()) if (tasks[id] !== undefined) this.#fresh.delete(id);
    return [...planTasksOf(this.#given.state()), ...this.#fresh.values()];
  }

  /** A repository that cannot be read takes nothing from the rules that need only the board. */
  async #facts(scope: readonly string[]): Promise<PlanFacts> {
    try {
      return await this.#given.world.facts.read(scope);
    } catch (error) {
      this.#given.world.log.write(`plan: no facts of the repository: ${String(error)}`);
      return noFacts;
    }
  }
}
