import type { Signal } from '../../../ports/agent-cli.ts';
import { countOf, objectOf, parseObject } from '../json-object.ts';
import type { ManifestUsage } from './manifest.ts';

/** Reads the lines of a usage file, which may be counts of one request each or the sum so far. */
export function createUsageParser(usage: ManifestUsage): (line: string) => readonly Signal[] {
  let sum = { input: 0, cached: 0, output: 0, cost: 0 };
  return line => {
    const record = parseObject(line);
    if (record === null) return [];
    const at = (path: string | null) => (path === null ? null : countOf(valueAt(record, path)));
    const [input, output, costUsd] = [at(usage.input), at(usage.output), at(usage.costUsd)];
    if (input === null && output === null && costUsd === null) return [];
    const cached = at(usage.cached) ?? 0;
    const told = {
      ...{ input: Math.max(0, (input ?? 0) - cached), cached, output: output ?? 0 },
      cost: costUsd ?? 0,
    };
    sum =
      usage.counts === 'latest'
        ? told
        : {
            ...{ input: sum.input + told.input, cached: sum.cached + told.cached },
            ...{ output: sum.output + told.output, cost: sum.cost + told.cost },
          };
    const window = typeof usage.window === 'number' ? usage.window : at(usage.window);
    const contextUsed = window && input !== null ? Math.min(1, input / window) : null;
    const { cost, ...tokens } = sum;
    return [{ kind: 'usage', contextUsed, costUsd: costUsd === null ? null : cost, tokens }];
  };
}

function valueAt(record: unknown, path: string): unknown {
  let value = record;
  for (const key of path.split('.')) {
    const holder = objectOf(value);
    if (holder === null || !Object.hasOwn(holder, key)) return null;
    value = holder[key];
  }
  return value;
}
