import type { Tokens } from '../../../core/usage/usage.ts';
import type { Signal } from '../../../ports/agent-cli.ts';
import { countOf, type JsonObject, objectOf, parseObject, textOf } from '../json-object.ts';
import { costOf, type Prices } from '../prices.ts';
import { asking, busy, sign, signal, surely } from '../signs.ts';
import { errorSign } from './error-sign.ts';

/**
 * Reads the records of a session's rollout file. There is none for an approval that is waited for. The cost is
 * reckoned by the price of the model that the newest turn named.
 */
export function createRolloutParser(prices: Prices): (line: string) => readonly Signal[] {
  let model = '';
  let meter: Meter = noMeter;
  let limitEndsAt: number | null = null;
  return line => {
    const record = parseObject(line);
    const payload = objectOf(record?.['payload']);
    if (record?.['type'] === 'turn_context') model = textOf(payload?.['model']) ?? model;
    if (record?.['type'] !== 'event_msg' || payload === null) return [];
    limitEndsAt = limitEnd(objectOf(payload['rate_limits'])) ?? limitEndsAt;
    const prompt = promptOf(payload);
    return signalsOf(payload).map(one => {
      if (one.kind === 'usage') {
        meter = priced(meter, one.tokens, tokens => costOf(prices, model, tokens, prompt));
        const { costUsd } = meter;
        return model === '' ? { ...one, costUsd } : { ...one, costUsd, model };
      }
      return isLimited(one) && limitEndsAt !== null ? waiting(one, limitEndsAt) : one;
    });
  };
}

/** What has been paid so far: each token at the price of the model that used it. */
type Meter = { readonly tokens: Tokens; readonly costUsd: number | null };
const noMeter: Meter = { tokens: { input: 0, cached: 0, output: 0 }, costUsd: 0 };

/** Once tokens of an unknown price were used, the sum is not known any more. */
function priced(
  meter: Meter,
  tokens: Tokens | null,
  priceOf: (tokens: Tokens) => number | null,
): Meter {
  if (tokens === null) return meter;
  const more = (key: keyof Tokens) => Math.max(0, tokens[key] - meter.tokens[key]);
  const cost = priceOf({ input: more('input'), cached: more('cached'), output: more('output') });
  const isKnown = cost !== null && meter.costUsd !== null;
  return { tokens, costUsd: isKnown ? (meter.costUsd ?? 0) + cost : null };
}

/** Tokens of the newest request's prompt, the cached ones too; left out where it is not told. */
const promptOf = (payload: JsonObject): number | undefined =>
  countOf(objectOf(objectOf(payload['info'])?.['last_token_usage'])?.['input_tokens']) ?? undefined;

/** When the last of the windows that are used up begins afresh; null when none is. */
function limitEnd(limits: JsonObject | null): number | null {
  const windows = [objectOf(limits?.['primary']), objectOf(limits?.['secondary'])];
  const ends = windows
    .filter(window => (countOf(window?.['used_percent']) ?? 0) >= 100)
    .map(window => countOf(window?.['resets_at']) ?? 0);
  const end = Math.max(0, ...ends);
  return end === 0 ? null : end * 1_000;
}

const isLimited = (one: Signal): one is Extract<Signal, { kind: 'sign' }> =>
  one.kind === 'sign' && one.sign.status === 'limited';

const waiting = (one: Extract<Signal, { kind: 'sign' }>, until: number): Signal => ({
  ...one,
  sign: { ...one.sign, until },
});

function signalsOf(payload: JsonObject): readonly Signal[] {
  switch (payload['type']) {
    case 'task_started':
      return [
        { kind: 'promptReceived' },
        signal(sign('working', [...busy, ...asking], 'a turn began')),
      ];
    case 'task_complete': {
      const error = objectOf(payload['error']);
      if (error === null) return [signal(surely('idle', 'the turn ended'))];
      return [signal(errorSign(textOf(error['message']) ?? '', error['codex_error_info']))];
    }
    case 'turn_aborted':
      return [signal(surely('idle', `the turn was ended: ${textOf(payload['reason']) ?? ''}`))];
    case 'token_count':
      return usageOf(objectOf(payload['info']));
    default:
      return [];
  }
}

/** Input tokens hold the cached ones. The newest request fills the window, the sum is what was paid. */
function usageOf(info: JsonObject | null): readonly Signal[] {
  const last = objectOf(info?.['last_token_usage']);
  const total = objectOf(info?.['total_token_usage']);
  const window = countOf(info?.['model_context_window']);
  const used = countOf(last?.['total_tokens']);
  const input = countOf(total?.['input_tokens']);
  const cached = countOf(total?.['cached_input_tokens']) ?? 0;
  const output = countOf(total?.['output_tokens']);
  const contextUsed = window && used !== null ? Math.min(1, used / window) : null;
  const tokens =
    input === null || output === null
      ? null
      : { input: Math.max(0, input - cached), cached, output };
  if (contextUsed === null && tokens === null) return [];
  const told = { kind: 'usage', contextUsed, costUsd: null, tokens } as const;
  return [window ? { ...told, contextWindow: window } : told];
}
