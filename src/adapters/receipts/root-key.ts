import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { codeOf } from '../../lib/thrown.ts';
import { createFileAtomically, writeFileAtomically } from '../system/atomic-file.ts';
import { parsePublicLine, publicLine, type SignedKey } from './ssh-format.ts';

/** A key of this or another repository; larger is none. */
const keyBytesMax = 4_096;

/**
 * The key of this repository's receipts, made at the first start. Resolves with `isNew` when it was made by
 * this call. Whoever comes second gets the key of the first. Rejects when the file is no Ed25519 key.
 */
export async function openRootKey(
  path: string,
): Promise<{ readonly key: KeyObject; readonly isNew: boolean }> {
  const there = await readRootKey(path);
  if (there !== null) return { key: there, isNew: false };
  const { privateKey } = generateKeyPairSync('ed25519');
  const isNew = await createFileAtomically(path, pemOf(privateKey));
  const key = isNew ? privateKey : await readRootKey(path);
  if (key === null) throw new Error(`${path} went away while it was read`);
  return { key, isNew };
}

/** The public half, for whoever only looks. */
export async function publishRootKey(path: string, key: KeyObject): Promise<void> {
  const text = `${publicLine(key)} Belfry receipts\n`;
  if ((await readSmallFile(path)) !== text) await writeFileAtomically(path, text);
}

/** Null when there is none. Rejects when the file is no such key. */
export async function readPublishedRoot(path: string): Promise<SignedKey | null> {
  const text = await readSmallFile(path);
  if (text === null) return null;
  const key = parsePublicLine(text);
  if (key === null) throw new Error('it is no Ed25519 key in the format of OpenSSH');
  return key;
}

async function readRootKey(path: string): Promise<KeyObject | null> {
  const text = await readSmallFile(path);
  if (text === null) return null;
  try {
    const key = createPrivateKey(text);
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch {
    // Said below.
  }
  throw new Error(
    `${path} is no Ed25519 key. Restore it from a backup, or move it away: then a new one is made, and ` +
      'earlier receipts can be proved only with the old one',
  );
}

async function readSmallFile(path: string): Promise<string | null> {
  try {
    const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      const bytes = Buffer.alloc(keyBytesMax);
      const { bytesRead } = await file.read(bytes, 0, keyBytesMax, 0);
      return bytes.toString('utf8', 0, bytesRead);
    } finally {
      await file.close();
    }
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
}

const pemOf = (key: KeyObject): string => key.export({ format: 'pem', type: 'pkcs8' }).toString();
