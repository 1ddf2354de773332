import { expect, test } from 'vitest';
import { type Key, KeyReader } from '../../../src/cli/scripted-agent/screen/key-reader.ts';

const shown = (key: Key) => ('text' in key ? `${key.type} ${JSON.stringify(key.text)}` : key.type);
const read = (...chunks: string[]) => {
  const reader = new KeyReader();
  return [...chunks.flatMap(chunk => reader.feed(chunk)), ...reader.flush()].map(shown);
};

test.each<[string, string[], string[]]>([
  ['typed text and Enter', ['hi', ' é\r'], ['text "hi"', 'text " é"', 'enter']],
  ['a paste keeps its lines', ['\x1b[200~a\r\nb\x1b[201~'], ['paste "a\\nb"']],
  ['a paste in pieces', ['\x1b[20', '0~a', 'b\x1b[20', '1~\r'], ['paste "ab"', 'enter']],
  ['control keys', ['\x03\x04\x7f\x15'], ['interrupt', 'end', 'backspace', 'clear']],
  ['Escape alone', ['\x1b'], ['escape']],
  ['Escape twice', ['\x1b\x1b'], ['escape', 'escape']],
  ['arrows and focus reports are no text', ['\x1b[A\x1bOB\x1b[1;5C\x1b[Ix'], ['text "x"']],
  ['a sequence in pieces', ['\x1b', '[', '1;', '5Cx'], ['text "x"']],
  [
    'answers of the terminal are no text',
    ['\x1b[12;3R\x1bP>|xterm\x1b\\\x1b]11;rgb:0/0/0\x07\x1b[?1;2cx'],
    ['text "x"'],
  ],
  ['other control characters are dropped', ['a\x00\x01b'], ['text "a"', 'text "b"']],
])('%s', (_name, chunks, expected) => {
  expect(read(...chunks)).toEqual(expected);
});

test('every way of cutting the input gives the same keys', () => {
  const input = 'ab\x1b[200~x\ny\x1b[201~\r\x1b[A\x03';
  const textOf = (keys: readonly string[]) => keys.join('|').replaceAll('"|text "', '');
  const whole = textOf(read(input));
  for (let cut = 1; cut < input.length; cut += 1)
    expect(textOf(read(input.slice(0, cut), input.slice(cut))), `cut at ${cut}`).toBe(whole);
});

test('a paste that never ends is cut, not collected for ever', () => {
  const keys = new KeyReader().feed(`\x1b[200~${'x'.repeat(1_100_000)}`);
  expect(keys[0]?.type).toBe('paste');
});
