import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { readReceipts } from '../../../src/adapters/receipts/read-receipts.ts';

const folder = fileURLToPath(new URL('../../fixtures/receipts/1', import.meta.url));

test('receipts of format 1 are proved by every later version', async () => {
  const { flaws, receipts, keys, root, firstFact, lineCount } = await readReceipts(folder);
  expect(flaws).toEqual([]);
  expect(
    receipts.map(({ line, kind, fact, isAfterwards, gate }) => {
      const result = gate === null ? '' : ` ${gate.subject} ${gate.result}`;
      return `${line} ${kind} ${fact}${result}${isAfterwards ? ' afterwards' : ''}`;
    }),
  ).toEqual([
    '2 gate 4 candidate red',
    '3 attempt 5',
    '5 gate 7 candidate green afterwards',
    '6 attempt 9 afterwards',
    '7 landing 9 afterwards',
  ]);
  expect([lineCount, keys.size, firstFact]).toEqual([7, 2, 3]);
  expect(root).toBe('SHA256:VoZE6v7OtASXRTlto9jmp22FhYylEEO188+rOGGms3I');
});
