export type Composer = {
  /** Index of the rule above the input box. */
  readonly top: number;
  /** What stands in it: typed text, or what it offers. */
  readonly text: string;
};

/** The model's own lines are indented: a rule at the edge is Claude Code's. A label may stand in it. */
const rule = /^─/;
/** Taller input boxes are cut by Claude Code itself. */
const composerRowsMax = 30;

/**
 * Claude Code's input box: a rule, lines of which the first begins with the prompt character, a rule. It is the
 * lowest thing on the screen but for a few lines of status. Null while a dialog stands in its place.
 */
export function findComposer(lines: readonly string[]): Composer | null {
  const bottom = lines.findLastIndex(line => rule.test(line));
  if (bottom < 1) return null;
  const top = lines.slice(0, bottom).findLastIndex(line => rule.test(line));
  const first = lines[top + 1] ?? '';
  if (top === -1 || bottom - top > composerRowsMax || !/^[❯>!#]/.test(first)) return null;
  // A menu has its pointer where the input box has its prompt.
  if (/^❯ \d+\. /.test(first) && lines.slice(bottom).some(line => /Enter to select/.test(line)))
    return null;
  return { top, text: first.slice(1).trim() };
}
