import type { KeyObject } from 'node:crypto';
import { join } from 'node:path';
import type { TaskId } from '../../core/ids.ts';
import type { Receipt } from '../../core/receipt/receipt.ts';
import type { Receipts, WrittenReceipt } from '../../ports/records/receipts.ts';
import type { JournalFile } from '../journal/journal-file.ts';
import { sealEnvelope } from './envelope.ts';
import { hashFile } from './log-hash.ts';
import type { Tail } from './receipts-tail.ts';
import { publicLine } from './ssh-format.ts';
import { predicateOf, type ReceiptPredicate, sha256Of, statementOf } from './statement.ts';

type Given = {
  readonly file: JournalFile;
  readonly tail: Tail;
  /** Of this run. */
  readonly privateKey: KeyObject;
  readonly gateLogs: string;
  /** How many facts the journal holds. */
  readonly facts: number;
  readonly now: () => number;
  readonly notice: string | null;
};

/** In one line of a note: they fit into a line that is read again. */
const removedLogsMax = 500;

/** Seals each receipt to the one before, and writes them where the last durable one ends. */
export class FileReceipts implements Receipts {
  readonly coveredTo: number;
  readonly recent: readonly WrittenReceipt[];
  readonly notice: string | null;
  readonly refusal = null;
  readonly #given: Given;
  readonly #isNewJournal: boolean;
  #goodBytes: number;
  #previous: string;
  #fact: number;
  /** One after the other: each names the line before it. */
  #writing: Promise<unknown> = Promise.resolve();

  constructor(given: Given) {
    const { tail, facts } = given;
    this.#given = given;
    this.#goodBytes = tail.goodBytes;
    this.#previous = tail.previous;
    this.notice = given.notice;
    const last = tail.newest.at(-1)?.said.fact ?? facts;
    this.#isNewJournal = last > facts;
    this.coveredTo = this.#isNewJournal ? 0 : last;
    this.#fact = this.coveredTo;
    this.recent = receiptsIn(tail);
  }

  /** The run's key, signed by the root key: the first line of every run. */
  async certify(root: KeyObject): Promise<void> {
    const statement = statementOf({
      ...{ kind: 'key', fact: this.coveredTo, previous: this.#previous },
      writtenAt: new Date(this.#given.now()).toISOString(),
      ...{ key: publicLine(this.#given.privateKey), newJournal: this.#isNewJournal },
    });
    const line = sealEnvelope(root, statement);
    await this.#write(`${line}\n`);
    this.#previous = sha256Of(line);
  }

  append(receipts: readonly Receipt[], isAfterwards: boolean): Promise<readonly WrittenReceipt[]> {
    return this.#inTurn(() => this.#append(receipts, isAfterwards));
  }

  noteRemoved(logs: readonly string[]): Promise<void> {
    return this.#inTurn(async () => {
      for (let at = 0; at < logs.length; at += removedLogsMax) {
        const chained = { fact: this.#fact, previous: this.#previous };
        const writtenAt = new Date(this.#given.now()).toISOString();
        const named = logs.slice(at, at + removedLogsMax);
        const said = { kind: 'removal', ...chained, writtenAt, logs: named } as const;
        const line = sealEnvelope(this.#given.privateKey, statementOf(said));
        await this.#write(`${line}\n`);
        this.#previous = sha256Of(line);
      }
    });
  }

  #inTurn<Value>(write: () => Promise<Value>): Promise<Value> {
    const writing = this.#writing.then(write);
    this.#writing = writing.catch(() => {});
    return writing;
  }

  async #append(
    receipts: readonly Receipt[],
    isAfterwards: boolean,
  ): Promise<readonly WrittenReceipt[]> {
    let previous = this.#previous;
    let text = '';
    const answer: WrittenReceipt[] = [];
    for (const receipt of receipts) {
      const logHash = receipt.kind === 'gate' ? await this.#hashLog(receipt.log) : null;
      const chained = { previous, writtenAt: this.#given.now() };
      const said = predicateOf(receipt, chained, { isAfterwards, logHash });
      const line = sealEnvelope(this.#given.privateKey, statementOf(said));
      previous = sha256Of(line);
      text += `${line}\n`;
      answer.push(written(said, previous));
    }
    await this.#write(text);
    this.#previous = previous;
    this.#fact = answer.at(-1)?.fact ?? this.#fact;
    return answer;
  }

  close(): Promise<void> {
    return this.#given.file.close();
  }

  /** A log that cannot be read is as good as none. */
  #hashLog(name: string): Promise<string | null> {
    return hashFile(join(this.#given.gateLogs, `${name}.log`)).catch(() => null);
  }

  /** What is written again after a failure goes to the same place, so that nothing of it is there twice. */
  async #write(text: string): Promise<void> {
    const { file } = this.#given;
    const bytes = Buffer.from(text);
    try {
      for (let count = 0; count < bytes.length; ) {
        const taken = await file.write(bytes.subarray(count), this.#goodBytes + count);
        if (taken <= 0) throw new Error('the disk took nothing');
        count += taken;
      }
      await file.sync();
    } catch (error) {
      await file.truncate(this.#goodBytes).catch(() => {
        // The next start finds a torn tail and cuts it off.
      });
      throw error;
    }
    this.#goodBytes += bytes.length;
  }
}

/** Oldest first; certificates and notes of removals are none. */
export const receiptsIn = ({ newest }: Tail): readonly WrittenReceipt[] =>
  newest.flatMap(({ hash, said }) =>
    said.kind === 'key' || said.kind === 'removal' ? [] : [written(said, hash)],
  );

const written = (
  { kind, fact, task, attempt }: ReceiptPredicate,
  hash: string,
): WrittenReceipt => ({ kind, fact, task: task as TaskId, attempt, hash });
