/** The hook must never hold up the agent: it copies its input and is done within milliseconds. */
export const hookTimeoutSeconds = 10;

/** Quoted for a POSIX shell. */
const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/**
 * A shell command that appends its standard input to a file as one line. It prints nothing, because what a
 * hook prints can reach the model, and succeeds always, because a full disk must not end a turn.
 * `reply`: what it prints all the same when its input matches an extended regular expression.
 */
export function appendCommand(
  path: string,
  reply: { readonly to: string; readonly with: string } | null = null,
): string {
  const replies =
    reply === null
      ? ''
      : `printf '%s\\n' "$d" | LC_ALL=C grep -Eq ${quoted(reply.to)} && printf '%s' ${quoted(reply.with)}; `;
  return `d=$(cat); printf '%s\\n' "$d" 2>/dev/null >> ${quoted(path)}; ${replies}exit 0`;
}
