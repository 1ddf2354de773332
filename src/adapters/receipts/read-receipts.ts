import type { KeyObject } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { Attested, AttestedFile, Flaw } from '../../core/receipt/verify/attested.ts';
import { codeOf, messageOf } from '../../lib/thrown.ts';
import { openEnvelope } from './envelope.ts';
import { receiptPaths } from './receipt-paths.ts';
import { firstPrevious } from './receipts-tail.ts';
import { readPublishedRoot } from './root-key.ts';
import { parsePublicLine, type SignedKey } from './ssh-format.ts';
import { nameOf, type Predicate, parseStatement, sha256Of } from './statement.ts';

/** A line of ours takes some kilobytes; what is longer is none, and is not kept in memory. */
const lineBytesMax = 65_536;
const chunkBytes = 262_144;
const lineFeed = 0x0a;

/**
 * Every receipt of the folder, checked: form, signature, certificate, chain. Changes nothing and takes no lock, so
 * it may be called while a team runs: a line that is being written is not yet seen. Rejects with `ReceiptsError` when
 * file or published root key cannot be read.
 */
export async function readReceipts(folder: string): Promise<AttestedFile> {
  const { rootPublic, file } = receiptPaths(folder);
  const reader = new ReceiptReader(await orSay(rootPublic, () => readPublishedRoot(rootPublic)));
  await orSay(file, async () => {
    for await (const lines of linesOf(file)) await reader.take(lines);
  });
  return reader.file;
}

/** What is to be proved by cannot be read: the message says which file, why, and what helps. */
export class ReceiptsError extends Error {
  override readonly name = 'ReceiptsError';
}

/** A file that is not there holds nothing. */
async function orSay<Value>(path: string, read: () => Promise<Value>): Promise<Value | null> {
  try {
    return await read();
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw new ReceiptsError(
      `${path} cannot be read: ${messageOf(error)}. Nothing is proved without it: restore it from a backup, or move it away.`,
    );
  }
}

/** Pieces of the file as the disk gives them: some dozens of lines. */
async function* linesOf(path: string): AsyncGenerator<readonly string[]> {
  let rest = Buffer.alloc(0);
  for await (const chunk of createReadStream(path, { highWaterMark: chunkBytes })) {
    const bytes = Buffer.concat([rest, chunk as Buffer]);
    const end = bytes.lastIndexOf(lineFeed) + 1;
    yield bytes.toString('utf8', 0, end).split('\n').slice(0, -1);
    rest = Buffer.from(bytes.subarray(end, end + lineBytesMax));
  }
}

/** What a line says, as far as its form goes; `signed`: whether its signature holds. */
type Opened = {
  readonly said: Predicate | null;
  /** Why it proves nothing whatever its signature. */
  readonly flaw: readonly [reason: string, remedy: string] | null;
  readonly signed: boolean | Promise<boolean>;
};

class ReceiptReader {
  readonly #root: SignedKey | null;
  readonly #keys = new Map<string, KeyObject>();
  readonly #receipts: Attested[] = [];
  readonly #flaws: Flaw[] = [];
  readonly #hashes = new Set<string>();
  readonly #removedLogs = new Map<string, { readonly line: number; readonly at: number }>();
  #previous = firstPrevious;
  #line = 0;
  #firstFact: number | null = null;
  #journalFromLine = 1;
  /** The line before is wrong itself: that the chain does not fit it is no second fault. */
  #isAfterFlaw = false;

  constructor(root: SignedKey | null) {
    this.#root = root;
  }

  get file(): AttestedFile {
    return {
      ...{ receipts: this.#receipts, keys: new Set(this.#keys.keys()), flaws: this.#flaws },
      ...{ hashes: this.#hashes, removedLogs: this.#removedLogs },
      ...{ lineCount: this.#line, head: this.#line === 0 ? null : this.#previous },
      ...{ root: this.#root?.fingerprint ?? null, firstFact: this.#firstFact },
      journalFromLine: this.#journalFromLine,
    };
  }

  /** Further lines of the file, in order. Their signatures are checked beside each other. */
  async take(lines: readonly string[]): Promise<void> {
    const opened = lines.map(line => this.#open(line));
    const signed = await Promise.all(opened.map(one => one.signed));
    for (const [index, line] of lines.entries())
      this.#takeLine(line, opened[index] as Opened, signed[index] === true);
  }

  #takeLine(line: string, { said, flaw }: Opened, isSigned: boolean): void {
    this.#line += 1;
    const hash = sha256Of(line);
    const isGood = said !== null && flaw === null && isSigned;
    if (isGood) {
      if (said.previous !== this.#previous && !this.#isAfterFlaw) this.#breakChain(said);
      this.#hashes.add(hash);
      this.#keep(said, hash);
    } else if (flaw !== null) this.#flaw(...flaw);
    else if (said !== null)
      this.#flaw(`${nameOf(said)}: the signature does not fit what it says`, edited);
    this.#isAfterFlaw = !isGood;
    this.#previous = hash;
  }

  /** A certificate that holds counts from here on: the lines behind it are opened before it is taken. */
  #open(line: string): Opened {
    const wrong = (reason: string, remedy: string): Opened => ({
      ...{ said: null, flaw: [reason, remedy], signed: false },
    });
    const envelope = openEnvelope(line);
    if (envelope === null) return wrong('it is not the envelope that Belfry writes', edited);
    const said = parseStatement(envelope.payload);
    if (said === null)
      return wrong(
        'it says something that this Belfry does not know',
        'a newer Belfry wrote it (then use that one), or somebody else.',
      );
    const isKey = said.kind === 'key';
    const key = isKey ? this.#rootOf(envelope.keyId) : this.#keys.get(envelope.keyId);
    if (key === undefined) {
      const whose = isKey
        ? 'the root key of this repository is another'
        : 'no certificate before it names that key';
      return wrong(
        `${nameOf(said)} is signed by ${envelope.keyId}, and ${whose}`,
        'somebody else wrote it, or the key was replaced.',
      );
    }
    if (said.kind !== 'key') return { said, flaw: null, signed: envelope.checkSignature(key) };
    const signed = envelope.isSignedBy(key);
    const certified = signed ? parsePublicLine(said.key) : null;
    if (signed && certified === null) return wrong('it certifies what is no key', edited);
    if (certified !== null) this.#keys.set(certified.fingerprint, certified.key);
    return { said, flaw: null, signed };
  }

  #rootOf(keyId: string): KeyObject | undefined {
    return this.#root?.fingerprint === keyId ? this.#root.key : undefined;
  }

  #keep(said: Predicate, hash: string): void {
    this.#firstFact ??= said.fact;
    if (said.kind === 'key') {
      if (said.newJournal) this.#journalFromLine = this.#line;
      return;
    }
    if (said.kind === 'removal') {
      const at = Date.parse(said.writtenAt);
      for (const name of said.logs) this.#removedLogs.set(name, { line: this.#line, at });
      return;
    }
    const { kind, fact, at, task, attempt, commit, tree, afterwards: isAfterwards } = said;
    const isGate = said.kind === 'gate';
    this.#receipts.push({
      ...{ line: this.#line, hash, kind, fact, at: Date.parse(at), isAfterwards },
      ...{ task, attempt, commit, tree },
      gate: isGate ? { run: said.run, subject: said.subject, result: said.result } : null,
      log: isGate ? said.log : null,
    });
  }

  #breakChain(said: Predicate): void {
    this.#flaw(
      this.#line === 1
        ? `${nameOf(said)} names a receipt before it, and there is none`
        : `${nameOf(said)} does not name the line before it`,
      'receipts between them were taken out, put in or moved: compare with a backup.',
    );
  }

  #flaw(reason: string, remedy: string): void {
    this.#flaws.push({ level: 'broken', place: `receipt line ${this.#line}`, reason, remedy });
  }
}

const edited = 'it was edited or damaged: compare with a backup of the file.';
