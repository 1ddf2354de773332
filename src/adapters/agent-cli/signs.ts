import type { AgentStatus } from '../../core/agent.ts';
import type { Sign, Signal } from '../../ports/agent-cli.ts';

/** The model or a tool is at it, or the CLI tries its provider again by itself. */
export const busy = ['working', 'retrying'] as const satisfies readonly AgentStatus[];
/** The turn waits for an answer. */
export const asking = ['permission', 'question'] as const satisfies readonly AgentStatus[];
/** The turn is over, well or not. */
export const over = [
  ...(['idle', 'failed', 'limited', 'exhausted'] as const),
] satisfies readonly AgentStatus[];

export const sign = (
  status: AgentStatus | null,
  allows: readonly AgentStatus[],
  says: string,
  more: Partial<Pick<Sign, 'holdsForMs' | 'question' | 'until'>> = {},
): Sign => ({ status, allows, says, holdsForMs: null, question: null, ...more });

/** It names the one status that is possible. */
export const surely = (
  status: AgentStatus,
  says: string,
  more: Partial<Pick<Sign, 'holdsForMs' | 'question' | 'until'>> = {},
): Sign => sign(status, [status], says, more);

export const signal = (given: Sign): Signal => ({ kind: 'sign', sign: given });
