import type { Policy } from '../../core/policy.ts';
import type { BranchPair } from '../../core/radar.ts';
import type { GateRun } from '../../ports/gate.ts';
import type { TeamStore } from '../../ports/team-store.ts';
import type { Situation } from '../actions/action.ts';

/** Everything that the page's text is made from. Built when something changed, read by every panel. */
export type Picture = Situation & {
  readonly now: number;
  readonly policy: Policy;
  readonly repositoryName: string;
  readonly notices: readonly string[];
  readonly gate: GateRun | null;
  /** How the branches in flight would merge. */
  readonly pairs: readonly BranchPair[];
  /** The newest receipts about a task, oldest first. */
  readonly receiptsOf: TeamStore['receiptsOf'];
  /** Dollars since the person last looked; null where it is not known. */
  readonly spentSince: number | null;
};
