import { useEffect } from 'react';
import type { Terminal } from '../../ports/terminals.ts';

/** The agent's program is told a new size only when it stays: each change makes it draw everything anew. */
const resizeQuietMs = 150;
/** Smaller panes keep the old size: agent CLIs break below this. */
const columnsMin = 20;
const rowsMin = 6;

type Props = {
  readonly terminal: Terminal;
  /** What the program is told of its size: that of its pane on the page at rest. */
  readonly columns: number;
  readonly rows: number;
};

/** Looks after a terminal for as long as it can be seen. The compositor draws it. */
export function LivePane({ terminal, columns, rows }: Props) {
  useEffect(() => {
    terminal.setVisible(true);
    return () => terminal.setVisible(false);
  }, [terminal]);
  useEffect(() => {
    if (columns < columnsMin || rows < rowsMin) return;
    const { screen } = terminal;
    if (screen.cols === columns && screen.rows === rows) return;
    const timer = setTimeout(() => terminal.resize(columns, rows), resizeQuietMs);
    return () => clearTimeout(timer);
  }, [terminal, columns, rows]);
  return null;
}
