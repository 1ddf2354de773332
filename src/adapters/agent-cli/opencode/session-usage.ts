import type { Tokens } from '../../../core/usage/usage.ts';
import type { Signal } from '../../../ports/agent-cli.ts';
import { countOf, type JsonObject, objectOf, textOf } from '../json-object.ts';

type Used = { readonly tokens: Tokens; readonly cost: number };

/** Sessions whose usage is summed: the main one and its subagents. */
const sessionsMax = 1_000;

/** What the session and its subagents used; each of them tells its own sum. */
export class SessionUsage {
  readonly #sessions = new Map<string, Used>();
  #window: number | null = null;
  #model: string | null = null;
  #told = '';

  /** Tokens of the context window of the model that is asked. */
  windowIs(tokens: unknown): void {
    this.#window = countOf(tokens) || null;
  }

  sessionTold(id: string, info: JsonObject): readonly Signal[] {
    const tokens = tokensOf(objectOf(info['tokens']));
    if (tokens === null) return [];
    if (!this.#sessions.has(id) && this.#sessions.size >= sessionsMax) return [];
    this.#sessions.set(id, { tokens, cost: countOf(info['cost']) ?? 0 });
    return this.#tell(null);
  }

  /** The newest answer tells how full the context is; one that has just begun tells nothing yet. */
  messageTold(info: JsonObject): readonly Signal[] {
    const tokens = tokensOf(objectOf(info['tokens']));
    this.#model = textOf(info['modelID']) ?? this.#model;
    if (tokens === null || this.#window === null) return [];
    const used = tokens.input + tokens.cached + tokens.output;
    return used === 0 ? [] : this.#tell(Math.min(1, used / this.#window));
  }

  #tell(contextUsed: number | null): readonly Signal[] {
    let sum = { input: 0, cached: 0, output: 0 };
    let cost = 0;
    for (const used of this.#sessions.values()) {
      const { input, cached, output } = used.tokens;
      sum = { input: sum.input + input, cached: sum.cached + cached, output: sum.output + output };
      cost += used.cost;
    }
    const stamp = JSON.stringify([contextUsed, sum, cost]);
    const isNothing = contextUsed === null && sum.input + sum.cached + sum.output === 0;
    if (stamp === this.#told || isNothing) return [];
    this.#told = stamp;
    return [
      {
        // It reckons nothing for a model whose price it does not know.
        ...{ kind: 'usage', contextUsed, costUsd: cost === 0 ? null : cost, tokens: sum },
        ...(this.#model === null ? {} : { model: this.#model }),
        ...(this.#window === null ? {} : { contextWindow: this.#window }),
      },
    ];
  }
}

function tokensOf(told: JsonObject | null): Tokens | null {
  if (told === null) return null;
  const cache = objectOf(told['cache']);
  const of = (value: unknown) => countOf(value) ?? 0;
  return {
    input: of(told['input']) + of(cache?.['write']),
    cached: of(cache?.['read']),
    output: of(told['output']) + of(told['reasoning']),
  };
}
