import { readBoundedBytes } from '../system/read-bounded-file.ts';

/** Lock files of large repositories have some megabytes. */
const rootFileBytesMax = 50_000_000;

/** A file that a guess looks into, binary lock files too; null where there is none that could be one. */
export function readRootFile(path: string): string | null {
  try {
    return new TextDecoder().decode(readBoundedBytes(path, rootFileBytesMax));
  } catch {
    return null;
  }
}
