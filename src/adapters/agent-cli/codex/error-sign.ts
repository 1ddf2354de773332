import type { Sign } from '../../../ports/agent-cli.ts';
import { objectOf, textOf } from '../json-object.ts';
import { shortened } from '../screen-lines.ts';
import { surely } from '../signs.ts';

/** What the error of a turn means, from its text and, where there is one, its `codex_error_info`. */
export function errorSign(message: string, details?: unknown): Sign {
  const says = shortened(message) || 'an error';
  const code = textOf(details) ?? '';
  if (code === 'context_window_exceeded' || /ran out of room in the model.s context/.test(message))
    return surely('exhausted', says);
  if (code === 'usage_limit_exceeded' || /\busage limit\b/i.test(message))
    return surely('limited', says);
  const http = objectOf(Object.values(objectOf(details) ?? {})[0])?.['http_status_code'];
  const isRefused =
    /^Quota exceeded\b/.test(message) ||
    http === 401 ||
    http === 403 ||
    /\bstatus 40[13]\b/.test(message);
  return surely('failed', says, isRefused || code === 'unauthorized' ? { until: null } : {});
}
