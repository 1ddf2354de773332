import type { Sign } from '../../../ports/agent-cli.ts';
import { surely } from '../signs.ts';

/**
 * Dialogs of the first start. Each is the person's to answer, by yes or no or on its screen: none is ever
 * confirmed by itself.
 */
const dialogs: readonly (readonly [RegExp, string, 'permission' | 'question'])[] = [
  [
    /^\s*(Accessing workspace:|Quick safety check|(❯ )?(\d+\. )?Yes, I trust this folder)/,
    'Claude Code asks whether you trust this worktree, in which it reads, edits and runs files',
    'permission',
  ],
  [
    /^\s*(Detected a custom API key in your environment|(❯ )?(\d+\. )?No \(recommended\))/,
    'Claude Code asks whether to use the API key in ANTHROPIC_API_KEY',
    'permission',
  ],
  [
    /^\s*(WARNING: Claude Code running in Bypass Permissions mode|(❯ )?(\d+\. )?Yes, I accept$)/,
    'Claude Code asks you to accept that it acts without asking (permissions: full)',
    'permission',
  ],
  [
    /^\s*(Settings (Error|Warning)|.*values listed above were skipped)/,
    'Claude Code does not like a settings file; look at its screen',
    'question',
  ],
  [
    /^\s*Configuration error$/,
    'Claude Code cannot read its own configuration file; look at its screen',
    'question',
  ],
];

/** States before the first prompt that only the person can leave, outside Belfry. */
const walls: readonly (readonly [RegExp, string])[] = [
  [
    /^\s*(Select login method|Log in to your|Paste code here)/i,
    'not logged in: run “claude” once in a terminal of your own and log in',
  ],
  [
    /^\s*(Choose the text style|Let's get started)/i,
    'never set up: run “claude” once in a terminal of your own',
  ],
  [
    /^\s*Unable to connect to Anthropic services/,
    'it cannot reach Anthropic: see the network, or set it up by running “claude” once',
  ],
];

/** How far up from its last line a dialog can begin. */
const dialogRowsMax = 40;

/** A dialog that can be named and explained. `text`: the lines that are not empty. */
export function knownDialog(text: readonly string[]): Sign | null {
  const lines = text.slice(-dialogRowsMax);
  const has = ([pattern]: readonly [RegExp, ...string[]]) => lines.some(line => pattern.test(line));
  const wall = walls.find(has);
  if (wall !== undefined) return surely('failed', wall[1], { until: null });
  const dialog = dialogs.find(has);
  if (dialog === undefined) return null;
  const [, says, kind] = dialog;
  return surely(kind, says, { question: { id: says, kind, text: says } });
}
