import type { Agent } from './agent.ts';

/** Dollars since the agent's last landed task or decision about its work; null where its CLI does not tell. */
export const spentSinceOutcome = ({ costUsd, costAtOutcome = 0 }: Agent): number | null =>
  costUsd === null ? null : costUsd - costAtOutcome;

/** Something came of its work, or somebody decides about it: what it spends counts afresh. */
export const countedAfresh = (agent: Agent | undefined): Partial<Agent> =>
  agent?.costUsd == null ? {} : { costAtOutcome: agent.costUsd };
