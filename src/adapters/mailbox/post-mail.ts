import { randomBytes } from 'node:crypto';
import {
  closeSync,
  constants,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Assignment, Mail, MailAnswer } from '../../ports/mailbox.ts';
import { mailFolderOf, mailNameOf } from './mail-folder.ts';

/** The agent's side: what the `belfry` command does inside a worktree. It needs nothing but files. */

const lookEveryMs = 40;

/** Drops one piece of mail, whole or not at all. Returns its name, under which the answer will come. */
export function postMail(worktree: string, mail: Mail, now: number): string {
  const { outbox } = mailFolderOf(worktree);
  mkdirSync(outbox, { recursive: true, mode: 0o700 });
  const name = mailNameOf(now, randomBytes(4).toString('hex'));
  const draft = join(outbox, `.${name}.tmp`);
  const file = openSync(draft, 'wx', 0o600);
  try {
    const bytes = Buffer.from(JSON.stringify(mail));
    for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(draft, join(outbox, name));
  return name;
}

/** The answer to a piece of mail, or null when none came in time: then Belfry reads the mail later. */
export async function awaitAnswer(
  worktree: string,
  name: string,
  timeoutMs: number,
): Promise<MailAnswer | null> {
  const path = join(mailFolderOf(worktree).answers, name);
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const answer = readJson<MailAnswer>(path);
    if (answer !== null) {
      rmSync(path, { force: true });
      return answer;
    }
    if (performance.now() >= deadline) return null;
    await wait(lookEveryMs);
  }
}

/** Null when the agent holds no task. */
export function readAssignment(worktree: string): Assignment | null {
  return readJson<Assignment>(mailFolderOf(worktree).assignment);
}

/** Both files are written by Belfry, whole: what is there is of its form. */
function readJson<Form>(path: string): Form | null {
  try {
    const fd = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      return JSON.parse(readFileSync(fd, 'utf8')) as Form;
    } finally {
      closeSync(fd);
    }
  } catch {
    return null;
  }
}
