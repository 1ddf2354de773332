import { textWidth } from '../../lib/text-width.ts';

/** Signs of the page and their stand-ins, column for column. */
const standIns: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Array.from('│┃║', sign => [sign, '|'])),
  ...Object.fromEntries(Array.from('─━═−–', sign => [sign, '-'])),
  ...Object.fromEntries(Array.from('╭╮╰╯┏┓┗┛╔╗╚╝├└', sign => [sign, '+'])),
  ...{ '▸': '>', '›': '>', '●': '*', '○': 'o', '◌': '.', '◇': 'o', '■': '#', '‖': '=', '▲': '^' },
  ...{ '✓': '+', '×': 'x', '✕': 'x', '⊘': '/', '↻': '~', '◷': '~', '▰': '#', '▱': '.', '⋯': '~' },
  ...{
    '⇄': '%',
    '▁': '_',
    '▂': '.',
    '▃': ':',
    '▄': '-',
    '▅': '=',
    '▆': '+',
    '▇': '*',
    '█': '#',
    '…': '~',
    '·': '-',
    '↑': '^',
    '↓': 'v',
    '←': '<',
    '→': '>',
    '≥': '>',
    '≈': '~',
    '“': '"',
    '”': '"',
  },
  ...Object.fromEntries(Array.from('✗✖✘', sign => [sign, 'x'])),
  ...{ '⚠': '!', '÷': '/', '‹': '<', '❯': '>', '✔': 'v', ℹ: 'i' },
  ...{ '’': "'", '‘': "'" },
  // What agent CLIs begin their lines with, and turn while they work.
  ...Object.fromEntries(Array.from('⏺✳✻✽✶✢⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏', sign => [sign, '*'])),
  ...{ '⎿': '`', '⏵': '>', '•': '*', '☐': '.', '☒': 'x' },
};

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** The text in ASCII alone and of the same width: signs by their stand-ins, other letters as `?`. */
export function asciiText(text: string): string {
  if (!/[^ -~]/.test(text)) return text;
  return Array.from(graphemes.segment(text), ({ segment }) =>
    /^[ -~]$/.test(segment) ? segment : (standIns[segment] ?? '?'.repeat(textWidth(segment))),
  ).join('');
}
