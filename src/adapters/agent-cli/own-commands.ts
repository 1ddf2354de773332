/**
 * What an agent tells Belfry. It needs no permission of the person: Belfry judges each of them by the agent's role,
 * and none of them does anything by itself.
 */
export const ownCommands = [
  ...['belfry done', 'belfry blocked', 'belfry note', 'belfry task add', 'belfry split'],
  ...['belfry guide', 'belfry reassign', 'belfry drop', 'belfry ask'],
] as const;

const first = `(${ownCommands.join('|')})`;
const bare = '[A-Za-z0-9_./:@%+=,-]';
/** Between double quotes a shell leaves all as it is but these; some take an exclamation mark for a command, too. */
const double = '\\\\"[^"\\\\$`!]*\\\\"';
/** Of what JSON escapes only quotes, ends of lines and tabs: some shells let a backslash escape the closing quote. */
const single = `'([^'"\\\\]|\\\\["nt])*'`;

/**
 * One of those commands alone, as a JSON string, its words written such that no shell makes anything of them.
 * JavaScript and `grep -E` read it alike.
 */
export const ownCommandPattern = `"${first}( +(${bare}|${single}|${double})+)*"`;

/** More than any of the commands needs, but for a long list of paths. */
const wordsMax = 16;
const flatWord = `${bare}+|'[^'\\x00]*'|${double}`;

/**
 * The same for a reader that takes no pattern with a repetition within another, puts a NUL around each member of an
 * object, and runs with bash what it reads.
 */
export const flatOwnCommandPattern = `"${first}${`(| +(${flatWord})`.repeat(wordsMax)}${')'.repeat(wordsMax)}"`;
