import type { KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { writeFileAtomically } from '../system/atomic-file.ts';
import { publicLine } from './ssh-format.ts';

/** Who git names as the signer; the committer of landings. */
export const signerName = 'belfry@belfry.invalid';

/** Adds the key of a run to the file that `git verify-commit` reads (ssh-keygen, ALLOWED SIGNERS): for commits only. */
export async function allowSigner(path: string, key: KeyObject): Promise<void> {
  const before = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  await writeFileAtomically(path, `${before}${signerName} namespaces="git" ${publicLine(key)}\n`);
}
