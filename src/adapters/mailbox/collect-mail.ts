import { existsSync } from 'node:fs';
import {
  type FileHandle,
  constants as fsConstants,
  mkdir,
  open,
  readdir,
  rename,
  rm,
} from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf } from '../../lib/thrown.ts';
import type { Mail, MailAnswer } from '../../ports/mailbox.ts';
import { writeFileAtomically } from '../system/atomic-file.ts';
import { isMailName, isOwnFolder, mailFolderOf } from './mail-folder.ts';
import { parseMail } from './mail-schema.ts';

/** One piece of mail; more is no message any more. */
const mailBytesMax = 64_000;
/** An agent gone wild must not make Belfry read for ever: the rest waits for the next look. */
const mailsPerLookMax = 200;
/** Refused mail is kept for whoever looks for a fault, the newest first. */
const refusedMax = 20;

/**
 * Hands on everything that lies in one outbox, in order of names. Mail is removed only after its answer
 * is written; mail that has an answer already was handled before a crash and is only removed. `handled`
 * remembers what could not be removed. Rejects when `deliver` does: that mail and what came after it stay.
 */
export async function collectMail(
  worktree: string,
  handled: Set<string>,
  deliver: (mail: Mail, name: string) => Promise<MailAnswer>,
): Promise<void> {
  const { outbox, answers } = mailFolderOf(worktree);
  if (!isOwnFolder(worktree, outbox)) return;
  const names = (await readdir(outbox)).filter(isMailName).sort().slice(0, mailsPerLookMax);
  for (const name of handled) if (!names.includes(name)) handled.delete(name);
  for (const name of names) {
    const path = join(outbox, name);
    if (handled.has(name) || existsSync(join(answers, name))) {
      await rm(path, { force: true, recursive: true });
      continue;
    }
    const read = await readMail(path);
    if (read === null) continue;
    if (read.ok) {
      const answer = await deliver(read.mail, name);
      handled.add(name);
      await writeAnswer(worktree, name, answer);
      await rm(path, { force: true });
    } else {
      await rename(path, join(outbox, `${name}.refused`));
      await writeAnswer(worktree, name, { isAccepted: false, text: read.reason });
      await dropOldRefused(outbox);
    }
  }
}

/** Null when it vanished. */
async function readMail(path: string): Promise<ReturnType<typeof parseMail> | null> {
  const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = fsConstants;
  let file: FileHandle;
  try {
    file = await open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    return { ok: false, reason: 'this cannot be read as a file' };
  }
  try {
    const stat = await file.stat();
    if (!stat.isFile()) return { ok: false, reason: 'this is not a file' };
    const buffer = Buffer.alloc(mailBytesMax + 1);
    const { bytesRead } = await file.read(buffer, 0, buffer.length, 0);
    if (bytesRead > mailBytesMax)
      return { ok: false, reason: `mail is at most ${mailBytesMax / 1000} kB` };
    return parseMail(buffer.toString('utf8', 0, bytesRead));
  } finally {
    await file.close();
  }
}

async function writeAnswer(worktree: string, name: string, answer: MailAnswer): Promise<void> {
  const { answers } = mailFolderOf(worktree);
  await mkdir(answers, { recursive: true, mode: 0o700 });
  if (!isOwnFolder(worktree, answers)) return;
  await writeFileAtomically(join(answers, name), JSON.stringify(answer));
}

async function dropOldRefused(outbox: string): Promise<void> {
  const refused = (await readdir(outbox)).filter(name => name.endsWith('.refused')).sort();
  for (const name of refused.slice(0, -refusedMax))
    await rm(join(outbox, name), { force: true, recursive: true });
}
