import { change } from '../actions/action.ts';
import type { Intent, ReplayAsk, Ui } from '../model/model.ts';

const stepSeconds = 5;
const longStepSeconds = 60;

const asks: Readonly<Record<string, ReplayAsk>> = {
  left: { type: 'step', by: -stepSeconds },
  h: { type: 'step', by: -stepSeconds },
  right: { type: 'step', by: stepSeconds },
  l: { type: 'step', by: stepSeconds },
  pageup: { type: 'step', by: -longStepSeconds },
  pagedown: { type: 'step', by: longStepSeconds },
  '[': { type: 'mark', by: -1 },
  ']': { type: 'mark', by: 1 },
  home: { type: 'ends', to: 'start' },
  end: { type: 'ends', to: 'end' },
  G: { type: 'ends', to: 'end' },
  ' ': { type: 'play' },
};

/** What a key does while a terminal is played back. */
export function replayKey(key: string, ui: Ui): readonly Intent[] {
  if (key === 'esc' || key === 'q') return [change({ type: 'close' })];
  if (key === 'z') return [change({ type: 'zoom', isZoomed: !ui.isZoomed })];
  const ask = asks[key];
  return ask === undefined ? [] : [{ kind: 'replay', ask }];
}
