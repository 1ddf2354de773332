import type { Tokens } from '../../../core/usage/usage.ts';
import type { Signal } from '../../../ports/agent-cli.ts';
import { countOf, type JsonObject, objectOf, parseObject, textOf } from '../json-object.ts';
import { costOf, type Prices } from '../prices.ts';
import { asking, busy, over, sign, signal } from '../signs.ts';

/** Answers whose usage is remembered; an answer's records follow each other closely. */
const answersMax = 1_000;
/** Context window of every model whose name begins with `gemini`, in 0.61.0. */
const windowTokens = 1_048_576;
/** Nothing records the end of a turn. */
const beganHoldsMs = 2_000;

const began = (says: string): Signal =>
  signal(
    sign('working', [...busy, ...asking, ...over, 'starting'], says, { holdsForMs: beganHoldsMs }),
  );

/**
 * Reads the lines of a chat file: a record for each message, written again when its tools have run, and changes
 * of the whole, with which a resumed chat begins. `onPrompt` hears of each prompt: from then on it can be resumed.
 * The cost is reckoned by the price of the model that gave the answer.
 */
export function createChatParser(
  prices: Prices,
  onPrompt: () => void,
): (line: string) => readonly Signal[] {
  const usage = new ChatUsage(prices);
  return line => {
    const record = parseObject(line);
    if (record === null) return [];
    const all = objectOf(record['$set'])?.['messages'];
    if (Array.isArray(all)) return usage.add(all.map(one => objectOf(one) ?? {}));
    if (record['type'] === 'gemini') return [began('an answer came'), ...usage.add([record])];
    if (record['type'] !== 'user' || !isPrompt(record)) return [];
    onPrompt();
    return [{ kind: 'promptReceived' }, began('the prompt came in')];
  };
}

/** Results of tools are the user's in its records, too, and what it tells the model by itself. */
function isPrompt(record: JsonObject): boolean {
  const parts = Array.isArray(record['content']) ? record['content'] : [record['content']];
  const texts = parts.flatMap(part => textOf(objectOf(part)?.['text']) ?? textOf(part) ?? []);
  return texts.some(text => !text.startsWith('<session_context>'));
}

const hasWindow = (model: string): boolean => model.startsWith('gemini');

/** What one answer used. Null: its price is not known, as is that of all that it is part of. */
type Used = { readonly tokens: Tokens; readonly costUsd: number | null };
const nothing: Used = { tokens: { input: 0, cached: 0, output: 0 }, costUsd: 0 };

class ChatUsage {
  readonly #prices: Prices;
  readonly #counted = new Map<string, Used>();
  #sum = nothing;

  constructor(prices: Prices) {
    this.#prices = prices;
  }

  add(records: readonly JsonObject[]): readonly Signal[] {
    let contextUsed: number | null = null;
    let model = '';
    let isNews = false;
    for (const record of records) {
      const id = textOf(record['id']);
      const told = objectOf(record['tokens']);
      if (id === null || told === null) continue;
      const tokens = tokensOf(told);
      model = textOf(record['model']) ?? '';
      isNews = this.#count(id, { tokens, costUsd: costOf(this.#prices, model, tokens) }) || isNews;
      const used = tokens.input + tokens.cached + tokens.output;
      contextUsed = hasWindow(model) ? Math.min(1, used / windowTokens) : null;
    }
    if (!isNews) return [];
    const usage = { kind: 'usage', contextUsed, ...this.#sum } as const;
    const more = hasWindow(model) ? { contextWindow: windowTokens } : {};
    return [{ ...usage, ...more, ...(model === '' ? {} : { model }) }];
  }

  #count(id: string, used: Used): boolean {
    const before = this.#counted.get(id) ?? nothing;
    this.#counted.delete(id);
    this.#counted.set(id, used);
    const [oldest] = this.#counted.keys();
    if (this.#counted.size > answersMax && oldest !== undefined) this.#counted.delete(oldest);
    const more = (key: keyof Tokens) => used.tokens[key] - before.tokens[key];
    const { tokens, costUsd } = this.#sum;
    const isKnown = costUsd !== null && used.costUsd !== null && before.costUsd !== null;
    this.#sum = {
      tokens: {
        input: tokens.input + more('input'),
        cached: tokens.cached + more('cached'),
        output: tokens.output + more('output'),
      },
      costUsd: isKnown ? costUsd + used.costUsd - before.costUsd : null,
    };
    return more('input') !== 0 || more('cached') !== 0 || more('output') !== 0;
  }
}

/** Its input holds what came from the cache. */
function tokensOf(told: JsonObject): Tokens {
  const of = (key: string) => countOf(told[key]) ?? 0;
  return {
    input: Math.max(0, of('input') - of('cached')) + of('tool'),
    cached: of('cached'),
    output: of('output') + of('thoughts'),
  };
}
