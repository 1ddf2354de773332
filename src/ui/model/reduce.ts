import type { Panel } from '../layout/arrange.ts';
import { isCommentOn } from './kept-comments.ts';
import { isReturn } from './last-look.ts';
import type { Change, Drafts, Overlay, OverlayChange, Ui } from './model.ts';
import { edit } from './text-field.ts';

/** The page's one reducer. Pure. */
export function reduce(ui: Ui, change: Change): Ui {
  switch (change.type) {
    case 'focus':
      return focused(ui, change.panel);
    case 'chooseAgent':
      return { ...ui, agent: change.agent, scroll: ui.view === 'terminal' ? 0 : ui.scroll };
    case 'chooseTask':
      return { ...ui, task: change.task, scroll: ui.view === 'terminal' ? ui.scroll : 0 };
    case 'chooseNeed':
      return { ...ui, need: change.need };
    case 'view':
      return { ...ui, view: change.view, scroll: 0 };
    case 'scroll':
      return { ...ui, scroll: Math.max(0, ui.scroll + change.by) };
    case 'scrollTo':
      return { ...ui, scroll: Math.max(0, change.row) };
    case 'exclude': {
      const rest = ui.excluded.filter(id => id !== change.task);
      return { ...ui, excluded: change.isExcluded ? [...rest, change.task] : rest };
    }
    case 'only':
      return { ...ui, only: change.task, scroll: 0 };
    case 'panes':
      return { ...ui, panes: change.panes, scroll: 0 };
    case 'theme':
      return { ...ui, theme: change.theme };
    case 'zoom':
      return { ...ui, isZoomed: change.isZoomed, focus: change.isZoomed ? 'detail' : ui.focus };
    case 'type':
      return typing(ui, change.to);
    case 'filter':
      return { ...ui, filter: { ...ui.filter, [change.of]: change.text } };
    case 'search':
      return { ...ui, search: change.text };
    case 'open':
      return { ...ui, overlay: withDraft(ui, change.overlay), notice: null };
    case 'close':
      return closed(ui);
    case 'notice':
      return { ...ui, notice: { text: change.text, tone: change.tone } };
    case 'undo':
      return { ...ui, undo: change.undo };
    case 'diff':
      return { ...ui, diff: { task: change.task, text: change.text } };
    case 'active':
    case 'terminalFocus':
      return looked(ui, change);
    default:
      return reduceOverlay(ui, change);
  }
}

function reduceOverlay(ui: Ui, change: Change): Ui {
  const { overlay } = ui;
  if (!overlay) return ui;
  if (change.type === 'overlay') {
    const next = inOverlay(overlay, change.change);
    // The board follows the filter while it is typed.
    if (next.kind !== 'filter') return { ...ui, overlay: next };
    return { ...ui, overlay: next, filter: { ...ui.filter, [next.of]: next.query.text } };
  }
  if (change.type === 'replay' && overlay.kind === 'replay')
    return { ...ui, overlay: change.overlay };
  if (overlay.kind !== 'form') return ui;
  if (change.type === 'formProblem') {
    return { ...ui, overlay: { ...overlay, problem: change.problem, isSending: false } };
  }
  if (change.type === 'formSending') {
    return { ...ui, overlay: { ...overlay, problem: null, isSending: true } };
  }
  if (change.type === 'formDone') {
    const drafts = withoutSent(ui.drafts, overlay);
    return { ...ui, overlay: null, drafts, notice: { text: change.text, tone: 'good' } };
  }
  return ui;
}

const focused = (ui: Ui, focus: Panel): Ui =>
  focus === 'detail' ? { ...ui, focus } : { ...ui, focus, list: focus, isZoomed: false };

function typing(ui: Ui, to: Ui['typingTo']): Ui {
  if (to === null) return { ...ui, typingTo: null };
  return { ...ui, typingTo: to, agent: to, view: 'terminal', focus: 'detail', scroll: 0 };
}

function withDraft(ui: Ui, overlay: Overlay): Overlay {
  if (overlay.kind !== 'form') return overlay;
  const draft = ui.drafts[overlay.title];
  return draft ? { ...overlay, fields: draft.fields } : overlay;
}

function closed(ui: Ui): Ui {
  const { overlay } = ui;
  if (overlay?.kind !== 'form') return { ...ui, overlay: null };
  const { title, purpose, fields } = overlay;
  const { [title]: _before, ...drafts } = ui.drafts;
  const isEmpty = fields.every(one => one.field.text === '');
  return {
    ...ui,
    overlay: null,
    drafts: isEmpty ? drafts : { ...drafts, [title]: { purpose, fields } },
  };
}

/** A review takes the comments along that were kept for it. */
function withoutSent(
  drafts: Drafts,
  { title, purpose }: Extract<Overlay, { kind: 'form' }>,
): Drafts {
  const isReview = purpose.kind === 'sendBack' || (purpose.kind === 'comment' && purpose.isReview);
  const left = Object.entries(drafts).filter(
    ([name, draft]) => name !== title && !(isReview && isCommentOn(draft.purpose, purpose.task)),
  );
  return Object.fromEntries(left);
}

/** Coming back begins a new "since you last looked"; staying does not, so that its line can be read in peace. */
function looked(ui: Ui, change: Extract<Change, { type: 'active' | 'terminalFocus' }>): Ui {
  if (change.type === 'terminalFocus' && !change.hasFocus) {
    return { ...ui, hasFocus: false, activeAt: change.at };
  }
  return {
    ...ui,
    hasFocus: true,
    lookedAt: isReturn(ui, change.at) ? ui.activeAt : ui.lookedAt,
    activeAt: change.at,
    notice: change.type === 'active' ? null : ui.notice,
  };
}

function inOverlay(overlay: Overlay, change: OverlayChange): Overlay {
  switch (change.type) {
    case 'answer':
      return overlay.kind === 'confirm' ? { ...overlay, isYes: change.isYes } : overlay;
    case 'move':
      if (!('index' in overlay) || overlay.kind === 'form' || change.count === 0) return overlay;
      return { ...overlay, index: clamp(overlay.index + change.by, change.count) };
    case 'field':
      if (overlay.kind !== 'form') return overlay;
      return { ...overlay, index: wrapped(overlay.index + change.by, overlay.fields.length) };
    case 'edit':
      return edited(overlay, change.edit);
  }
}

function edited(overlay: Overlay, change: Parameters<typeof edit>[1]): Overlay {
  if (overlay.kind === 'confirm' || overlay.kind === 'replay') return overlay;
  if (!('index' in overlay)) return { ...overlay, query: edit(overlay.query, change) };
  if (overlay.kind !== 'form') return { ...overlay, query: edit(overlay.query, change), index: 0 };
  const fields = overlay.fields.map((one, index) =>
    index === overlay.index ? { ...one, field: edit(one.field, change) } : one,
  );
  return { ...overlay, fields, problem: null };
}

const clamp = (index: number, count: number): number => Math.min(count - 1, Math.max(0, index));
const wrapped = (index: number, count: number): number => (index + count) % count;
