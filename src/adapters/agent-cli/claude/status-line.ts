import type { Signal } from '../../../ports/agent-cli.ts';
import { countOf, objectOf, parseObject } from '../json-object.ts';

/** The JSON that Claude Code gives to its status line command: context window and cost of the session. */
export function parseStatusLine(line: string): readonly Signal[] {
  const told = parseObject(line);
  if (told === null) return [];
  const window = objectOf(told['context_window']);
  const percent = countOf(window?.['used_percentage']);
  const costUsd = countOf(objectOf(told['cost'])?.['total_cost_usd']);
  const size = countOf(window?.['context_window_size']);
  if (percent === null && costUsd === null && !size) return [];
  const contextUsed = percent === null ? null : Math.min(1, percent / 100);
  const used = { kind: 'usage', contextUsed, costUsd, tokens: null } as const;
  return [size ? { ...used, contextWindow: size } : used];
}
