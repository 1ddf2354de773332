import { expect, test } from 'vitest';
import { jsonText } from '../../src/lib/json-text.ts';

test('nothing in it is obeyed by a terminal, and a program reads what was meant', () => {
  const hostile = 'csi \u009b31m esc \u001b[2J del \u007f bidi \u202e zero\u200bwidth é 漢 🙂';
  const value = { [hostile]: [hostile, 1, null] };
  const text = jsonText(value);
  expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b\u202e]/);
  expect(text).toContain('\\u009b31m');
  expect(text).toContain('é 漢 🙂');
  expect(JSON.parse(text)).toEqual(value);
  expect(text.endsWith('\n')).toBe(true);
});
