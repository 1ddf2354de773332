import { constants, openSync, type Stats, statSync } from 'node:fs';

/**
 * Opens a file of signals for reading. Null when there is no file, or none that the caller wishes to read:
 * most looks find nothing new, and asking for the stamp costs less than opening. Agents can write where
 * these files are, and a pipe in their place must not make the page wait.
 */
export function openSignalFile(path: string, isWanted: (stat: Stats) => boolean): number | null {
  try {
    const stat = statSync(path);
    if (!stat.isFile() || !isWanted(stat)) return null;
    return openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch {
    return null;
  }
}
