import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, isAbsolute, resolve } from 'node:path';
import { TerminalOpenError, type TerminalSpec } from '../../ports/terminals.ts';

/**
 * The absolute path of the program that `spec` would start. A PTY reports a missing program only as
 * text on its screen and exit code 1, so it is looked for before.
 */
export function findProgram(spec: TerminalSpec): string {
  if (!isFolder(spec.cwd))
    throw new TerminalOpenError(
      `Terminal ${spec.id}: the folder ${spec.cwd} does not exist. Create it, or start the agent again so that its worktree is rebuilt.`,
    );
  if (spec.file.includes('/')) return checkedFile(spec, resolve(spec.cwd, spec.file));
  const folders = (spec.env['PATH'] ?? '').split(delimiter).filter(folder => folder !== '');
  for (const folder of folders) {
    const candidate = resolve(isAbsolute(folder) ? folder : resolve(spec.cwd, folder), spec.file);
    if (isExecutable(candidate)) return candidate;
  }
  throw new TerminalOpenError(
    `Terminal ${spec.id}: the program "${spec.file}" is not on the PATH (${folders.join(delimiter)}). Install it, or name another program in the team file.`,
  );
}

function checkedFile(spec: TerminalSpec, path: string): string {
  if (isExecutable(path)) return path;
  const reason = statSync(path, { throwIfNoEntry: false })?.isFile()
    ? 'is not executable. Allow it with chmod +x'
    : 'does not exist. Install it';
  throw new TerminalOpenError(
    `Terminal ${spec.id}: the program ${path} ${reason}, or name another program in the team file.`,
  );
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
