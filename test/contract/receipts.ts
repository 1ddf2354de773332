import { afterEach, describe, expect, it } from 'vitest';
import type { AgentId, Oid, TaskId } from '../../src/core/ids.ts';
import type { Receipt } from '../../src/core/receipt/receipt.ts';
import type { Receipts } from '../../src/ports/records/receipts.ts';

/** Of one file that outlives those who write it. `facts`: how many the journal holds at that moment. */
export type ReceiptMemory = {
  open(facts: number): Promise<Receipts>;
  /** The next append meets a disk that takes nothing. */
  breakOnce(): void;
  remove(): void;
};

const oid = (digit: string) => digit.repeat(40) as Oid;

export const about = (fact: number) =>
  ({
    ...{ fact, at: 1_700_000_000_000 + fact, task: 'T-1' as TaskId, attempt: 1 },
    agent: 'eng-1' as AgentId,
    maker: { cli: 'scripted', session: 'eng-1-1-abc', model: null },
    what: { base: oid('a'), head: oid('b'), commit: oid('c'), tree: oid('d') },
  }) as const;

export const gateReceipt = (fact: number, result: 'green' | 'red' = 'green'): Receipt => ({
  ...{ ...about(fact), kind: 'gate', run: 1, subject: 'candidate', result },
  ...{ durationMs: 1_200, command: 'npm test', log: 'T-1-1-1' },
});

export const landingReceipt = (fact: number): Receipt => ({ ...about(fact), kind: 'landing' });

/** What every implementation of the port `Receipts` has to do. */
export function describeReceipts(name: string, create: () => ReceiptMemory): void {
  describe(`${name} keep the contract of receipts`, () => {
    let memory: ReceiptMemory;
    const made = () => {
      memory = create();
      return memory;
    };
    afterEach(() => memory.remove());

    it('the first ones cover what was before them', async () => {
      const receipts = await made().open(7);
      expect(receipts.coveredTo).toBe(7);
      expect(receipts.recent).toEqual([]);
      expect([receipts.notice, receipts.refusal]).toEqual([null, null]);
      await receipts.close();
    });

    it('each gets a hash of its own, and all are there for the next run', async () => {
      const first = await made().open(0);
      const [gate] = await first.append([gateReceipt(1)], false);
      const [landing] = await first.append([landingReceipt(4)], false);
      await first.close();
      expect(gate).toMatchObject({ kind: 'gate', fact: 1, task: 'T-1', attempt: 1 });
      expect(gate?.hash).toMatch(/^[0-9a-f]{64}$/);
      expect(landing?.hash).not.toBe(gate?.hash);
      const second = await memory.open(9);
      expect(second.coveredTo).toBe(4);
      expect(second.recent).toEqual([gate, landing]);
      await second.close();
    });

    it('the same statement twice has two hashes: the one before is part of it', async () => {
      const receipts = await made().open(0);
      const [one, other] = await receipts.append([gateReceipt(1), gateReceipt(1)], false);
      expect(one?.hash).not.toBe(other?.hash);
      await receipts.close();
    });

    it('what the disk refused may be appended again, and is there once', async () => {
      const first = await made().open(0);
      memory.breakOnce();
      await expect(first.append([gateReceipt(1)], false)).rejects.toThrow();
      await first.append([gateReceipt(1), landingReceipt(2)], false);
      await first.close();
      const second = await memory.open(2);
      expect(second.recent.map(({ fact }) => fact)).toEqual([1, 2]);
      await second.close();
    });

    it('a note of removed logs is no receipt, and covers no fact', async () => {
      const first = await made().open(0);
      const [[gate]] = await Promise.all([
        first.append([gateReceipt(4)], false),
        first.noteRemoved(['T-1-1-1']),
      ]);
      const [landing] = await first.append([landingReceipt(5)], false);
      await first.noteRemoved(['T-1-1-2']);
      await first.close();
      const second = await memory.open(9);
      expect(second.coveredTo).toBe(5);
      expect(second.recent).toEqual([gate, landing]);
      await second.close();
    });

    it('a journal that begins anew is covered from its beginning on', async () => {
      const first = await made().open(0);
      await first.append([gateReceipt(40)], false);
      await first.close();
      const second = await memory.open(3);
      expect(second.coveredTo).toBe(0);
      await second.close();
    });

    it('a closed one takes nothing', async () => {
      const receipts = await made().open(0);
      await receipts.close();
      await expect(receipts.append([gateReceipt(1)], false)).rejects.toThrow();
    });
  });
}
