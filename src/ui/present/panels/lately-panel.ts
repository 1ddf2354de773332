import { keyFor, keyWord } from '../../keymap/keymap.ts';
import { inside, type Rect } from '../../layout/arrange.ts';
import { clockTime, monthAndDay, startOfDay } from '../age.ts';
import { eventWords } from '../event-words.ts';
import { trendLine } from '../facts/trend.ts';
import { framed } from '../frame.ts';
import { aimed, fitLine, type Line, line, span } from '../line.ts';
import type { Picture } from '../picture.ts';
import { wrapText } from '../wrap.ts';

const rowsPerEventMax = 2;

/** As much of a text as there is room for; a sign where it goes on. */
function firstRows(text: string, width: number): readonly string[] {
  const rows = wrapText(text, width);
  if (rows.length <= rowsPerEventMax) return rows;
  return rows
    .slice(0, rowsPerEventMax)
    .map((row, at) => (at === rowsPerEventMax - 1 ? `${row}…` : row));
}

/** The newest facts under the team, where there is room: what the timeline shows in full. */
export function latelyRows(picture: Picture, rect: Rect): Line[] {
  const room = inside(rect);
  const rows: Line[] = [];
  let day = startOfDay(picture.now);
  for (const event of picture.events.toReversed()) {
    if (rows.length >= room.height) break;
    const said = eventWords(event);
    if (said.tone === 'quiet') continue;
    // In a row of its own: before each time it would leave the words too narrow a column.
    if (startOfDay(event.at) !== day) {
      day = startOfDay(event.at);
      rows.push([span(` ${monthAndDay(day)}`, 'quiet')]);
    }
    const wrapped = firstRows(said.text, room.width - 8);
    for (const [index, text] of wrapped.entries()) {
      const time = index === 0 ? clockTime(event.at) : '     ';
      rows.push([span(` ${time} `, 'quiet'), span(text, said.tone)]);
    }
  }
  // Whatever is clicked is there in full.
  const key = keyFor(picture.keymap, 'view.events') ?? '';
  const timeline = { kind: 'key', key } as const;
  return framed(
    {
      title: aimed([span(keyWord(key), 'accent'), span(' Lately')], timeline),
      foot: trendLine(picture.events, picture.now, rect.width),
      style: 'calm',
    },
    rows.length > 0
      ? rows.map(row => aimed(fitLine(row, room.width), timeline))
      : [line(' Nothing has happened yet.', 'quiet')],
    rect,
  );
}
