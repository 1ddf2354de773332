import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { teamFileNews } from '../../../src/cli/team-file/team-file-news.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'belfry-news-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('what differs from the last start is said once, and nothing at the first', () => {
  const [path, last] = [join(folder, 'team.yaml'), join(folder, 'last.yaml')];
  const news = (text: string) => {
    writeFileSync(path, text);
    return teamFileNews(path, last);
  };
  expect(news('gate: npm test\n')).toBeNull();
  expect(news('gate: npm test\n')).toBeNull();
  expect(news('gate: "true"\n')).toBe(
    'team.yaml differs from the last start: - gate: npm test · + gate: "true"',
  );
  expect(news('gate: "true"\n')).toBeNull();
  expect(news(`gate: "true"\n${'# a line\n'.repeat(9)}`)).toMatch(/· and 5 more$/);
});
