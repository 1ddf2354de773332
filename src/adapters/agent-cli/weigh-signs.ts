import { createHash } from 'node:crypto';
import type { AgentStatus } from '../../core/agent.ts';
import type { AskedQuestion, Sign, StatusReading } from '../../ports/agent-cli.ts';

/** A sign with its source, in words: `its title`. */
export type SourcedSign = { readonly source: string; readonly sign: Sign; readonly ageMs: number };

const said = ({ source, sign }: SourcedSign) => `${source} says ${sign.says}`;

/**
 * What several signs mean together, the strongest first. Every sign rules statuses out; what none rules
 * out and the strongest of them names is the answer. Signs that leave nothing contradict each other: the
 * answer is `unknown` and names both, because a wrong status costs more than none. So is a status that is only left
 * over, with none that names it.
 */
export function weighSigns(signs: readonly SourcedSign[]): StatusReading {
  const evidence = signs.map(one => ({
    source: one.source,
    says: isValid(one) ? one.sign.says : `${one.sign.says}, too long ago to count`,
  }));
  const valid = signs.filter(isValid);
  const answer = (status: AgentStatus, reason: string): StatusReading => ({
    ...{ status, reason, question: null, evidence },
  });
  const clash = clashOf(valid);
  if (clash !== null) return answer('unknown', clash.map(said).join(', '));
  const left = (valid[0]?.sign.allows ?? []).filter(status =>
    valid.every(({ sign }) => sign.allows.includes(status)),
  );
  if (valid.length > 0 && left.length === 0)
    return answer('unknown', `${valid.map(said).join(', ')}: that does not fit together`);
  const speaks = valid.find(({ sign }) => sign.status !== null && left.includes(sign.status));
  const status = speaks?.sign.status ?? null;
  if (speaks === undefined || status === null)
    return answer(
      'unknown',
      valid.length === 0 ? 'nothing tells its state' : `${valid.map(said).join(', ')}: not enough`,
    );
  const asks = status === 'permission' || status === 'question';
  const question = asks ? questionOf(valid, status) : null;
  const until = valid.find(({ sign }) => sign.status === status && sign.until !== undefined);
  return {
    ...answer(status, said(speaks)),
    question,
    ...(until?.sign.until === undefined ? {} : { until: until.sign.until }),
  };
}

const isValid = ({ sign, ageMs }: SourcedSign) =>
  sign.holdsForMs === null || ageMs <= sign.holdsForMs;

function clashOf(signs: readonly SourcedSign[]): readonly [SourcedSign, SourcedSign] | null {
  for (const [index, one] of signs.entries())
    for (const other of signs.slice(index + 1))
      if (!one.sign.allows.some(status => other.sign.allows.includes(status))) return [one, other];
  return null;
}

function questionOf(signs: readonly SourcedSign[], kind: 'permission' | 'question'): AskedQuestion {
  const asked = signs.find(({ sign }) => sign.question?.kind === kind)?.sign.question;
  if (asked) return asked;
  const text = signs.find(({ sign }) => sign.status === kind)?.sign.says ?? 'it asks something';
  return { id: textId(text), kind, text };
}

/** Short, the same for the same text. */
export const textId = (text: string): string =>
  createHash('sha256').update(text).digest('hex').slice(0, 16);
