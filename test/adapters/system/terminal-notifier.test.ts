import { expect, test } from 'vitest';
import { TerminalNotifier } from '../../../src/adapters/system/terminal-notifier.ts';

function written(
  env: Record<string, string>,
  act: (notifier: TerminalNotifier) => void,
): readonly string[] {
  const sequences: string[] = [];
  act(new TerminalNotifier(sequence => sequences.push(sequence), env));
  return sequences;
}

const notified = (env: Record<string, string>, text = 'T-7; red') =>
  written(env, notifier => notifier.notify(text)).join('');

test.each([
  ['an unknown terminal', { TERM: 'xterm-256color' }, '\x07'],
  ['kitty', { TERM: 'xterm-kitty' }, '\x07\x1b]99;i=belfry-1:o=unfocused;Belfry: T-7; red\x1b\\'],
  ['iTerm2', { TERM_PROGRAM: 'iTerm.app' }, '\x07\x1b]9;T-7; red\x1b\\'],
  ['WezTerm', { TERM_PROGRAM: 'WezTerm' }, '\x07\x1b]9;T-7; red\x1b\\'],
  ['Ghostty', { TERM: 'xterm-ghostty' }, '\x07\x1b]9;T-7; red\x1b\\'],
  ['foot', { TERM: 'foot' }, '\x07\x1b]777;notify;Belfry;T-7, red\x1b\\'],
  [
    'tmux in WezTerm',
    { TERM_PROGRAM: 'WezTerm', TMUX: 'socket,1,0' },
    '\x07\x1bPtmux;\x1b\x1b]9;T-7; red\x1b\x1b\\\x1b\\',
  ],
  [
    'tmux in a terminal that it hides',
    { TERM: 'tmux-256color', TERM_PROGRAM: 'tmux', TMUX: 'socket,1,0' },
    '\x07\x1bPtmux;\x1b\x1b]9;T-7; red\x1b\x1b\\\x1b\\',
  ],
  ['what once was tmux', { TERM: 'xterm-256color', TMUX: '' }, '\x07'],
])('%s is notified in its own way', (_, env, expected) => {
  expect(notified(env as Record<string, string>)).toBe(expected);
});

test('text from outside cannot end the sequence or begin another', () => {
  const hostile = 'a\x1b\\\x1b]52;c;ZXZpbA==\x07b\x07\u009c\u202e\nc';
  for (const env of [{ TERM_PROGRAM: 'WezTerm' }, { TERM: 'foot' }, { TERM: 'xterm-kitty' }]) {
    const inner = notified(env, hostile).slice(3, -2);
    expect(inner).not.toMatch(/[\x00-\x1f\x7f-\x9f\u202e]|52;c/);
  }
});

test('the title is set once for each text, and cleaned', () => {
  const sequences = written({}, notifier => {
    notifier.setTitle('belfry: 2 need you');
    notifier.setTitle('belfry: 2 need you');
    notifier.setTitle('calm\x07 again');
  });
  expect(sequences).toEqual(['\x1b]0;belfry: 2 need you\x1b\\', '\x1b]0;calm again\x1b\\']);
});

test('long text is cut, empty text says nothing', () => {
  expect(notified({ TERM_PROGRAM: 'WezTerm' }, 'x'.repeat(5_000)).length).toBeLessThan(220);
  expect(notified({ TERM_PROGRAM: 'WezTerm' }, ' \x1b[31m ')).toBe('');
});
