import { change, type Situation } from '../actions/action.ts';
import type { FilterPlace, Intent, Overlay, OverlayChange } from '../model/model.ts';
import type { Edit } from '../model/text-field.ts';
import { overlayOptions } from '../present/options.ts';
import { isCharacter } from './key-names.ts';
import { replayKey } from './replay-keys.ts';

/** What a key does while an overlay is open: an overlay takes every key. */
export function overlayKey(overlay: Overlay, key: string, situation: Situation): readonly Intent[] {
  if (key === 'ctrl+c') return [close];
  switch (overlay.kind) {
    case 'confirm':
      return confirmKey(overlay, key);
    case 'form':
      return formKey(overlay, key);
    case 'filter':
      return filterKey(overlay.of, key);
    case 'replay':
      return replayKey(key, situation.ui);
    case 'search':
      return searchKey(overlay.query.text, key);
    default:
      return listKey(overlay, key, situation);
  }
}

const close = change({ type: 'close' });
const inOverlay = (overlayChange: OverlayChange): Intent =>
  change({ type: 'overlay', change: overlayChange });

/** No is chosen until the person says otherwise, so that a stray Enter does nothing. */
function confirmKey(
  overlay: Extract<Overlay, { kind: 'confirm' }>,
  key: string,
): readonly Intent[] {
  if (key === 'left' || key === 'right' || key === 'tab' || key === 'h' || key === 'l') {
    return [inOverlay({ type: 'answer', isYes: !overlay.isYes })];
  }
  const isYes = key === 'y' || key === 'Y' || (key === 'enter' && overlay.isYes);
  return isYes ? [close, ...overlay.intents] : [close];
}

function formKey(overlay: Extract<Overlay, { kind: 'form' }>, key: string): readonly Intent[] {
  if (key === 'esc') return [close];
  if (overlay.isSending) return [];
  if (key === 'ctrl+s') return [{ kind: 'submit' }];
  if (key === 'tab') return [inOverlay({ type: 'field', by: 1 })];
  if (key === 'shift+tab') return [inOverlay({ type: 'field', by: -1 })];
  const current = overlay.fields[overlay.index];
  const isMultiline = current?.field.isMultiline ?? false;
  if (key === 'enter' && !isMultiline) return [inOverlay({ type: 'field', by: 1 })];
  if (key === 'enter' || key === 'ctrl+j') return [edits({ kind: 'insert', text: '\n' })];
  if (!isMultiline && (key === 'up' || key === 'down')) {
    return [inOverlay({ type: 'field', by: key === 'up' ? -1 : 1 })];
  }
  return editKey(key);
}

function filterKey(of: FilterPlace, key: string): readonly Intent[] {
  if (key === 'esc') return [change({ type: 'filter', of, text: '' }), close];
  if (key === 'enter') return [close];
  return editKey(key);
}

function searchKey(text: string, key: string): readonly Intent[] {
  if (key === 'esc' || (key === 'enter' && text === '')) return [close];
  if (key !== 'enter') return editKey(key);
  return [change({ type: 'search', text }), close, { kind: 'search', direction: 'older' }];
}

function listKey(
  overlay: Extract<Overlay, { kind: 'help' | 'palette' | 'pick' }>,
  key: string,
  situation: Situation,
): readonly Intent[] {
  const options = overlayOptions(overlay, situation);
  const move = (by: number): Intent[] => [inOverlay({ type: 'move', by, count: options.length })];
  if (key === 'esc') return [close];
  if (key === 'up' || key === 'ctrl+p') return move(-1);
  if (key === 'down' || key === 'ctrl+n' || key === 'tab') return move(1);
  if (key === 'pageup') return move(-10);
  if (key === 'pagedown') return move(10);
  if (key !== 'enter') return editKey(key);
  const chosen = options[overlay.index];
  if (!chosen) return [];
  if (chosen.reason !== null) {
    return [
      close,
      change({ type: 'notice', text: `${chosen.label}: ${chosen.reason}`, tone: 'warn' }),
    ];
  }
  return [close, ...chosen.intents];
}

const edits = (edit: Edit): Intent => inOverlay({ type: 'edit', edit });

const editNames: Readonly<Record<string, Edit>> = {
  backspace: { kind: 'backspace' },
  delete: { kind: 'delete' },
  left: { kind: 'left' },
  right: { kind: 'right' },
  up: { kind: 'up' },
  down: { kind: 'down' },
  home: { kind: 'home' },
  end: { kind: 'end' },
  'ctrl+a': { kind: 'home' },
  'ctrl+e': { kind: 'end' },
  'ctrl+u': { kind: 'clear' },
};

function editKey(key: string): readonly Intent[] {
  const change = editFor(key);
  return change === null ? [] : [edits(change)];
}

/** What a key does to a text that is being typed; null when it means nothing there. */
export const editFor = (key: string): Edit | null =>
  editNames[key] ?? (isCharacter(key) ? { kind: 'insert', text: key } : null);
