import { readFileSync, writeFileSync } from 'node:fs';
import { readBoundedFile } from '../../adapters/system/read-bounded-file.ts';
import { teamFileBytesMax } from '../../core/limits.ts';
import { cleanText } from '../../lib/clean-text.ts';
import { lineDiff } from '../../lib/line-diff.ts';

/** More is read in the file itself. */
const shownLinesMax = 4;

/**
 * What team.yaml says differently from when a team was last started from it, in one sentence; null when it says
 * the same. It may have come with somebody's commit, so it is said once, and kept as what counts now.
 */
export function teamFileNews(path: string, lastStarted: string): string | null {
  const text = readBoundedFile(path, teamFileBytesMax);
  const before = readOrNull(lastStarted);
  if (text === before) return null;
  writeFileSync(lastStarted, text, { mode: 0o600 });
  if (before === null) return null;
  const diff = lineDiff(before, text);
  const rest = diff.length - shownLinesMax;
  const shown = diff.slice(0, shownLinesMax).map(line => cleanText(line.replace(/\s+/g, ' ')));
  return `team.yaml differs from the last start: ${shown.join(' · ')}${rest > 0 ? ` · and ${rest} more` : ''}`;
}

function readOrNull(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
