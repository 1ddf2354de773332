import { cleanText } from '../../../lib/clean-text.ts';
import { pastTime } from '../age.ts';
import { type Line, line, span } from '../line.ts';
import type { Moment } from '../timeline.ts';

/** What happened, newest first; notices of the start come last. */
export function timelineLines(
  moments: readonly Moment[],
  notices: readonly string[],
  { filter, now }: { readonly filter: string; readonly now: number },
): Line[] {
  const rows = moments.map(
    ({ at, words }): Line => [
      span(` ${pastTime(at, now)} `, 'quiet'),
      span(words.text, words.tone),
    ],
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
