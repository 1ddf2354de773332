import type { Agent, Output } from '../agent.ts';
import type { Policy } from '../policy.ts';

const outputOf = ({ costUsd, tokens, bytes }: Agent): Output => ({
  costUsd,
  tokens: tokens === null ? null : tokens.input + tokens.output,
  bytes: bytes?.total ?? null,
});

/** Since the agent's last landed task, attempt with fewer failures, or decision about its work. */
export function outputSinceOutcome(agent: Agent): Output {
  const all = outputOf(agent);
  const since = (key: keyof Output) => {
    const amount = all[key];
    return amount === null ? null : amount - (agent.atOutcome?.[key] ?? 0);
  };
  return { costUsd: since('costUsd'), tokens: since('tokens'), bytes: since('bytes') };
}

/** By how much its output grew when its terminal tells `told` bytes. Each terminal counts from nothing. */
export function bytesMore({ bytes }: Pick<Agent, 'bytes'>, told: number): number {
  const meter = bytes?.meter ?? 0;
  return told < meter ? told : told - meter;
}

/** Something came of its work, or somebody decides about it: what it puts out counts afresh. */
export const countedAfresh = (agent: Agent | undefined): Partial<Agent> =>
  agent === undefined ? {} : { atOutcome: outputOf(agent) };

/** Which part of what policy allows it has put out since then: 1 and more is over the bound. */
export function outcomeShare(agent: Agent, policy: Policy): number {
  const { costUsd, tokens, bytes } = outputSinceOutcome(agent);
  return Math.max(
    (costUsd ?? 0) / policy.spendWithoutOutcomeUsd,
    (tokens ?? 0) / policy.tokensWithoutOutcome,
    (bytes ?? 0) / policy.bytesWithoutOutcome,
  );
}

/** What was put out without anything coming of it, where that is more than policy allows; null otherwise. */
export function fruitless(agent: Agent, policy: Policy): string | null {
  const { costUsd, tokens, bytes } = outputSinceOutcome(agent);
  const millions = (amount: number) => (amount / 1_000_000).toFixed(1);
  const words =
    costUsd !== null && costUsd >= policy.spendWithoutOutcomeUsd
      ? `$${costUsd.toFixed(2)}`
      : tokens !== null && tokens >= policy.tokensWithoutOutcome
        ? `${millions(tokens)} million tokens`
        : bytes !== null && bytes >= policy.bytesWithoutOutcome
          ? `${millions(bytes)} MB on its terminal`
          : null;
  return words === null ? null : `output without outcome: ${words} and nothing landed`;
}
