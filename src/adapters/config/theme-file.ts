import { join } from 'node:path';
import * as z from 'zod';
import { cleanText } from '../../lib/clean-text.ts';
import { didYouMean } from '../../lib/nearest-word.ts';
import { messageOf } from '../../lib/thrown.ts';
import { readBoundedFile } from '../system/read-bounded-file.ts';

/** Colours of a theme of one's own, as 0xRRGGBB; those left out stay the terminal's. */
export type ThemeColors = {
  readonly [Name in (typeof colorNames)[number]]?: number;
};

const colorNames = ['accent', 'good', 'warn', 'bad', 'literal', 'quiet'] as const;

export type LoadedTheme = {
  readonly colors: ThemeColors;
  /** One sentence for the person when their file could not be used. */
  readonly notice: string | null;
};

/** Six colours need far less; more is another file. */
const themeBytesMax = 64_000;

const color = z
  .string('must be a colour like "#9ece6a"')
  .regex(/^#[0-9a-f]{6}$/i, 'must be a colour like "#9ece6a"')
  .transform(text => Number.parseInt(text.slice(1), 16));

const schema = z.strictObject({
  ...{ accent: color, good: color, warn: color, bad: color, literal: color, quiet: color },
});

/**
 * The colours in `theme.json` of that folder. Never throws: where they cannot be used the terminal's own are,
 * with a sentence that says why. The file stays as it is.
 */
export function readThemeFile(folder: string): LoadedTheme {
  const path = join(folder, 'theme.json');
  try {
    const parsed = schema.partial().safeParse(JSON.parse(readBoundedFile(path, themeBytesMax)));
    if (parsed.success) return { colors: parsed.data as ThemeColors, notice: null };
    return broken(path, whatIsWrong(parsed.error));
  } catch (error) {
    if (error instanceof SyntaxError) return broken(path, noJson(error));
    return broken(path, `${messageOf(error)}.`);
  }
}

const broken = (path: string, why: string): LoadedTheme => ({
  colors: {},
  notice: `${path}: ${cleanText(why)} The terminal’s own colours are used.`,
});

/** The parser's own words quote the file; only the place is taken from them, where they have it. */
function noJson({ message }: SyntaxError): string {
  const place = /\((line \d+ column \d+)\)/.exec(message)?.[1];
  return `it is no valid JSON${place === undefined ? '' : `, from ${place} on`}.`;
}

function whatIsWrong({ issues: [issue] }: z.ZodError): string {
  if (issue?.code === 'unrecognized_keys') {
    const [key = ''] = issue.keys;
    return `there is no colour “${key}”; there are ${colorNames.join(', ')}.${didYouMean(key, colorNames)}`;
  }
  const place = issue?.path.join('.') ?? '';
  return place === '' ? 'it must be an object of colours.' : `“${place}” ${issue?.message}.`;
}
