import { expect, test } from 'vitest';
import { textWidth } from '../../src/lib/text-width.ts';
import { asciiText } from '../../src/ui/theme/ascii-text.ts';

test('what agent CLIs begin their lines with is no question mark in ASCII', () => {
  const shown =
    '⏺ Bash(npm test) ⎿ 3 passed ✻ Thinking… ⠙ Working • Ran ls ⏵⏵ accept edits ☐ one ☒ two ❯';
  const ascii = asciiText(shown);
  expect(ascii).toBe(
    '* Bash(npm test) ` 3 passed * Thinking~ * Working * Ran ls >> accept edits . one x two >',
  );
  expect(textWidth(ascii)).toBe(textWidth(shown));
});

test('every turn of a spinner has one stand-in of its width', () => {
  for (const sign of '✳✻✽✶✢⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏')
    expect([asciiText(sign), textWidth(sign)], sign).toEqual(['*', 1]);
});
