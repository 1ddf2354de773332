import { expect, test } from 'vitest';
import { isWaitsOnly } from '../../../../src/adapters/git/risks/changes-waits-only.ts';

const patch = (added: readonly string[], removed: readonly string[] = []) => [
  { path: 'src/queue.ts', isDeleted: false, added, removed },
];
const rows: readonly (readonly [string, readonly string[], readonly string[], boolean])[] = [
  ['a sleep before the check', ['  await sleep(500);'], [], true],
  ['a longer timeout', ['  timeout: 60_000,'], ['  timeout: 5_000,'], true],
  [
    'a test that is skipped',
    ["it.skip('keeps order', () => {"],
    ["it('keeps order', () => {"],
    true,
  ],
  ['more tries', ['for (let retry = 0; retry < 9; retry += 1)'], [], true],
  ['python and Java', ['time.sleep(2)', 'Thread.sleep(100);'], [], true],
  ['a sleep beside real work', ['  await sleep(500);', '  this.items.push(item);'], [], false],
  ['real work', ['  lock.acquire();'], ['  lock.release();'], false],
  ['blank lines and brackets', ['', '}'], [], false],
  ['nothing', [], [], false],
];
test.each(rows)('%s', (_name, added, removed, expected) => {
  expect(isWaitsOnly(patch(added, removed))).toBe(expected);
});
