import { appendCommand, hookTimeoutSeconds } from '../hook-command.ts';
import { ownCommands } from '../own-commands.ts';

/**
 * Events that both 2.1.197 and 2.1.330 know. A name that a version does not know opens a dialog that blocks.
 */
const hookEvents = [
  ...['SessionStart', 'UserPromptSubmit', 'PreToolUse', 'PostToolUse', 'PostToolUseFailure'],
  ...['PermissionRequest', 'Stop', 'StopFailure', 'PreCompact', 'PostCompact', 'SessionEnd'],
] as const;

/** Settings of one session, given by --settings: they are added to the person's own, which stay as they are. */
export function claudeSettings(hookFile: string, statusFile: string): object {
  const hook = { type: 'command', command: appendCommand(hookFile), timeout: hookTimeoutSeconds };
  return {
    hooks: Object.fromEntries(hookEvents.map(event => [event, [{ hooks: [hook] }]])),
    statusLine: { type: 'command', command: appendCommand(statusFile) },
    // Seen with both versions: with anything else in the same line, a substitution, a second command, a redirection
    // or a variable before it, Claude Code asks all the same.
    permissions: { allow: ownCommands.map(command => `Bash(${command}:*)`) },
    // Without it the renderer depends on how the last session on this machine ended.
    tui: 'default',
  };
}
