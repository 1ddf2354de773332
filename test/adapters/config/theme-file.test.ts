import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readSettingsFile } from '../../../src/adapters/config/settings-file.ts';
import { readThemeFile } from '../../../src/adapters/config/theme-file.ts';
import { loadPageSettings } from '../../../src/cli/page/page-settings.ts';
import { themeOf } from '../../../src/ui/settings.ts';
import { paintLine } from '../../../src/ui/theme/theme.ts';

let root: string;
let folder: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'belfry-theme-'));
  folder = join(root, 'belfry');
  mkdirSync(folder);
});
afterEach(() => rmSync(root, { recursive: true }));

const write = (text: string | Buffer) => writeFileSync(join(folder, 'theme.json'), text);

test('colours of one’s own, each left out staying the terminal’s', async () => {
  write('{ "accent": "#7DCFFF", "bad": "#010203" }');
  writeFileSync(join(folder, 'settings.json'), '{ "theme": "own" }');
  const { settings, greeting } = await loadPageSettings({ XDG_CONFIG_HOME: root });
  expect(greeting).toBe('');
  expect(settings.colors).toEqual({ accent: 0x7dcfff, bad: 0x010203 });
  const paint = (tone: 'accent' | 'bad' | 'good') =>
    paintLine([{ text: 'x', tone }], themeOf(settings));
  expect(paint('accent')).toBe('\u001b[38;2;125;207;255mx\u001b[0m');
  expect(paint('bad')).toBe('\u001b[38;2;1;2;3mx\u001b[0m');
  expect(paint('good')).toBe('\u001b[32mx\u001b[0m');
});

test.each([
  ['{ "accent": "blue" }', '“accent” must be a colour like "#9ece6a".'],
  ['{ "accent": 7 }', '“accent” must be a colour like "#9ece6a".'],
  ['{ "acent": "#000000" }', 'there is no colour “acent”; there are accent'],
  ['{ "acent": "#000000" }', 'Did you mean “accent”?'],
  ['["#000000"]', 'it must be an object of colours.'],
  ['{ "accent": "#ffffff",\n "bad" "#000000" }', 'it is no valid JSON, from line 2 column 8 on.'],
  [Buffer.from([0, 255, 27, 93, 48]), 'it is not UTF-8 text: save it as UTF-8.'],
  ['\u0000\u001b]0', 'it is no valid JSON'],
  [Buffer.alloc(70_000, ' '), 'it has more than the 64 kB that are read of such a file'],
])('%s is told of, and the terminal’s own colours are used', (text, reason) => {
  write(text);
  const { colors, notice } = readThemeFile(folder);
  expect(colors).toEqual({});
  expect(notice).toContain(`${join(folder, 'theme.json')}: `);
  expect(notice).toContain(reason);
  expect(notice).toContain('The terminal’s own colours are used.');
  expect(notice).not.toMatch(/[\u0000-\u001f]/);
});

test('a theme that is not there, and one that is a folder, are told of', async () => {
  expect(readThemeFile(folder).notice).toContain('ENOENT');
  mkdirSync(join(folder, 'theme.json'));
  expect(readThemeFile(folder).notice).toContain(
    'it is a folder: put the file itself in its place.',
  );
  writeFileSync(join(folder, 'settings.json'), '{ "theme": "own" }');
  const { greeting, settings } = await loadPageSettings({ XDG_CONFIG_HOME: root });
  expect(greeting).toContain('theme.json');
  expect(settings.theme).toBe('own');
});

test.each([
  ['{ "theme": "neon" }', 'theme must be color, mono, dusk, paper or own.'],
  ['{ "them": "mono" }', 'there is no setting “them”. Did you mean “theme”?'],
  ['{ broken', 'was no valid JSON. It is kept as '],
])('broken settings %s are told of, and the defaults are used', (text, reason) => {
  writeFileSync(join(folder, 'settings.json'), text);
  const { settings, notice } = readSettingsFile(folder);
  expect(settings.theme).toBe('color');
  expect(notice).toContain(reason);
});
