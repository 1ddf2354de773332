import { noFacts } from '../../src/core/plan/plan-facts.ts';
import type { World } from '../../src/supervisor/world.ts';
import { FakeClock } from './fake-clock.ts';
import { MemoryBoardFiles } from './memory-board-files.ts';
import { MemoryGate } from './memory-gate.ts';
import { MemoryHost } from './memory-host.ts';
import { MemoryJournal } from './memory-journal.ts';
import { MemoryMailbox } from './memory-mailbox.ts';
import { MemoryReceipts } from './memory-receipts.ts';
import { MemoryRepository } from './memory-repository.ts';
import { createMemoryTerminals } from './memory-terminals.ts';
import { MemoryTrunk } from './memory-trunk.ts';
import { MemoryWorktrees } from './memory-worktrees.ts';

/** Everything outside of a team, in memory. Its programs print nothing, and nothing is known of its history. */
export function memoryWorld() {
  const repository = new MemoryRepository({ 'a.txt': 'a\n' });
  return {
    clock: new FakeClock(),
    journal: new MemoryJournal(),
    terminals: createMemoryTerminals(() => {}),
    tailLines: () => () => {},
    watchText: () => () => {},
    notes: { keep: () => {}, close: () => {} },
    worktrees: new MemoryWorktrees(repository),
    trunk: new MemoryTrunk(repository),
    gate: new MemoryGate(repository),
    boardFiles: new MemoryBoardFiles(),
    facts: { read: async () => noFacts },
    radar: { look: async () => [], changesFor: async () => [] },
    mailbox: new MemoryMailbox(),
    receipts: new MemoryReceipts(),
    host: new MemoryHost(),
    log: { write: () => {} },
  } satisfies World;
}
