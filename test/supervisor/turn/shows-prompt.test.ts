import { expect, test } from 'vitest';
import { showsPrompt } from '../../../src/supervisor/turn/shows-prompt.ts';

const text =
  'Belfry M-7 task T-2/1\n\nTask T-2: Count the sails\n\nThe gate decides, not the claim.\n';
const model = '  gpt-5.1-codex default · ~/worktrees/eng-1';

test.each<readonly [string, readonly string[], boolean]>([
  ['an empty input box', ['› Ask Codex to do anything', '', model], false],
  ['its first line', ['› Belfry M-7 task T-2/1', '', '  Task T-2: Count', model], true],
  ['its first line in a box with borders', ['│ > Belfry M-7 task T-2/1       │'], true],
  ['what a CLI shows for a long text', ['❯ [Pasted text #1 +12 lines]'], true],
  ['only its end, on a low screen', ['  The gate decides, not', '  the claim.', '', model], true],
  ['another message, read before', ['› Belfry M-6 task T-1/1', '', '• Done.', '›', model], false],
  [
    'the same end, high up, of one read before',
    ['The gate decides, not the claim.', ...Array<string>(12).fill('• Ran true'), '›'],
    false,
  ],
])('a pasted text and %s: %#', (_name, rows, isShown) => {
  expect(showsPrompt(rows, text)).toBe(isShown);
});
