import type { Sign } from '../../../ports/agent-cli.ts';
import { countOf, type JsonObject, objectOf, textOf } from '../json-object.ts';
import { shortened } from '../screen-lines.ts';
import { over, sign, surely } from '../signs.ts';

/** A provider that is asked again later than this takes no more for a while. */
const limitedAfterMs = 120_000;
/** opencode goes on by itself at the time that it tells; only when it did not, somebody else may. */
const graceMs = 30_000;

/** Its `next` is when it tries again, `at` when it was told: in milliseconds since 1970. */
export function retrySign(status: JsonObject, at: number | null): Sign {
  const attempt = countOf(status['attempt']) ?? 1;
  const next = countOf(status['next']);
  const message = shortened(textOf(status['message']) ?? 'an error');
  if (next !== null && at !== null && next - at > limitedAfterMs)
    return surely('limited', message, { until: next + graceMs });
  return surely('retrying', `retrying, attempt ${attempt}: ${message}`);
}

/** What no waiting mends. Google tells every limit with these words, and in how many seconds the short ones are over. */
const isUnpaid = (says: string): boolean =>
  /\bcredit balance|\bbilling\b|\binsufficient (balance|credits?|funds|quota)\b/i.test(says) &&
  !/\bretry (in|after)\b/i.test(says);

/** Errors by their name; `MessageAbortedError` is the interruption by the person or by Belfry. */
export function errorSign(error: JsonObject): Sign {
  const details = objectOf(error['data']) ?? {};
  const says = shortened(textOf(details['message']) ?? textOf(error['name']) ?? 'an error');
  const http = countOf(details['statusCode']);
  switch (error['name']) {
    case 'MessageAbortedError':
      return sign('idle', over, 'the turn was interrupted');
    case 'ContextOverflowError':
      return surely('exhausted', says);
    case 'ProviderAuthError':
      return surely('failed', says, { until: null });
    default: {
      if (isUnpaid(says)) return surely('failed', says, { until: null });
      if (/\b(usage|rate) limit|quota\b/i.test(says)) return surely('limited', says);
      const isRefused = http === 401 || http === 402 || http === 403;
      const text = http === null ? says : `${http} ${says}`;
      return surely('failed', text, isRefused ? { until: null } : {});
    }
  }
}

/** A permission with what is asked for, or a question of the model. */
export function askedSign(type: string, properties: JsonObject): Sign {
  const kind = type === 'question.asked' ? 'question' : 'permission';
  const text = shortened(kind === 'question' ? questionText(properties) : askedFor(properties));
  const question = { id: textOf(properties['id']) ?? text, kind, text } as const;
  return surely(kind, `it asks: ${text}`, { question });
}

function questionText(properties: JsonObject): string {
  const [first] = Array.isArray(properties['questions']) ? properties['questions'] : [];
  return textOf(objectOf(first)?.['question']) ?? 'a question';
}

function askedFor(properties: JsonObject): string {
  const about = objectOf(properties['metadata']) ?? {};
  const permission = textOf(properties['permission']) ?? 'something';
  const command = textOf(about['command']);
  if (command !== null) return command;
  const [pattern] = Array.isArray(properties['patterns']) ? properties['patterns'] : [];
  const what = textOf(about['filepath']) ?? textOf(about['url']) ?? textOf(pattern);
  return what === null ? permission : `${permission} ${what}`;
}
