import type { Overlay } from '../model/model.ts';
import { pastTime } from '../present/age.ts';
import { overlayOptions } from '../present/options.ts';
import type { Picture } from '../present/picture.ts';

/** What an overlay that opened, or moved, says. Typed characters are not read back here. */
export function spokenOverlay(before: Picture, after: Picture): readonly string[] {
  const { overlay } = after.ui;
  const last = before.ui.overlay;
  if (overlay === last) return [];
  if (overlay === null) return last?.kind === 'form' || last?.kind === 'confirm' ? ['Closed.'] : [];
  const isNew = last?.kind !== overlay.kind;
  switch (overlay.kind) {
    case 'confirm':
      return isNew ? [`${overlay.title} ${overlay.text.join(' ')} ${answersOf(overlay)}`] : [];
    case 'form': {
      const field = overlay.fields[overlay.index];
      const isMoved = isNew || (last.kind === 'form' && last.index !== overlay.index);
      const title = isNew ? [`${overlay.title}. Tab next field, Ctrl+s sends, Esc leaves.`] : [];
      const label = isMoved && field ? [`${field.label} (${field.hint}): ${field.field.text}`] : [];
      const problem = overlay.problem === null ? [] : [overlay.problem];
      return [...title, ...label, ...problem];
    }
    case 'filter':
    case 'search':
      return isNew ? [`Type to ${overlay.kind}, then Enter. Esc leaves.`] : [];
    case 'replay':
      return isNew || (last.kind === 'replay' && last.label !== overlay.label)
        ? [`Replay of ${overlay.agent}, ${pastTime(overlay.time, after.now)}: ${overlay.label}.`]
        : [];
    default:
      return spokenList(before, after, isNew);
  }
}

const answersOf = ({ intents }: Extract<Overlay, { kind: 'confirm' }>): string =>
  intents.length === 0 ? 'Any key closes it.' : 'y yes, any other key no.';

function spokenList(before: Picture, after: Picture, isNew: boolean): readonly string[] {
  const { overlay } = after.ui;
  if (overlay?.kind !== 'help' && overlay?.kind !== 'palette' && overlay?.kind !== 'pick')
    return [];
  const options = overlayOptions(overlay, after);
  const chosen = options[Math.min(overlay.index, options.length - 1)];
  const title = overlay.kind === 'pick' ? overlay.title : overlay.kind;
  const head = isNew
    ? [`${title}: ${options.length} entries. Down and up move, Enter chooses.`]
    : [];
  if (chosen === undefined) return [...head, 'Nothing is called that.'];
  const last = before.ui.overlay;
  const lastOptions = last?.kind === overlay.kind ? overlayOptions(last, before) : [];
  const lastIndex = last !== null && 'index' in last ? last.index : -1;
  const isSame = lastOptions[lastIndex]?.label === chosen.label && !isNew;
  if (isSame) return head;
  const note = chosen.note === '' ? '' : ` (${chosen.note})`;
  const reason = chosen.reason === null ? '' : `, not here: ${chosen.reason}`;
  return [...head, `${chosen.label}${note}${reason}`];
}
