// The person's own settings: kept by the page, mended by hand, and never a reason not to start.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { settingsPath } from '../../src/adapters/config/settings.ts';
import { quit } from '../support/demo-journey.ts';
import { JourneyStage, patience } from '../support/journey-stage.ts';
import { smallTeam } from '../support/small-repository.ts';

let stage: JourneyStage;
let folder = '';
let file = '';
beforeEach(async () => {
  stage = new JourneyStage();
  folder = await smallTeam(stage);
  file = settingsPath(stage.env);
});
afterEach(() => stage.close());

const write = (text: string): void => {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
};

test('a theme that is chosen on the page is there at the next start', async () => {
  const first = stage.open([], { cwd: folder, size: [100, 30] });
  await first.waitFor('eng-1', patience);
  first.press('T');
  await first.waitFor('theme: mono', patience);
  first.press('T');
  await first.waitFor('theme: dusk', patience);
  await quit(first);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ theme: 'dusk' });
  const second = stage.open([], { cwd: folder, size: [100, 30] });
  await second.waitFor('eng-1', patience);
  expect(second.rawOutput()).toContain('38;2;125;207;255');
  await quit(second);
});

test('a file that is no JSON is one sentence, is kept, and the page works', async () => {
  write('{oops');
  const page = stage.open([], { cwd: folder, size: [200, 30] });
  await page.waitFor(/settings\.json was no valid JSON/, patience);
  await quit(page);
  const kept = readdirSync(dirname(file)).find(name => name.includes('broken'));
  expect(readFileSync(join(dirname(file), kept ?? ''), 'utf8')).toBe('{oops');
});

test('keys that clash are refused with both names, and the other keys hold', async () => {
  write('{"keys": {"agent.pause": "q", "page.help": "F"}}');
  const page = stage.open([], { cwd: folder, size: [140, 30] });
  await page.waitFor(/q cannot mean agent\.pause: it means page\.quit/, patience);
  page.press('F');
  await page.waitFor('Keys here', patience);
  page.press('\u001b');
  await page.waitFor(screen => !screen.includes('Keys here'), patience);
  await quit(page);
});
