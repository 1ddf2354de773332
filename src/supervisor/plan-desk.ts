import type { AgentId, TaskId } from '../core/ids.ts';
import type { Observation } from '../core/input.ts';
import type { Finding } from '../core/plan/finding.ts';
import { answerWords } from '../core/plan/finding-words.ts';
import { isRefused, lintTask } from '../core/plan/lint.ts';
import { planTasksOf } from '../core/plan/plan.ts';
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
  /** Resolves with true once it is durable. */
  observe(observation: Observation): Promise<boolean>;
};

/**
 * Where new tasks are looked at before they reach the board. One at a time: the second of two tasks that
 * were added together must see the first.
 */
export class PlanDesk {
  readonly #given: Given;
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
    const board = planTasksOf(this.#given.state());
    const facts = await this.#facts([content, ...board].flatMap(task => task.files));
    const findings = lintTask(content, by, board, facts, engineers);
    if (isRefused(findings)) return { isAccepted: false, refused: answerWords(findings) };
    try {
      const task = await world.boardFiles.create(content, by);
      // Read at once: whoever adds the next task must see this one, and its answer waits for nothing.
      await observe({ type: 'board.read', ...(await world.boardFiles.read()) });
      await observe({ type: 'plan.linted', task, findings });
      return { isAccepted: true, task, findings };
    } catch (error) {
      if (error instanceof BoardError) return { isAccepted: false, refused: error.message };
      throw error;
    }
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
