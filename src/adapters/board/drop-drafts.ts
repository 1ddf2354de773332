import { copyFile, lstat, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** Whoever writes a task's file is done in less; a draft that is older was left by a crash. */
const draftAgeMs = 3_600_000;
/** A reserved number, the text that was to take the place of a file's, and what `writeFileAtomically` begins with. */
const draftPattern =
  /^\.(T-\d+\.new|.+\.md\.draft|.+\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.tmp)$/;

/**
 * Takes drafts that a crash left behind out of a folder; in that of the board they would stand in the person's
 * `git status`. What holds text goes to the trash. Never rejects: what cannot be taken is left.
 */
export async function dropDrafts(folder: string, trash: string, now: number): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names.filter(one => draftPattern.test(one)))
    await dropDraft(join(folder, name), join(trash, `${name.slice(1)}-${now}`), now).catch(
      () => {},
    );
}

async function dropDraft(path: string, thrown: string, now: number): Promise<void> {
  const stat = await lstat(path);
  if (!stat.isFile() || now - stat.mtimeMs < draftAgeMs) return;
  if (stat.size > 0) await copyFile(path, thrown);
  await rm(path);
}
