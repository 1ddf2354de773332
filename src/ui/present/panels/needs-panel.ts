import { whyUnavailable } from '../../actions/why-unavailable.ts';
import type { Rect } from '../../layout/arrange.ts';
import { aimed, type Line, span, spread } from '../line.ts';
import type { Picture } from '../picture.ts';
import { needRows } from './need-row.ts';

/** The needs-you list without a border: every row of it is wanted for a need. The marked one has the keys. */
export function needsRows(picture: Picture, { width, height }: Rect): Line[] {
  const { now, readOnly } = picture;
  const isOpen = (action: Parameters<typeof whyUnavailable>[0]) =>
    readOnly === null || whyUnavailable(action, picture) === null;
  return needRows(picture, { width, height, now, isOpen }).map(({ need, left, right }) =>
    aimed(spread([...left, span(need.text)], right, width), { kind: 'need', need: need.key }),
  );
}
