import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openJournal } from '../../../src/adapters/journal/file-journal.ts';
import { testJournal } from '../../contract/journal.ts';
import { MemoryJournal } from '../../support/memory-journal.ts';

testJournal('file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'belfry-'));
  return {
    open: () => openJournal(join(folder, 'journal.jsonl'), { epoch: 1 }),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
});

testJournal('memory', () => {
  let last = new MemoryJournal();
  return {
    open: async () => {
      last = new MemoryJournal(last.events);
      return last;
    },
    remove: () => {},
  };
});
