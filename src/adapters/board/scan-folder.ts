import { lstat, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type TaskId, taskNumber } from '../../core/ids.ts';
import { cleanText } from '../../lib/clean-text.ts';
import { codeOf, messageOf } from '../../lib/thrown.ts';
import { BoardError } from '../../ports/board-files.ts';
import { type ParsedTask, parseTaskFile } from './parse-task-file.ts';
import { readTaskText } from './read-task-text.ts';
import { taskIdOfFileName } from './task-words.ts';

/** A board beyond this is not read by a person any more, and every change reads the folder. */
export const taskFilesMax = 5_000;
/** Of a longer file only the beginning is read. */
const fileBytesMax = 1_000_000;

export type ScannedFile = { readonly fileName: string; readonly parsed: ParsedTask };

type Remembered = {
  readonly signature: string;
  readonly parsed: ParsedTask;
};

/** Changes within one tick of the file system's clock have one time; a younger file is read again. */
const sameTickMs = 100;

/** Reads a folder of task files again and again; what did not change is neither read nor parsed again. */
export class FolderScanner {
  readonly #folder: string;
  #remembered = new Map<string, Remembered>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Every task file, by number and name. A folder that does not exist is an empty one. Throws `BoardError`. */
  async scan(): Promise<readonly ScannedFile[]> {
    const { names, odd } = await taskFileNames(this.#folder);
    const files: ScannedFile[] = [];
    const seen = new Map<string, Remembered>();
    for (const fileName of names) {
      const path = join(this.#folder, fileName);
      const signature = await signatureOf(path);
      const before = this.#remembered.get(fileName);
      const isKnown = before !== undefined && before.signature === signature;
      const parsed = isKnown ? before.parsed : await parseFile(path, fileName);
      if (parsed === null) continue;
      if (signature !== null) seen.set(fileName, { signature, parsed });
      files.push({ fileName, parsed });
    }
    this.#remembered = seen;
    return [...files, ...odd.map(oddlyNamed)];
  }
}

/** What cannot be shown as it is could pass for another file: it is told, and not read. */
const oddlyNamed = (name: string): ScannedFile => ({
  fileName: cleanText(name),
  parsed: {
    ...{ ok: false, line: null },
    reason: 'its name holds characters that cannot be shown: rename the file',
  },
});

/** Null when it vanished. */
async function parseFile(path: string, fileName: string): Promise<ParsedTask | null> {
  const read = await readTaskText(path, fileBytesMax);
  if (read.kind === 'gone') return null;
  if (read.kind === 'unfit') return { ok: false, line: null, reason: read.reason };
  return parseTaskFile(fileName, read.text);
}

/** Null while the file is too young to tell by its times whether it changes again. */
async function signatureOf(path: string): Promise<string | null> {
  const stat = await lstat(path, { bigint: true }).catch(() => null);
  if (stat === null || Date.now() - Number(stat.ctimeMs) < sameTickMs) return null;
  return `${stat.ino} ${stat.size} ${stat.mtimeNs} ${stat.ctimeNs}`;
}

type FileNames = { readonly names: readonly string[]; readonly odd: readonly string[] };

/**
 * Names of the task files: `*.md`, no hidden ones, lowest number first. `odd`: those that cannot be shown as they
 * are. Throws `BoardError`.
 */
async function taskFileNames(folder: string): Promise<FileNames> {
  await refuseLinks(folder);
  let names: string[];
  try {
    names = await readdir(folder);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return { names: [], odd: [] };
    const isNone = codeOf(error) === 'ENOTDIR';
    const why = isNone ? 'it is not a folder: move it away' : messageOf(error);
    throw new BoardError(`${folder} cannot be read: ${why}`);
  }
  const listed = names
    .filter(name => name.endsWith('.md') && !name.startsWith('.'))
    .sort((a, b) => numberOf(a) - numberOf(b) || (a < b ? -1 : 1))
    .slice(0, taskFilesMax);
  const isOdd = (name: string) => cleanText(name) !== name;
  return { names: listed.filter(name => !isOdd(name)), odd: listed.filter(isOdd) };
}

/** A link in the place of the folder would let a commit choose which files Belfry reads and writes. Throws `BoardError`. */
export async function refuseLinks(folder: string): Promise<void> {
  for (const path of [dirname(folder), folder]) {
    const stat = await lstat(path).catch(() => null);
    if (stat?.isSymbolicLink())
      throw new BoardError(`${path} is a symbolic link: the board must be a folder of its own`);
  }
}

function numberOf(fileName: string): number {
  const id: TaskId | null = taskIdOfFileName(fileName);
  return id === null ? Number.MAX_SAFE_INTEGER : taskNumber(id);
}
