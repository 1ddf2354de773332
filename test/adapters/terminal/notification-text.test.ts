import { expect, test } from 'vitest';
import { notificationText } from '../../../src/adapters/terminal/notification-text.ts';
import { XtermScreen } from '../../../src/adapters/terminal/xterm-screen.ts';

test.each([
  [9, 'Approval requested: touch a', 'Approval requested: touch a'],
  [9, '4;3;', null],
  [9, '4', null],
  [777, 'notify;Gemini CLI;Run finished; all well', 'Gemini CLI: Run finished; all well'],
  [777, 'notify;;', null],
  [777, 'other;x', null],
  [9, 'a\u202Eb\x07c', 'a�b�c'],
] as const)('%d %s', (command, content, expected) => {
  const text = notificationText(command, content);
  if (expected?.includes('�')) expect(text).not.toMatch(/[\u202E\x07]/);
  else expect(text).toBe(expected);
});

test('the newest one stays, and is never drawn', () => {
  const screen = new XtermScreen(40, 4, { onChange: () => {}, onReply: () => {} });
  screen.parse(Buffer.from('one\x1b]9;first\x07\x1b]777;notify;A;second\x07\x1b]9;4;1;50\x07two'));
  expect(screen.notification).toBe('A: second');
  expect(screen.lines()[0]).toBe('onetwo');
});
