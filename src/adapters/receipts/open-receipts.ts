import { generateKeyPairSync } from 'node:crypto';
import { chmod, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { messageOf } from '../../lib/thrown.ts';
import type { Receipts } from '../../ports/records/receipts.ts';
import { type JournalFile, openJournalFile, writeNewFile } from '../journal/journal-file.ts';
import { allowSigner } from './allowed-signers.ts';
import { FileReceipts } from './file-receipts.ts';
import { receiptPaths } from './receipt-paths.ts';
import { readTail, type Tail } from './receipts-tail.ts';
import { openRootKey, publishRootKey } from './root-key.ts';
import { fingerprintOf, sshSignature } from './ssh-format.ts';

export type OpenedReceipts = {
  readonly receipts: Receipts;
  /** How commits are signed in this run; null when they cannot be. */
  readonly signer: CommitSigner | null;
};

export type CommitSigner = {
  /** Fingerprint of the key that certifies the run's key. */
  readonly root: string;
  /** An armoured SSH signature of a commit's text. The same text gives the same within a run. */
  sign(commit: string): string;
};

type Given = {
  /** Where everything of receipts is kept. */
  readonly folder: string;
  readonly gateLogs: string;
  /** How many facts the journal holds. */
  readonly facts: number;
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
  readonly openFile?: typeof openJournalFile;
};

/**
 * Makes the key of this run, which is never written anywhere, and certifies it by the repository's root key.
 * Never rejects: a run whose receipts cannot be written goes on, says so, and leaves them to a later start.
 */
export async function openReceipts(given: Given): Promise<OpenedReceipts> {
  try {
    return await open(given);
  } catch (error) {
    const why = messageOf(error);
    const refusal = `none is written in this run, and landings are not signed: ${why}`;
    return { receipts: withoutReceipts(given.facts, refusal), signer: null };
  }
}

async function open(given: Given): Promise<OpenedReceipts> {
  const { folder, gateLogs, facts, now = Date.now, openFile = openJournalFile } = given;
  const paths = receiptPaths(folder);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await chmod(folder, 0o700);
  const tail = await readTail(paths.file);
  const { key: root, isNew } = await openRootKey(paths.rootKey);
  const file = await openFile(paths.file);
  try {
    const notices: string[] = [];
    if (isNew && tail.goodBytes > 0)
      notices.push(
        `The root key of earlier receipts, ${paths.rootKey}, is gone; a new one is made.`,
      );
    if (tail.torn.length > 0) notices.push(await cutTail(paths.file, tail, file));
    const notice = notices.length === 0 ? null : notices.join(' ');
    const { privateKey } = generateKeyPairSync('ed25519');
    const receipts = new FileReceipts({ file, tail, privateKey, gateLogs, facts, now, notice });
    await receipts.certify(root);
    await publishRootKey(paths.rootPublic, root);
    await allowSigner(paths.allowedSigners, privateKey);
    const sign = (commit: string) => sshSignature(privateKey, 'git', Buffer.from(commit));
    return { receipts, signer: { root: fingerprintOf(root), sign } };
  } catch (error) {
    await file.close();
    throw error;
  }
}

async function cutTail(path: string, tail: Tail, file: JournalFile): Promise<string> {
  const time = new Date().toISOString().replace(/[-:]/g, '');
  const aside = join(dirname(path), `receipts.torn-${time}`);
  await writeNewFile(aside, tail.torn);
  await file.truncate(tail.goodBytes);
  await file.sync();
  return (
    `The last ${tail.torn.length} bytes of the receipts were cut short by a crash; they are kept in ` +
    `${aside}, and the receipt is written again.`
  );
}

const withoutReceipts = (facts: number, refusal: string): Receipts => ({
  ...{ coveredTo: facts, recent: [], notice: null, refusal },
  append: async () => [],
  noteRemoved: async () => {},
  close: async () => {},
});
