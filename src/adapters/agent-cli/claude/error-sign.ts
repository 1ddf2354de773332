import type { Sign } from '../../../ports/agent-cli.ts';
import { shortened } from '../screen-lines.ts';
import { surely } from '../signs.ts';

/** Texts with which Claude Code ends a turn that failed, and what can be done: see `Sign.until`. */
const errors: readonly (readonly [RegExp, 'failed' | 'limited' | 'exhausted', 'person' | null])[] =
  [
    [/^(Context limit reached|Prompt is too long)/, 'exhausted', null],
    [
      /\b(hit your|reached your|usage|session|weekly|5-hour|Opus) limit\b.*\breset/i,
      'limited',
      null,
    ],
    [/^(5-hour|Weekly|Usage|Session|Opus) limit reached/i, 'limited', null],
    [/^Claude (AI )?usage limit reached/i, 'limited', null],
    [/^Credit balance too low/, 'failed', 'person'],
    [/^Invalid API key/, 'failed', 'person'],
    [/^Please run \/login/, 'failed', 'person'],
    [/^(Not logged in|OAuth token (has expired|revoked)|Login expired)/i, 'failed', 'person'],
    [/^API Error(:| \()/, 'failed', null],
  ];

/** The sign of a message that Claude Code itself wrote in place of an answer; null for every other text. */
export function errorSign(text: string): Sign | null {
  const found = errors.find(([pattern]) => pattern.test(text));
  if (found === undefined) return null;
  const [, status, mendedBy] = found;
  return surely(status, shortened(text), mendedBy === 'person' ? { until: null } : {});
}
