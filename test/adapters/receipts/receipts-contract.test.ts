import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openJournalFile } from '../../../src/adapters/journal/journal-file.ts';
import { openReceipts } from '../../../src/adapters/receipts/open-receipts.ts';
import { describeReceipts } from '../../contract/receipts.ts';
import { type MemoryLine, MemoryReceipts } from '../../support/memory-receipts.ts';

describeReceipts('files', () => {
  const folder = mkdtempSync(join(tmpdir(), 'belfry-'));
  let breaks = 0;
  const openFile: typeof openJournalFile = async path => {
    const file = await openJournalFile(path);
    return {
      ...file,
      async write(bytes, position) {
        if (breaks-- > 0) throw new Error('ENOSPC: no space left on device');
        return file.write(bytes.subarray(0, Math.ceil(bytes.length / 2)), position);
      },
    };
  };
  return {
    open: async facts =>
      (await openReceipts({ folder, gateLogs: folder, facts, openFile })).receipts,
    breakOnce: () => {
      breaks = 1;
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
});

describeReceipts('receipts in memory', () => {
  const lines: MemoryLine[] = [];
  let last = new MemoryReceipts();
  return {
    async open(facts) {
      last = new MemoryReceipts(facts, lines);
      return last;
    },
    breakOnce: () => {
      last.breaks = 1;
    },
    remove: () => {},
  };
});
