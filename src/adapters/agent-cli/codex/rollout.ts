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
  return line => {
    const record = parseObject(line);
    const payload = objectOf(record?.['payload']);
    if (record?.['type'] === 'turn_context') model = textOf(payload?.['model']) ?? model;
    if (record?.['type'] !== 'event_msg' || payload === null) return [];
    return signalsOf(payload).map(one => priced(one, prices, model));
  };
}

function priced(signal: Signal, prices: Prices, model: string): Signal {
  if (signal.kind !== 'usage' || signal.tokens === null) return signal;
  return { ...signal, costUsd: costOf(prices, model, signal.tokens) };
}

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
  return [{ kind: 'usage', contextUsed, costUsd: null, tokens }];
}
