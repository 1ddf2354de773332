/** An input box, and what an agent CLI keeps below it. */
const boxRowsMax = 12;
/** A low or narrow screen still shows so much of a line's beginning in one row. */
const beginningChars = 16;
/** What Claude Code, Codex, Gemini CLI and opencode show in the place of a long text. */
const placeholder = '[Pasted';

/**
 * Whether a text that was pasted can be on the screen: its first line, which names the message, or its last one
 * in the input box. In doubt it can.
 */
export function showsPrompt(screen: readonly string[], text: string): boolean {
  const rows = screen.map(squeezed).filter(row => row !== '');
  const lines = text.split('\n').map(squeezed);
  const named = lines.find(line => /^BelfryM-\d+/.test(line)) ?? '';
  const last = lines.findLast(line => line !== '') ?? '';
  return (
    rows.some(row => row.includes(placeholder) || row.includes(beginningOf(named))) ||
    rows.slice(-boxRowsMax).some(row => row.includes(beginningOf(last)))
  );
}

const squeezed = (row: string) => row.replaceAll(/\s+/g, '');
const beginningOf = (line: string) => line.slice(0, beginningChars);
