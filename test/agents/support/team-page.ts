import { existsSync, readFileSync, statSync } from 'node:fs';
import { setTimeout as after } from 'node:timers/promises';
import { scanJournal } from '../../../src/adapters/journal/codec.ts';
import { stateFolderOf } from '../../../src/adapters/system/state-folder.ts';
import { apply } from '../../../src/core/apply/apply.ts';
import { defaultPolicy } from '../../../src/core/policy.ts';
import { emptyState, type State } from '../../../src/core/state.ts';
import type { Need } from '../../../src/ui/present/facts/need.ts';
import { needsYou } from '../../../src/ui/present/needs.ts';
import { belfryCommand } from '../../support/journey-stage.ts';
import { openProgram, type PtyProgram } from '../../support/pty-driver.ts';

/** What no test here leaves to the person: waiting any longer would be in vain. */
const troubles = ['escalation', 'exited', 'outage', 'goal', 'message'];
/** A person who pressed a key looks again after this: the page refuses one that came before they could look. */
const lookAgainMs = 1_000;
const logCharsMax = 4_000;

/** The built program as a person starts it, on a terminal, and its durable facts, read beside it. */
export class TeamPage {
  readonly program: PtyProgram;
  /** What was asked for permission, by the ids of the questions. */
  readonly asked = new Map<string, string>();
  readonly #journal: string;
  readonly #log: string;
  #read: { readonly size: number; readonly state: State } = { size: 0, state: emptyState };
  #pressedAt = 0;

  /** `within`: a command that gets the program as its last argument and becomes it. */
  constructor(
    repository: string,
    env: Readonly<Record<string, string>>,
    within: readonly string[] = [],
  ) {
    const { journal, log } = stateFolderOf(repository, env);
    [this.#journal, this.#log] = [journal, log];
    const [file = belfryCommand, ...args] = [...within, belfryCommand];
    this.program = openProgram({
      ...{ file, args, cwd: repository, cols: 160, rows: 50 },
      env: { ...env, TERM: 'xterm-256color' },
    });
  }

  get state(): State {
    const size = existsSync(this.#journal) ? statSync(this.#journal).size : 0;
    if (size !== this.#read.size) {
      const { events } = scanJournal(readFileSync(this.#journal));
      this.#read = { size, state: events.reduce(apply, emptyState) };
    }
    return this.#read.state;
  }

  /** Waits as a person who says yes, by its key, to whatever asks permission; fails with what the page shows. */
  async until(what: string, holds: (state: State) => boolean, timeoutMs: number): Promise<void> {
    const end = Date.now() + timeoutMs;
    while (!holds(this.state)) {
      if (Date.now() > end) throw new Error(`not in time: ${what}\n${this.program.text()}`);
      const needs = needsYou(this.state, defaultPolicy);
      const trouble = needs.find(({ kind }) => troubles.includes(kind));
      if (trouble !== undefined)
        throw new Error(
          `${trouble.text}, before ${what}\n${this.program.text()}\n${this.#newestLog()}`,
        );
      if (needs.some(isPermission)) this.#press('y');
      await after(100);
    }
  }

  /** Presses a key, and again until it has done this. */
  pressFor(key: string, what: string, holds: (state: State) => boolean): Promise<void> {
    return this.until(
      what,
      state => {
        if (holds(state)) return true;
        this.#press(key);
        return false;
      },
      60_000,
    );
  }

  #press(key: string): void {
    for (const { question, text } of needsYou(this.state, defaultPolicy))
      if (question !== null) this.asked.set(question, text);
    if (Date.now() - this.#pressedAt < lookAgainMs) return;
    this.#pressedAt = Date.now();
    this.program.press(key);
  }

  #newestLog(): string {
    return existsSync(this.#log) ? readFileSync(this.#log, 'utf8').slice(-logCharsMax) : '';
  }

  close(): Promise<void> {
    return this.program.close();
  }
}

const isPermission = ({ answers }: Need): boolean => answers[0]?.[0] === 'question.yes';
