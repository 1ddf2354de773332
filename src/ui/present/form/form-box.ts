import { fitText } from '../../../lib/text-width.ts';
import { centered, type Rect } from '../../layout/arrange.ts';
import type { Field, Overlay } from '../../model/model.ts';
import { framed } from '../frame.ts';
import { emptyLine, type Line, line, span } from '../line.ts';
import { textLines } from '../wrap.ts';
import { fieldRows } from './field-rows.ts';
import { keyed } from './keyed.ts';

const formWidth = 78;
const labelWidth = 9;
const textIndent = labelWidth + 2;

type Form = Extract<Overlay, { kind: 'form' }>;

/** A form in front of the page: its fields, what is wrong with them, and how it is sent or left. */
export function formBox(
  form: Form,
  columns: number,
  rows: number,
): { readonly rect: Rect; readonly rows: readonly Line[] } {
  const width = Math.min(formWidth, columns - 2);
  const fields = form.fields.flatMap((one, index) =>
    formField(one, index === form.index, width - 2),
  );
  const problem = form.problem === null ? [] : textLines(form.problem, width - 4, 'bad', 1);
  const body = [emptyLine, ...fields, ...problem];
  const rect = centered(columns, rows, width, body.length + 2);
  const frame = { title: [span(form.title, 'strong')], foot: formFoot(form) };
  return { rect, rows: framed({ ...frame, style: 'focused' }, body, rect) };
}

/** In a form of one field Tab leads nowhere, and Enter makes a new row of its text. */
const formFoot = ({ fields, isSending }: Form): Line =>
  isSending
    ? [span('sending …', 'busy')]
    : [
        ...keyed('ctrl+s', 'Ctrl+s send'),
        span(' · ', 'quiet'),
        ...(fields.length > 1 ? keyed('tab', 'Tab next field') : keyed('enter', 'Enter new row')),
        span(' · ', 'quiet'),
        ...keyed('esc', 'Esc keep as draft'),
      ];

function formField(one: Field, isCurrent: boolean, width: number): Line[] {
  const mark = span(isCurrent ? '▸' : ' ', 'accent');
  const label = span(fitText(one.label, labelWidth), isCurrent ? 'strong' : 'plain');
  const isHintInstead = !isCurrent && one.field.text === '';
  const rows = isHintInstead
    ? [line(one.hint, 'quiet')]
    : fieldRows(one.field, width - textIndent, isCurrent);
  const drawn = rows.map(
    (text, index): Line =>
      index === 0 ? [mark, label, span(' '), ...text] : [span(' '.repeat(textIndent)), ...text],
  );
  const hint = isCurrent ? textLines(one.hint, width, 'quiet', textIndent) : [];
  return [...drawn, ...hint, emptyLine];
}
