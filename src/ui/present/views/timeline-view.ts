import { cleanText } from '../../../lib/clean-text.ts';
import { clockTime } from '../age.ts';
import { type Line, line, span } from '../line.ts';
import type { Moment } from '../timeline.ts';

/** What happened, newest first; notices of the start come last. */
export function timelineLines(
  moments: readonly Moment[],
  notices: readonly string[],
  filter: string,
): Line[] {
  const rows = moments.map(
    ({ at, words }): Line => [span(` ${clockTime(at)} `, 'quiet'), span(words.text, words.tone)],
  );
  const said = notices.map(
    (notice): Line => [span(' start ', 'quiet'), span(cleanText(notice), 'warn')],
  );
  if (filter === '') rows.push(...said);
  if (rows.length > 0) return rows;
  return filter === ''
    ? [line(' Nothing has happened yet.', 'quiet')]
    : [line(` Nothing that happened matches “${cleanText(filter)}”.`, 'quiet')];
}
