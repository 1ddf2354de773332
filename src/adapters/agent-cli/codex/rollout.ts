import type { Signal } from '../../../ports/agent-cli.ts';
import { countOf, type JsonObject, objectOf, parseObject, textOf } from '../json-object.ts';
import { asking, busy, sign, signal, surely } from '../signs.ts';
import { errorSign } from './error-sign.ts';

/** One record of a session's rollout file. There is none for an approval that is waited for. */
export function parseRollout(line: string): readonly Signal[] {
  const record = parseObject(line);
  const payload = objectOf(record?.['payload']);
  if (record?.['type'] !== 'event_msg' || payload === null) return [];
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
