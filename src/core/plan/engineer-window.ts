import { engineerWindowMin, engineerWindowTokens } from '../limits.ts';
import type { Policy } from '../policy.ts';
import type { State } from '../state.ts';

/** Tokens that an engineer can have in mind at once, and where that is known from. */
export type EngineerWindow = { readonly tokens: number; readonly source: string };

export const assumedWindow: EngineerWindow = {
  tokens: engineerWindowTokens,
  source: 'assumed: no engineer has told its own',
};

/** What the person wrote, else the smallest that an engineer's program tells: any of them may get the task. */
export function engineerWindow(
  { agents }: Pick<State, 'agents'>,
  { engineerWindow: written }: Pick<Policy, 'engineerWindow'>,
): EngineerWindow {
  if (written !== null) return { tokens: written, source: 'as team.yaml says' };
  const told = Object.values(agents).flatMap(({ id, role, contextWindow }): EngineerWindow[] =>
    role === 'engineer' && contextWindow !== undefined && contextWindow >= engineerWindowMin
      ? [{ tokens: contextWindow, source: `as ${id} tells` }]
      : [],
  );
  return told.reduce(
    (least, one) => (one.tokens < least.tokens ? one : least),
    told[0] ?? assumedWindow,
  );
}
