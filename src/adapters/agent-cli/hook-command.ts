/** The hook must never hold up the agent: it copies its input and is done within milliseconds. */
export const hookTimeoutSeconds = 10;

/** Quoted for a POSIX shell. */
const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/**
 * A shell command that appends its standard input to a file as one line. It prints nothing, because what a
 * hook prints can reach the model, and succeeds always, because a full disk must not end a turn.
 */
export const appendCommand = (path: string): string =>
  `d=$(cat); printf '%s\\n' "$d" 2>/dev/null >> ${quoted(path)}; exit 0`;
