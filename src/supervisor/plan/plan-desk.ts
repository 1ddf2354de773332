import type { AgentId, TaskId } from '../../core/ids.ts';
import type { Observation } from '../../core/input.ts';
import { recordedFindingsMax } from '../../core/limits.ts';
import { type EngineerWindow, engineerWindow } from '../../core/plan/engineer-window.ts';
import type { Finding } from '../../core/plan/finding.ts';
import { answerWords } from '../../core/plan/finding-words.ts';
import { isRefused, lintInParts, lintTask } from '../../core/plan/lint.ts';
import { type PlanTask, planTasksOf } from '../../core/plan/plan.ts';
import { noFacts, type PlanFacts } from '../../core/plan/plan-facts.ts';
import type { Policy } from '../../core/policy.ts';
import type { State } from '../../core/state.ts';
import type { TaskContent } from '../../core/task.ts';
import { BoardError } from '../../ports/board-files.ts';
import type { World } from '../world.ts';

export type PlanAnswer =
  | {
      readonly isAccepted: true;
      readonly task: TaskId;
      /** False when the very same task was on the board already. */
      readonly isNew: boolean;
      readonly findings: readonly Finding[];
    }
  /** Each rule that refuses, the reason, and what would pass. */
  | { readonly isAccepted: false; readonly refused: string };

/** Tasks of which the marks share one turn: a sync of the disk for each would take minutes. */
const toldAtOnce = 20;

/** What the lint judges by. */
const textOf = ({ title, dependsOn, files, accept, estimateMinutes, body, splits }: PlanTask) =>
  JSON.stringify([title, dependsOn, files, accept, estimateMinutes, body, splits]);

type Given = {
  readonly world: Pick<World, 'boardFiles' | 'facts' | 'log'>;
  readonly engineers: number;
  readonly policy: Pick<Policy, 'engineerWindow'>;
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
  /** What was looked at, by its task. */
  readonly #seen = new Map<TaskId, string>();

  constructor(given: Given) {
    this.#given = given;
  }

  add(content: TaskContent, by: AgentId | 'person'): Promise<PlanAnswer> {
    return this.#inLine(() => this.#take(content, by));
  }

  /** Looks at what somebody typed into the files since the last look, and marks it. */
  look(): Promise<void> {
    return this.#inLine(() => this.#lintTyped());
  }

  #inLine<Answer>(act: () => Promise<Answer>): Promise<Answer> {
    const answer = this.#line.then(act);
    this.#line = answer.catch(() => {});
    return answer;
  }

  /** Of the first look everything is new; what agents added was looked at when they did. */
  async #lintTyped(): Promise<void> {
    const isFirst = this.#seen.size === 0;
    const board = planTasksOf(this.#given.state());
    const typed = board.filter(task => this.#isTyped(task, isFirst));
    if (typed.length === 0) return;
    const facts = await this.#facts(board.flatMap(task => task.files));
    const findings = new Map<TaskId | null, Finding[]>();
    const mark = (one: Finding) => {
      const known = findings.get(one.task);
      if (known === undefined) findings.set(one.task, [one]);
      else if (known.length < recordedFindingsMax) known.push(one);
    };
    for (const part of lintInParts(board, facts, this.#given.engineers, this.#window())) {
      for (const one of part) {
        mark(one);
        if (one.other !== null) mark({ ...one, task: one.other, other: one.task });
      }
      await new Promise(resolve => setImmediate(resolve));
    }
    const ids = typed.flatMap(({ id }) => id ?? []);
    for (let at = 0; at < ids.length; at += toldAtOnce)
      await Promise.all(
        ids
          .slice(at, at + toldAtOnce)
          .map(task =>
            this.#given.observe({ type: 'plan.linted', task, findings: findings.get(task) ?? [] }),
          ),
      );
  }

  #isTyped(task: PlanTask, isFirst: boolean): boolean {
    if (task.id === null) return false;
    const text = textOf(task);
    const isSame = this.#seen.get(task.id) === text;
    this.#seen.set(task.id, text);
    return !isSame && task.standing === 'open' && (task.by === 'person' || !isFirst);
  }

  async #take(content: TaskContent, by: AgentId | 'person'): Promise<PlanAnswer> {
    const { world, engineers } = this.#given;
    try {
      await this.#readBoard();
      const same = this.#sameTask(content, by);
      if (same !== null) return { isAccepted: true, task: same, isNew: false, findings: [] };
      const refused = this.#wholeRefusal(content, by);
      if (refused !== null) return { isAccepted: false, refused };
      const board = planTasksOf(this.#given.state());
      const facts = await this.#facts([content, ...board].flatMap(task => task.files));
      const findings = lintTask(content, by, board, facts, engineers, this.#window());
      if (isRefused(findings)) return { isAccepted: false, refused: answerWords(findings) };
      const task = await world.boardFiles.create(content, by);
      await this.#readBoard();
      const added = planTasksOf(this.#given.state()).find(one => one.id === task);
      if (added !== undefined) this.#seen.set(task, textOf(added));
      await this.#given.observe({ type: 'plan.linted', task, findings });
      return { isAccepted: true, task, isNew: true, findings };
    } catch (error) {
      if (error instanceof BoardError) return { isAccepted: false, refused: error.message };
      throw error;
    }
  }

  #window(): EngineerWindow {
    return engineerWindow(this.#given.state(), this.#given.policy);
  }

  /** What was written a moment ago counts, whoever wrote it. */
  async #readBoard(): Promise<void> {
    await this.#given.observe({
      type: 'board.read',
      ...(await this.#given.world.boardFiles.read()),
    });
  }

  /** An agent that was cut off between a task's file and the answer asks again, and wants one task. */
  #sameTask({ title, body }: TaskContent, by: AgentId | 'person'): TaskId | null {
    if (by === 'person') return null;
    const same = Object.values(this.#given.state().tasks).find(
      // What was sent back or dropped may come again as it was.
      task =>
        task.dropped === null &&
        task.addedBy === by &&
        task.title === title &&
        task.body.trim() === body.trim(),
    );
    return same?.id ?? null;
  }

  /** Only what the architect was asked to split has parts. */
  #wholeRefusal({ splits }: TaskContent, by: AgentId | 'person'): string | null {
    if (splits === undefined || by === 'person') return null;
    const { tasks } = this.#given.state();
    if (tasks[splits]?.escalation?.to === 'architect') return null;
    const open = Object.values(tasks).filter(task => task.escalation?.to === 'architect');
    const instead =
      open.length === 0
        ? 'leave --splits out'
        : `name one that is, ${open.map(({ id }) => id).join(' or ')}, or leave --splits out`;
    return `${splits} does not wait to be split: ${instead}`;
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
