import { useEffect, useLayoutEffect } from 'react';
import type { Terminal } from '../../ports/terminals.ts';
import type { Rect } from '../layout/arrange.ts';
import { usePage } from './page-context.ts';

/** The agent's program is told a new size only when it stays: each change makes it draw everything anew. */
const resizeQuietMs = 150;
/** Smaller panes keep the old size: agent CLIs break below this. */
const columnsMin = 20;
const rowsMin = 6;

export type PaneWish = {
  readonly terminal: Terminal;
  readonly area: Rect;
  /** What the program is told of its size: that of its area on the page at rest. */
  readonly size: { readonly width: number; readonly height: number };
  readonly covers: readonly Rect[];
  readonly hasKeyboard: boolean;
  readonly scrolledRows: number;
};

/** Has the terminal painted into its area for as long as the component wishes it. */
export function usePane(wish: PaneWish | null): void {
  const { compositor } = usePage();
  useLayoutEffect(() => compositor.showPane(wish));
  useLayoutEffect(() => () => compositor.showPane(null), [compositor]);

  const terminal = wish?.terminal ?? null;
  const columns = wish?.size.width ?? 0;
  const rows = wish?.size.height ?? 0;
  useEffect(() => {
    terminal?.setVisible(true);
    return () => terminal?.setVisible(false);
  }, [terminal]);
  useEffect(() => {
    if (!terminal || columns < columnsMin || rows < rowsMin) return;
    const { screen } = terminal;
    if (screen.cols === columns && screen.rows === rows) return;
    const timer = setTimeout(() => terminal.resize(columns, rows), resizeQuietMs);
    return () => clearTimeout(timer);
  }, [terminal, columns, rows]);
}
