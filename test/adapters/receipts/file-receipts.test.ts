import {
  appendFileSync,
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { followReceipts } from '../../../src/adapters/receipts/follow-receipts.ts';
import { openReceipts } from '../../../src/adapters/receipts/open-receipts.ts';
import { receiptPaths } from '../../../src/adapters/receipts/receipt-paths.ts';
import { gateReceipt, landingReceipt } from '../../contract/receipts.ts';

let root = '';
let folder = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'belfry-'));
  folder = join(root, 'receipts');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const open = async (facts = 0) => {
  const { receipts, signer } = await openReceipts({ folder, gateLogs: root, facts });
  return { receipts, signer };
};
const paths = () => receiptPaths(folder);
const lines = () => readFileSync(paths().file, 'utf8').split('\n').slice(0, -1);

test('the key that certifies is made once, for this user only; that of a run is nowhere', async () => {
  const first = await open();
  await first.receipts.close();
  const pem = readFileSync(paths().rootKey, 'utf8');
  const second = await open();
  await second.receipts.close();
  expect(readFileSync(paths().rootKey, 'utf8')).toBe(pem);
  expect(second.signer?.root).toBe(first.signer?.root);
  expect(second.signer?.sign('x')).not.toBe(first.signer?.sign('x'));
  for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o077).toBe(0);
  const holders = readdirSync(folder).filter(name =>
    readFileSync(join(folder, name), 'utf8').includes('PRIVATE KEY'),
  );
  expect(holders).toEqual(['root.key']);
});

test('wherever a crash cuts the last line, it is set aside and written again', async () => {
  const first = await open();
  await first.receipts.append([gateReceipt(1)], false);
  const whole = statSync(paths().file).size;
  await first.receipts.append([landingReceipt(2)], false);
  await first.receipts.close();
  const bytes = readFileSync(paths().file);
  for (const cut of [whole + 1, whole + 200, bytes.length - 1]) {
    writeFileSync(paths().file, bytes);
    truncateSync(paths().file, cut);
    const { receipts } = await open(2);
    expect(receipts.coveredTo).toBe(1);
    expect(receipts.notice).toContain(`The last ${cut - whole} bytes of the receipts`);
    expect(lines()).toHaveLength(3);
    await receipts.close();
  }
  const aside = readdirSync(folder).filter(name => name.startsWith('receipts.torn-'));
  expect(aside).toHaveLength(3);
});

test('of a long file only the end is read', async () => {
  const first = await open();
  await first.receipts.append([gateReceipt(1)], false);
  await first.receipts.close();
  const [, receipt = ''] = lines();
  appendFileSync(paths().file, `${receipt}\n`.repeat(100_000));
  const size = statSync(paths().file).size;
  expect(size).toBeGreaterThan(50_000_000);
  const before = process.cpuUsage();
  const { receipts } = await open(5);
  const { user, system } = process.cpuUsage(before);
  expect(receipts.recent.length).toBeLessThan(1_000);
  // Reading and parsing all of it would take a second and more.
  expect((user + system) / 1_000).toBeLessThan(300);
  await receipts.close();
});

test('an edited last line does not keep the next from being chained to it', async () => {
  const first = await open();
  await first.receipts.append([gateReceipt(1)], false);
  await first.receipts.append([gateReceipt(2)], false);
  await first.receipts.close();
  const text = readFileSync(paths().file, 'utf8');
  writeFileSync(paths().file, `${text.slice(0, -20)}x${text.slice(-19)}`);
  const { receipts } = await open(2);
  expect(receipts.notice).toBeNull();
  expect(lines()).toHaveLength(4);
  await receipts.close();
});

const obstacles: readonly (readonly [string, () => void, RegExp])[] = [
  [
    'the root key is something else',
    () => writeFileSync(paths().rootKey, 'x'),
    /root\.key is no Ed/,
  ],
  ['a folder stands for the file', () => mkdirSync(paths().file), /EISDIR/],
  [
    'the file ends in no lines',
    () => writeFileSync(paths().file, 'x'.repeat(300_000)),
    /no receipt/,
  ],
];

test.each(obstacles)('%s: the run goes on, says why, and signs nothing', async (_, place, why) => {
  mkdirSync(folder);
  place();
  const { receipts, signer } = await open(3);
  expect(signer).toBeNull();
  expect(receipts.refusal).toMatch(/^none is written in this run, and landings are not signed: /);
  expect(receipts.refusal).toMatch(why);
  expect(receipts.coveredTo).toBe(3);
  expect(await receipts.append([gateReceipt(4)], false)).toEqual([]);
  await receipts.close();
});

test('a root key that is gone is said, and what is there is kept', async () => {
  const first = await open();
  await first.receipts.append([gateReceipt(1)], false);
  await first.receipts.close();
  rmSync(paths().rootKey);
  const second = await open(1);
  expect(second.receipts.notice).toMatch(/The root key of earlier receipts, .*, is gone/);
  expect(lines()).toHaveLength(3);
  await second.receipts.close();
});

test('a folder that was readable for others is so no more', async () => {
  mkdirSync(folder);
  chmodSync(folder, 0o755);
  await (await open()).receipts.close();
  expect(lstatSync(folder).mode & 0o777).toBe(0o700);
});

test('whoever looks on sees the newest receipts, also of a file that comes later', async () => {
  mkdirSync(folder);
  let seen: readonly string[] = [];
  const stop = followReceipts(paths().file)(recent => {
    seen = recent.map(({ kind }) => kind);
  });
  try {
    const { receipts } = await open();
    await receipts.append([gateReceipt(1), landingReceipt(2)], false);
    await expect.poll(() => seen, { timeout: 20_000 }).toEqual(['gate', 'landing']);
    await receipts.close();
  } finally {
    stop();
  }
});
