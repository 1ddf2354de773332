import { beginningOfGit } from '../git.ts';

export type Patch = {
  readonly path: string;
  readonly isDeleted: boolean;
  readonly added: readonly string[];
  readonly removed: readonly string[];
};

/** A patch longer than this is not searched line by line. */
const patchBytesMax = 4_000_000;
/** Files that git takes for binary and that are read all the same. */
const disguisedMax = 200;
/** What is binary by its name has no lines to be looked at. */
const binaryName =
  /\.(png|jpe?g|gif|webp|avif|ico|icns|bmp|tiff?|pdf|zip|gz|tgz|bz2|xz|zst|7z|jar|war|class|wasm|so|dylib|dll|exe|a|o|node|woff2?|ttf|otf|eot|mp[34]|m4a|mov|webm|ogg|wav|flac|sqlite3?|db|bin|dat|pyc|psd|docx?|xlsx?|pptx?)$/i;

/**
 * The changed lines between two commits or trees, file by file. One NUL byte or an attribute makes git say
 * only that a file differs: what is no binary file by its name is read as text. Null when it is too long.
 */
export async function readPatches(
  gitDir: string,
  from: string,
  to: string,
): Promise<readonly Patch[] | null> {
  const ends = [from, to, '--'];
  const text = await diff(gitDir, ends);
  if (text === null) return null;
  const hidden = new Set(
    text.split(/^diff --git /m).flatMap(part => (isDisguised(part) ? pathOf(part) : [])),
  );
  if (hidden.size === 0) return parsePatch(text);
  if (hidden.size > disguisedMax) return null;
  const names = [...hidden].map(path => `:(literal,top)${path}`);
  const more = await diff(gitDir, ['--text', ...ends, ...names]);
  if (more === null) return null;
  return [...parsePatch(text).filter(({ path }) => !hidden.has(path)), ...parsePatch(more)];
}

/** Without context, so that every line of it is a changed one. */
async function diff(gitDir: string, args: readonly string[]): Promise<string | null> {
  const options = ['--no-color', '--no-renames', '--unified=0', '--no-ext-diff', '--no-textconv'];
  const { text, isCut } = await beginningOfGit(['diff', ...options, ...args], {
    ...{ gitDir, bytesMax: patchBytesMax },
  });
  return isCut ? null : text;
}

const isDisguised = (part: string): boolean =>
  /^Binary files .* differ$/m.test(part) &&
  !part.includes('\n@@') &&
  !binaryName.test(pathOf(part));

/** A unified diff without context, as git writes it. */
export function parsePatch(text: string): readonly Patch[] {
  return text
    .split(/^diff --git /m)
    .slice(1)
    .map(part => {
      const lines = part.split('\n');
      const start = lines.findIndex(line => line.startsWith('@@'));
      const header = start < 0 ? lines : lines.slice(0, start);
      const body = start < 0 ? [] : lines.slice(start);
      return {
        path: pathOf(part),
        isDeleted: header.some(line => line.startsWith('deleted file')),
        added: body.filter(line => line.startsWith('+')).map(line => line.slice(1)),
        removed: body.filter(line => line.startsWith('-')).map(line => line.slice(1)),
      };
    });
}

/** `a/x b/x`: without renames both halves are the same path. */
function pathOf(part: string): string {
  const names = part.split('\n', 1)[0] ?? '';
  return names.slice(0, (names.length - 1) / 2).replace(/^"?a\//, '');
}
