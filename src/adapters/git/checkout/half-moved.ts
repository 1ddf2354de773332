import { createHash } from 'node:crypto';
import { lstatSync, readFileSync, readlinkSync, type Stats, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { mustGit } from '../git.ts';

export type HalfMove = {
  readonly hub: string;
  /** The checkout's folder. */
  readonly path: string;
  readonly indexFile: string;
  readonly from: string;
  readonly to: string;
  /** `core.filemode`: the file system keeps who may run a file. */
  readonly keepsModes: boolean;
  /** The time in which Belfry itself wrote, in milliseconds since the epoch; null where nobody can tell. */
  readonly written: { readonly since: number; readonly until: number } | null;
};

export type HalfMoved = {
  /** Lines for `git update-index --index-info -z`: what stands at `to`, and at `from` in the index. */
  readonly settled: string;
  readonly settledPaths: ReadonlySet<string>;
  /** Some files are at `to` or were cut off, although the index says that they are at `from`. */
  readonly isHalf: boolean;
};

/**
 * How far a following came that was cut off, file by file. Only what holds exactly what `to` has counts as there;
 * whatever is neither that nor what `from` has is the person's. No file is changed but one that Belfry began to
 * write and did not end: it holds the beginning of what `to` has, and nothing else, and is from that time.
 */
export async function halfMoved(move: HalfMove): Promise<HalfMoved> {
  const [changes, index] = await Promise.all([changesOf(move), indexOf(move)]);
  const settled = changes.filter(change => {
    const { path, before, after } = change;
    if (!isSame(index.get(path) ?? absent, before)) return false;
    const found = readSide(move.path, path, after.oid.length);
    const is = (side: Side) => found !== null && isSame(found, side, move.keepsModes);
    return !is(before) && is(after);
  });
  const settledPaths = new Set(settled.map(({ path }) => path));
  let isHalf = settled.length > 0;
  for (const change of changes)
    if (!settledPaths.has(change.path) && (await removeCutOff(move, change))) isHalf = true;
  const lines = settled.map(({ path, after }) => `${after.mode} ${after.oid}\t${path}\0`);
  return { settled: lines.join(''), settledPaths, isHalf };
}

/** As git names the content of a path: `100644` and the id of its blob. */
type Side = { readonly mode: string; readonly oid: string };
type Change = { readonly path: string; readonly before: Side; readonly after: Side };

const submodule = '160000';
const absent: Side = { mode: '000000', oid: '' };
const isFile = ({ mode }: Side) => mode.startsWith('100');
function isSame(one: Side, other: Side, keepsModes = true): boolean {
  if (one.mode === absent.mode || other.mode === absent.mode) return one.mode === other.mode;
  const isKind = keepsModes || !isFile(one) || !isFile(other) ? one.mode === other.mode : true;
  return isKind && one.oid === other.oid;
}

async function changesOf({ hub, from, to }: HalfMove): Promise<readonly Change[]> {
  const args = ['diff-tree', '-r', '-z', '--raw', '--no-renames', from, to];
  const parts = (await mustGit(args, { gitDir: hub })).split('\0');
  const changes: Change[] = [];
  for (let at = 0; at + 1 < parts.length; at += 2) {
    const [one = '', two = '', oidOne = '', oidTwo = ''] = (parts[at] ?? '').slice(1).split(' ');
    const [before, after] = [
      { mode: one, oid: oidOne },
      { mode: two, oid: oidTwo },
    ];
    // What is in a submodule is never moved.
    if (one !== submodule && two !== submodule)
      changes.push({ path: parts[at + 1] ?? '', before, after });
  }
  return changes;
}

async function indexOf({ hub, path, indexFile }: HalfMove): Promise<ReadonlyMap<string, Side>> {
  const text = await mustGit(['ls-files', '--stage', '-z'], {
    ...{ gitDir: hub, workTree: path, cwd: path, indexFile },
  });
  const entries = text.split('\0').map(entry => {
    const [mode = '', oid = ''] = entry.split(' ');
    return [entry.slice(entry.indexOf('\t') + 1), { mode, oid }] as const;
  });
  return new Map(entries);
}

/** What stands at a path; null where it is something that git would not hold there. */
function readSide(folder: string, path: string, digits: number): Side | null {
  const full = join(folder, path);
  const stat = statOf(folder, path);
  if (stat === null || stat.isDirectory()) return absent;
  const oid = (content: Buffer) =>
    createHash(digits === 64 ? 'sha256' : 'sha1')
      .update(`blob ${content.length}\0`)
      .update(content)
      .digest('hex');
  if (stat.isSymbolicLink())
    return { mode: '120000', oid: oid(readlinkSync(full, { encoding: 'buffer' })) };
  if (!stat.isFile() || stat.size > bytesMax) return null;
  return { mode: (stat.mode & 0o100) === 0 ? '100644' : '100755', oid: oid(readFileSync(full)) };
}

/** A larger one is not read into memory: it passes for the person's. */
const bytesMax = 256_000_000;

/** Null where nothing stands, also where a folder on the way is none: then nothing of ours is behind it. */
function statOf(folder: string, path: string): Stats | null {
  const parts = path.split('/');
  for (let length = 1; length < parts.length; length += 1) {
    const way = lstatSync(join(folder, ...parts.slice(0, length)), quietly);
    if (!way?.isDirectory()) return null;
  }
  return lstatSync(join(folder, path), quietly) ?? null;
}

const quietly = { throwIfNoEntry: false } as const;

/** A file of that time that is the beginning of what was to come is removed, and written anew later. */
async function removeCutOff(move: HalfMove, { path, before, after }: Change): Promise<boolean> {
  const { hub, path: folder, written } = move;
  const stat = statOf(folder, path);
  if (written === null || !isFile(after) || !stat?.isFile()) return false;
  if (stat.mtimeMs < written.since || stat.mtimeMs > written.until) return false;
  // Written again as it was, it is whole.
  if (readSide(folder, path, after.oid.length)?.oid === before.oid) return false;
  const whole = await mustGit(['cat-file', 'blob', after.oid], { gitDir: hub, isLatin1: true });
  // An editor empties a file before it writes it.
  await delay(Math.max(0, stat.mtimeMs + quietMs - Date.now()));
  const full = join(folder, path);
  if (statOf(folder, path)?.mtimeMs !== stat.mtimeMs) return false;
  if (!whole.startsWith(readFileSync(full).toString('latin1'))) return false;
  unlinkSync(full);
  return true;
}

/** Whoever still writes a file has written to it within this. */
const quietMs = 2_000;
