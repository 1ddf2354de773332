import type { Sign } from '../../../ports/agent-cli.ts';
import { shortened } from '../screen-lines.ts';
import { asking, busy, over, sign } from '../signs.ts';
import { textId } from '../weigh-signs.ts';
import type { Manifest, ManifestRule } from './manifest.ts';

/** What the first rule that fits says of the title; null when none fits. */
export function manifestTitleSign({ rules }: Manifest, title: string): Sign | null {
  const rule = rules.find(one => one.in === 'title' && one.match.test(title));
  return rule === undefined ? null : signOf(rule, shortened(title), []);
}

/** The same of the newest notification, which may be long over: it rules nothing out. */
export function manifestNotificationSign({ rules }: Manifest, text: string): Sign | null {
  const rule = rules.find(one => one.in === 'notification' && one.match.test(text));
  if (rule === undefined) return null;
  return {
    ...signOf(rule, shortened(text), [text]),
    allows: ['starting', ...asking, ...busy, ...over],
  };
}

/** The same of the screen. */
export function manifestScreenSign({ rules }: Manifest, lines: readonly string[]): Sign | null {
  const text = lines.filter(line => line.trim() !== '');
  for (const rule of rules) {
    if (rule.in !== 'screen') continue;
    const matched = matchedLine(rule, text.slice(-rule.rows));
    if (matched !== undefined) return signOf(rule, shortened(matched), text);
  }
  return null;
}

/** What the lowest line says that fits. */
function matchedLine(rule: ManifestRule, rows: readonly string[]): string | undefined {
  const { newest } = rule;
  const lowest = newest === null ? null : rows.findLastIndex(one => newest.test(one));
  for (let at = lowest ?? rows.length - 1; at >= (lowest ?? 0) && at >= 0; at -= 1) {
    const said = saidAt(rule, rows, at);
    if (said !== undefined) return said;
  }
  return undefined;
}

function saidAt(rule: ManifestRule, rows: readonly string[], at: number): string | undefined {
  const { match, under } = rule;
  const line = wholeLine(rule, rows, at);
  if (!match.test(line) || under === null) return match.test(line) ? line : undefined;
  const found = under.exec(rows.slice(0, at).join('\n'));
  return found === null ? undefined : (found[1] ?? line);
}

/** With what the edge of the screen broke off. */
function wholeLine({ joins }: ManifestRule, rows: readonly string[], at: number): string {
  const more = joins === null ? [] : rows.slice(at + 1);
  const end = more.findIndex(line => joins?.test(line) !== true);
  const rest = more.slice(0, end === -1 ? undefined : end).map(line => line.trim());
  return [rows[at] ?? '', ...rest].join(' ');
}

function signOf(rule: ManifestRule, matched: string, rows: readonly string[]): Sign {
  const { status, allows, asks } = rule;
  const says = rule.says ?? matched;
  if (status !== 'permission' && status !== 'question')
    return sign(status, allows, says, rule.mendedBy === 'person' ? { until: null } : {});
  const text = shortened(askedAbout(rule, rows) ?? says);
  // A dialog with words of the manifest's own is the same one however it is drawn.
  const id = textId(asks === null && rule.says !== null ? rule.says : rows.join('\n'));
  const question = { id, kind: status, text };
  return sign(status, allows, `it asks: ${text}`, { question });
}

/** The newest row that says what is asked about, with those of the same block above it; null when none says it. */
function askedAbout({ asks, joins }: ManifestRule, rows: readonly string[]): string | null {
  if (asks === null) return null;
  const last = rows.findLastIndex(line => asks.test(line));
  if (last === -1) return null;
  const isPart = (at: number) => asks.test(rows[at] ?? '') && joins?.test(rows[at] ?? '') === true;
  let first = last;
  while (isPart(first) && isPart(first - 1)) first -= 1;
  const parts = rows.slice(first, last + 1).map(row => asks.exec(row)?.slice(1).find(Boolean));
  return parts.filter(part => part !== undefined).join(' ');
}
