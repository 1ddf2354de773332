import { realpathSync, type Stats, type StatsFs, statSync } from 'node:fs';
import { stat, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Disk, Host, HostProgram } from '../../ports/host.ts';
import { programPath } from './program-path.ts';
import { programVersion } from './program-version.ts';

export const host: Host = {
  program(name, env) {
    const path = programPath(name, env);
    return path === null ? null : marked(path);
  },
  version: (path, env, signal) => programVersion(path, env, signal).catch(() => null),
  disk: diskOf,
};

/** Installers put another file in its place, or point a link at another one. */
function marked(path: string): HostProgram | null {
  try {
    const file = realpathSync(path);
    const { ino, size, ctimeMs } = statSync(file);
    return { path, mark: [file, ino, size, ctimeMs].join(' ') };
  } catch {
    return null;
  }
}

/** A folder that is not there yet will lie on the disk of the one above it. */
async function diskOf(folder: string): Promise<Disk | null> {
  const above = dirname(folder);
  let found: Stats;
  try {
    found = await stat(folder);
  } catch {
    return above === folder ? null : diskOf(above);
  }
  try {
    const freeBytes = freeBytesOf(await statfs(folder));
    return freeBytes === null ? null : { id: String(found.dev), freeBytes };
  } catch {
    return null;
  }
}

/** A file system without a size of its own (FUSE, /proc) says 0 of 0: that is not full. */
export const freeBytesOf = ({
  bavail,
  blocks,
  bsize,
}: Pick<StatsFs, 'bavail' | 'blocks' | 'bsize'>): number | null =>
  blocks === 0 ? null : bavail * bsize;
