import type { TrunkFile } from '../../../core/plan/plan-facts.ts';
import { mustGit } from '../git.ts';

/** About what the tokenizers in use need for source code. */
const bytesPerToken = 4;
/** Larger files are data, whatever their name says; nobody reads them into a context window. */
const sourceBytesMax = 1_000_000;
const binaries =
  /\.(png|jpe?g|gif|webp|ico|bmp|tiff?|pdf|zip|gz|tgz|bz2|xz|7z|jar|wasm|woff2?|ttf|otf|eot|mp[34]|mov|avi|webm|ogg|wav|so|dylib|dll|exe|o|a|class|pyc|bin|dat|db|sqlite3?)$/i;

export type TreeFile = TrunkFile & { readonly oid: string };

/** Every regular file of a commit, sorted by code units. Links and submodules are left out. */
export async function readTree(gitDir: string, commit: string): Promise<readonly TreeFile[]> {
  const text = await mustGit(['ls-tree', '-r', '-z', '--long', '--full-tree', commit], { gitDir });
  return text
    .split('\0')
    .flatMap(row => {
      const [, mode = '', oid = '', size = '', path = ''] =
        /^(\d+) blob ([0-9a-f]+) +(\d+)\t([\s\S]+)$/.exec(row) ?? [];
      if (!mode.startsWith('100')) return [];
      const bytes = Number(size);
      const isSource = bytes <= sourceBytesMax && !binaries.test(path);
      return [{ path, oid, tokens: isSource ? Math.ceil(bytes / bytesPerToken) : 0 }];
    })
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}
