import { spawn } from 'node:child_process';

export type ProgramEnd =
  | { readonly kind: 'ended'; readonly code: number | null }
  | { readonly kind: 'failed'; readonly why: string };

/** Runs a program that has the person's terminal to itself until it ends. Never rejects. */
export function runProgram(
  file: string,
  args: readonly string[],
  folder?: string,
): Promise<ProgramEnd> {
  return new Promise(resolve => {
    const child = spawn(file, args, { stdio: 'inherit', ...(folder && { cwd: folder }) });
    child.on('error', error => resolve({ kind: 'failed', why: error.message }));
    child.on('exit', code => resolve({ kind: 'ended', code }));
  });
}

/**
 * The person's editor and its own arguments, as `$VISUAL` and `$EDITOR` have them (environ(7)): words
 * separated by spaces, without quoting.
 */
export function editorWords(env: Readonly<Record<string, string | undefined>>): string[] {
  const words = (env['VISUAL'] || env['EDITOR'] || 'vi').split(' ').filter(word => word !== '');
  return words.length > 0 ? words : ['vi'];
}

/** The person's shell. */
export const shellOf = (env: Readonly<Record<string, string | undefined>>): string =>
  env['SHELL'] || '/bin/sh';
