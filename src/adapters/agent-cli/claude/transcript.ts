import type { Tokens } from '../../../core/usage/usage.ts';
import type { Signal } from '../../../ports/agent-cli.ts';
import { countOf, type JsonObject, objectOf, parseObject, textOf } from '../json-object.ts';

/** Messages whose usage is remembered. A message's records follow each other closely. */
const messagesMax = 1_000;

/**
 * Reads what a session used from its transcript, which says nothing of the moment: after a resumption it begins
 * with what is over. One message is written as several records, one for each of its content
 * blocks, and each of them repeats the usage: it counts once.
 */
export function createTranscriptParser(): (line: string) => readonly Signal[] {
  const counted = new Map<string, Tokens>();
  let sum: Tokens = { input: 0, cached: 0, output: 0 };
  return line => {
    const entry = parseObject(line);
    if (entry === null || entry['isSidechain'] === true) return [];
    const message = objectOf(entry['message']);
    if (entry['type'] !== 'assistant' || message === null) return [];
    const id = textOf(message['id']);
    const tokens = tokensOf(objectOf(message['usage']));
    if (id === null || tokens === null) return [];
    const before = counted.get(id) ?? { input: 0, cached: 0, output: 0 };
    counted.delete(id);
    counted.set(id, tokens);
    const [oldest] = counted.keys();
    if (counted.size > messagesMax && oldest !== undefined) counted.delete(oldest);
    const isNews = (['input', 'cached', 'output'] as const).some(
      key => tokens[key] !== before[key],
    );
    if (!isNews) return [];
    sum = {
      input: sum.input + tokens.input - before.input,
      cached: sum.cached + tokens.cached - before.cached,
      output: sum.output + tokens.output - before.output,
    };
    const model = textOf(message['model']);
    const used = { kind: 'usage', contextUsed: null, costUsd: null, tokens: sum } as const;
    // Messages that the program wrote itself name no model but say so in angle brackets.
    return [model === null || model.startsWith('<') ? used : { ...used, model }];
  };
}

function tokensOf(usage: JsonObject | null): Tokens | null {
  if (usage === null) return null;
  const of = (key: string) => countOf(usage[key]) ?? 0;
  return {
    input: of('input_tokens') + of('cache_creation_input_tokens'),
    cached: of('cache_read_input_tokens'),
    output: of('output_tokens'),
  };
}
