import { cleanText } from '../../lib/clean-text.ts';

const charsMax = 500;

/**
 * What a program asks its terminal to tell the person, by OSC 9 (`9;text`) or OSC 777 (`777;notify;title;body`);
 * null for their other uses, such as progress bars (`9;4;…`).
 */
export function notificationText(command: 9 | 777, content: string): string | null {
  if (command === 9)
    return /^\d+(;|$)/.test(content) ? null : cleanText(content.slice(0, charsMax)).trim();
  const [, title = '', body = ''] = /^notify;([^;]*);?(.*)$/s.exec(content) ?? [];
  const text = [title, body].filter(part => part !== '').join(': ');
  return text === '' ? null : cleanText(text.slice(0, charsMax)).trim();
}
