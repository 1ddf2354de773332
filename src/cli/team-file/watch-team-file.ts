import { watchText } from '../../adapters/agent-cli/watch-text.ts';

/**
 * Calls back once, when the text of team.yaml is another than when the watching began. Returns what stops it.
 * Nothing of the file counts before the next start: agents, gate and bounds of a running team stay as they are.
 */
export function watchTeamFile(path: string, onChange: () => void): () => void {
  let first: string | null = null;
  let isTold = false;
  return watchText(path, text => {
    first ??= text;
    if (isTold || text === first) return;
    isTold = true;
    onChange();
  });
}
