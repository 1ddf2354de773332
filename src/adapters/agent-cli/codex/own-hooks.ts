import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readSmallFile } from '../../following/read-small-file.ts';
import { appendCommand, hookTimeoutSeconds } from '../hook-command.ts';
import { ownCommandPattern } from '../own-commands.ts';

const events = [
  ...['SessionStart', 'UserPromptSubmit', 'PreToolUse', 'PostToolUse', 'PermissionRequest'],
  ...['Stop', 'Interrupt', 'SessionEnd'],
] as const;

/**
 * How Codex 0.169.0 writes to its hook that it asks for a word to Belfry, and for nothing beside it. No object may
 * stand before: what a model gives to another tool could hold the same words. A shell or a folder that the model
 * chose is not told; of the shell only the kind counts, and it is the machine's own.
 */
const before = `\\{("[a-z_]+":("([^"\\\\]|\\\\.)*"|null|true|false|[0-9]+),)*`;
const asksForOwn = `^${before}"tool_name":"Bash","tool_input":\\{"command":${ownCommandPattern}[,}]`;
const allows = JSON.stringify({
  hookSpecificOutput: { hookEventName: 'PermissionRequest', decision: { behavior: 'allow' } },
});

/** Settings that make Codex append what happens to a file, as `-c` takes them. */
export function hookSettings(hookFile: string): readonly string[] {
  return events.flatMap(event => {
    const reply = event === 'PermissionRequest' ? { to: asksForOwn, with: allows } : null;
    const command = JSON.stringify(appendCommand(hookFile, reply));
    const hook = `{type="command",command=${command},timeout=${hookTimeoutSeconds}}`;
    return ['-c', `hooks.${event}=[{hooks=[${hook}]}]`];
  });
}

/**
 * True when hooks that are not Belfry's could run: the flag that spares the person the review of Belfry's own
 * would let those run unreviewed, outside the sandbox.
 */
export function hasForeignHooks(codexHome: string, worktree: string): boolean {
  const folders = [codexHome, join(worktree, '.codex')];
  return folders.some(
    folder => existsSync(join(folder, 'hooks.json')) || namesHooks(join(folder, 'config.toml')),
  );
}

/** As a key or table, in quotes, too; what cannot be read, or is spelt with escapes, may name them. */
function namesHooks(path: string): boolean {
  if (!existsSync(path)) return false;
  const text = readSmallFile(path);
  return text === null || /^[ \t]*\[*[ \t]*(["']?hooks\b|"[^"\n]*\\)/m.test(text);
}
