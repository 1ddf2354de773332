import type { Sign } from '../../../ports/agent-cli.ts';
import { shortened } from '../screen-lines.ts';
import { surely } from '../signs.ts';

type EndedBy = {
  readonly pattern: RegExp;
  readonly status: 'failed' | 'limited' | 'exhausted';
  /** Nothing is gained by waiting: see `Sign.until`. */
  readonly isPersons?: true;
  /** It stands in place of an answer. All others are notes under the prompt. */
  readonly isAnswer?: true;
};

/** Texts with which Claude Code ends a turn that failed; the limits are named as 2.1.197 and 2.1.330 name them. */
const endings: readonly EndedBy[] = [
  { pattern: /^(Context limit reached|Prompt is too long)/, status: 'exhausted' },
  // Of money, unless it tells when it comes back by itself.
  {
    pattern:
      /^(You.ve hit your (monthly|.*org.s) [^·]*limit|(You.re|Your org(anization)? is) out of )(?!.*\bresets )/,
    ...{ status: 'limited', isPersons: true },
  },
  { pattern: /^(You.ve (hit|reached) your .*limit\b|You.re out of )/, status: 'limited' },
  { pattern: /^(Claude (AI )?usage|5-hour|Weekly|Session|Opus) limit reached/i, status: 'limited' },
  { pattern: /^Credit balance (is )?too low/, status: 'failed', isPersons: true },
  { pattern: /^Invalid API key/, status: 'failed', isPersons: true },
  { pattern: /^Please run \/login/, status: 'failed', isPersons: true, isAnswer: true },
  {
    pattern:
      /^(Not logged in|OAuth token (has expired|revoked)|Login expired|Failed to authenticate|Your ANTHROPIC_API_KEY )/i,
    ...{ status: 'failed', isPersons: true },
  },
  {
    pattern: /^There.s an issue with the selected model/,
    ...{ status: 'failed', isPersons: true, isAnswer: true },
  },
  { pattern: /^(Request too large|Request timed out)/, status: 'failed', isAnswer: true },
  { pattern: /^API Error(:| \()/, status: 'failed', isAnswer: true },
];

/**
 * The sign of a message that Claude Code itself wrote in place of an answer, or with `isAnswer` of one that stands
 * where answers do, in which the model may quote the others; null for every other text.
 */
export function errorSign(text: string, { isAnswer = false } = {}): Sign | null {
  const found = endings.find(one => one.pattern.test(text));
  if (found === undefined || (isAnswer && found.isAnswer !== true)) return null;
  return surely(found.status, shortened(text), found.isPersons === true ? { until: null } : {});
}
