import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Where the shell would find a program; null where it would not. */
export function programPath(
  program: string,
  env: Readonly<Record<string, string | undefined>>,
): string | null {
  const folders = (env['PATH'] ?? '').split(delimiter).filter(folder => folder !== '');
  return folders.map(folder => join(folder, program)).find(isExecutable) ?? null;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
