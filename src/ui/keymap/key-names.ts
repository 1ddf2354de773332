import type { Key } from 'ink';

/**
 * Names of the keys in one piece of input, as the keymap spells them: `a`, `R`, `ctrl+s`, `enter`,
 * `shift+tab`, `up`. Keys typed faster than they are read arrive together, so there may be several.
 */
export function keyNames(input: string, key: Key): string[] {
  const special = specialKey(key);
  if (special) return [special];
  if (key.ctrl && input.length === 1) return [`ctrl+${input}`];
  if (key.meta) return [];
  return Array.from(input, characterName);
}

function specialKey(key: Key): string | null {
  if (key.escape) return 'esc';
  if (key.return) return 'enter';
  if (key.tab) return key.shift ? 'shift+tab' : 'tab';
  if (key.upArrow) return 'up';
  if (key.downArrow) return 'down';
  if (key.leftArrow) return 'left';
  if (key.rightArrow) return 'right';
  if (key.pageUp) return 'pageup';
  if (key.pageDown) return 'pagedown';
  if (key.home) return 'home';
  if (key.end) return 'end';
  if (key.backspace) return 'backspace';
  return key.delete ? 'delete' : null;
}

function characterName(character: string): string {
  if (character === '\r') return 'enter';
  if (character === '\t') return 'tab';
  if (character === '\u007f') return 'backspace';
  const code = character.codePointAt(0) ?? 0;
  return code < 0x20 ? `ctrl+${String.fromCharCode(code + 0x60)}` : character;
}

/** Whether the name stands for a character that a text field takes. */
export const isCharacter = (name: string): boolean => Array.from(name).length === 1;
