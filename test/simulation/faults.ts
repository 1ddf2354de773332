import type { Policy } from '../../src/core/policy.ts';
import { defaultPolicy } from '../../src/core/policy.ts';
import { noBudget } from '../../src/core/usage/budget.ts';
import type { Random } from '../support/random.ts';

/** How often each thing goes wrong, 0 to 1, for each occasion on which it could. */
export type Faults = {
  readonly lostPrompt: number;
  readonly lostStart: number;
  readonly doubleClaim: number;
  readonly doubleGateAnswer: number;
  readonly crash: number;
  readonly hang: number;
  readonly exhaustion: number;
  readonly badWork: number;
  readonly noCommit: number;
  readonly noClaim: number;
  readonly blocked: number;
  readonly question: number;
  readonly lostAnswer: number;
  readonly conflict: number;
  readonly gateFault: number;
  readonly landFault: number;
  readonly flaky: number;
  readonly trunkMoved: number;
  readonly redTrunk: number;
  readonly death: number;
  readonly quit: number;
  readonly meddling: number;
  readonly fidgeting: number;
  readonly boardEdit: number;
  readonly clockJump: number;
  readonly silentManager: number;
  readonly silentArchitect: number;
  readonly brokenWorktree: number;
  readonly lostSession: number;
  readonly goal: number;
};

/** Swarm: each seed turns about half of the faults off, so that rare combinations of the others are reached. */
export function chooseFaults(random: Random, seed: number): Faults {
  const upTo = (most: number) => (random.chance(0.5) ? random.next() * most : 0);
  return {
    lostPrompt: upTo(0.4),
    lostStart: upTo(0.3),
    doubleClaim: upTo(0.5),
    doubleGateAnswer: upTo(0.5),
    crash: upTo(0.3),
    hang: upTo(0.2),
    exhaustion: upTo(0.3),
    badWork: upTo(0.7),
    noCommit: upTo(0.3),
    noClaim: upTo(0.4),
    blocked: upTo(0.2),
    question: upTo(0.4),
    lostAnswer: upTo(0.4),
    conflict: upTo(0.5),
    gateFault: upTo(0.4),
    landFault: upTo(0.4),
    flaky: upTo(0.4),
    trunkMoved: upTo(0.1),
    redTrunk: upTo(0.4),
    death: upTo(0.02),
    quit: upTo(0.02),
    meddling: upTo(0.4),
    fidgeting: upTo(0.1),
    boardEdit: upTo(0.1),
    clockJump: upTo(0.02),
    silentManager: upTo(0.5),
    silentArchitect: upTo(0.5),
    // In few of them: git and the disk work for days.
    brokenWorktree: seed % 5 === 0 ? upTo(0.3) : 0,
    // There must be something to lose.
    lostSession: seed % 7 === 0 ? upTo(0.5) : 0,
    goal: seed % 7 === 0 ? upTo(0.1) : 0,
  };
}

/** The world at its best: everything works at the first try. */
export const noFaults: Faults = Object.fromEntries(
  Object.keys(chooseFaults({ chance: () => false, next: () => 0 } as unknown as Random, 1)).map(
    name => [name, 0],
  ),
) as Faults;

export function choosePolicy(random: Random): Policy {
  return {
    ...defaultPolicy,
    retriesMax: random.pick([0, 1, 2, 2, 2]),
    land: random.pick(['auto', 'risky', 'risky', 'review']),
    plan: random.pick(['auto', 'auto', 'review']),
    answerPermissionsAfterMs: random.pick([null, 15_000]),
    budgets: {
      task: random.pick([
        noBudget,
        { dollars: 0.5, tokens: null },
        { dollars: null, tokens: 4_000 },
      ]),
      run: random.pick([noBudget, noBudget, { dollars: 2, tokens: 50_000 }]),
    },
  };
}
