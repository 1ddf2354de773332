import { expect, test } from 'vitest';
import type { Event } from '../../src/core/event.ts';
import { recordBytesMax } from '../../src/core/limits.ts';
import {
  type Journal,
  JournalDeadError,
  RecordTooLargeError,
} from '../../src/ports/records/journal.ts';

export const fact = (at: number): Event => ({ at, type: 'team.paused' });

/** Of one memory that outlives the journals opened on it. */
export type JournalMemory = { open(): Promise<Journal>; remove(): void };

export function testJournal(name: string, createMemory: () => JournalMemory): void {
  const contract = (what: string, run: (memory: JournalMemory) => Promise<void>) =>
    test(`${name}: ${what}`, async () => {
      const memory = createMemory();
      try {
        await run(memory);
      } finally {
        memory.remove();
      }
    });

  contract('a new one is empty', async memory => {
    const journal = await memory.open();
    expect(journal.recovered).toEqual([]);
    expect(journal.notice).toBeNull();
    await journal.close();
  });

  contract('facts come back in order, text of every kind included', async memory => {
    const first = await memory.open();
    const spoken: Event = {
      at: 1,
      type: 'message.failed',
      id: 'M-1',
      why: 'line\nbreak {"seq":1} ✓ \u0000',
    };
    await first.append([spoken]);
    await first.append([fact(2), fact(3)]);
    await first.close();
    const second = await memory.open();
    expect(second.recovered).toEqual([spoken, fact(2), fact(3)]);
    await second.append([fact(4)]);
    await second.close();
    const third = await memory.open();
    expect(third.recovered.map(({ at }) => at)).toEqual([1, 2, 3, 4]);
    third.forgetRecovered();
    expect(third.recovered).toEqual([]);
    await third.close();
  });

  contract('what is appended at once is kept in the order of the calls', async memory => {
    const journal = await memory.open();
    const instants = Array.from({ length: 50 }, (_, n) => n);
    await Promise.all(instants.map(at => journal.append([fact(at)])));
    await journal.close();
    const again = await memory.open();
    expect(again.recovered.map(({ at }) => at)).toEqual(instants);
    await again.close();
  });

  contract('nothing appended is nothing recorded', async memory => {
    const journal = await memory.open();
    await journal.append([]);
    await journal.close();
    const again = await memory.open();
    expect(again.recovered).toEqual([]);
    await again.close();
  });

  contract('a fact that changes after it was appended does not change the record', async memory => {
    const journal = await memory.open();
    const mutable = { at: 1, type: 'team.paused' as const };
    const appended = journal.append([mutable]);
    mutable.at = 99;
    await appended;
    await journal.close();
    const again = await memory.open();
    expect(again.recovered).toEqual([fact(1)]);
    await again.close();
  });

  contract(
    'a fact that is too large is refused with all beside it, and the journal lives',
    async memory => {
      const journal = await memory.open();
      const large: Event = {
        at: 1,
        type: 'message.failed',
        id: 'M-1',
        why: 'é'.repeat(recordBytesMax / 2),
      };
      await expect(journal.append([fact(0), large])).rejects.toThrow(RecordTooLargeError);
      await journal.append([fact(2)]);
      await journal.close();
      const again = await memory.open();
      expect(again.recovered).toEqual([fact(2)]);
      await again.close();
    },
  );

  contract('a closed one refuses, and may be closed twice', async memory => {
    const journal = await memory.open();
    await journal.close();
    await journal.close();
    await expect(journal.append([fact(1)])).rejects.toThrow(JournalDeadError);
  });
}
