import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type GitOptions, mustGit, runGit } from '../git.ts';
import type { Checkout } from './checkouts.ts';
import { lockWords } from './lock-words.ts';

export type FileMove = {
  /** The hub: its configuration is the one that counts. */
  readonly hub: string;
  readonly from: string;
  readonly to: string;
  /** Resolves when it is written down where they are brought: not before is a file touched. */
  readonly isIntended: Promise<unknown>;
  /** How the person does it where Belfry must not, in words. */
  readonly byHand: string;
};

/** What says how the file system of this checkout behaves; it names no program. */
const passedOn = [
  ...['core.filemode', 'core.symlinks', 'core.ignorecase', 'core.precomposeunicode'],
  ...['core.trustctime', 'core.checkstat'],
];

/**
 * The two-tree merge of git-read-tree(1) on the person's index and files: it refuses as a whole when a
 * file that changes has edits or is in the way. The hub's configuration is used, so no filter, monitor or
 * hook that stands in the person's repository is run; where filters shape the files, theirs must do it.
 * Null when the files are at `to`, else the reason in words.
 */
export async function moveFiles(checkout: Checkout, move: FileMove): Promise<string | null> {
  const { path, gitDir } = checkout;
  if (gitDir === null) {
    await move.isIntended;
    return `git’s files of the checkout in ${path} are not to be found`;
  }
  const asked = [configOf(path), changedBy(move), move.isIntended] as const;
  const [config, changed] = await Promise.all(asked);
  const indexFile = join(gitDir, 'index');
  const [attributes, blocking] = await Promise.all([
    shapedByAttributes(path, changed),
    inTheWay(path, indexFile, changed),
  ]);
  const shaped = shapedByConfig(config, gitDir) ?? attributes;
  if (shaped !== null) return `${shaped}; ${move.byHand}`;
  if (blocking !== null) return sayInTheWay(blocking);
  const through = { gitDir: move.hub, workTree: path, cwd: path, indexFile };
  const habits = passedOn.flatMap(key => {
    const value = config.get(key);
    return value === undefined ? [] : ['-c', `${key}=${value}`];
  });
  const answer = await readTree(through, habits, move);
  return answer.code === 0 ? null : reasonOf(answer.stderr, indexFile);
}

async function readTree(through: GitOptions, habits: readonly string[], { from, to }: FileMove) {
  const merge = [...habits, 'read-tree', '-m', '-u', from, to];
  const answer = await runGit(merge, through);
  if (answer.code === 0 || !/not uptodate/.test(answer.stderr)) return answer;
  // Nothing was touched. Equal files with other times passed for edits, until git looks into them.
  await runGit([...habits, 'update-index', '-q', '--refresh'], through);
  return runGit(merge, through);
}

function reasonOf(stderr: string, indexFile: string): string {
  if (/index\.lock/.test(stderr)) return lockWords(`${indexFile}.lock`);
  const file = /'(.+)'/.exec(stderr)?.[1];
  if (file === undefined) return `git says: ${stderr.trim().split('\n')[0]}`;
  return /untracked/i.test(stderr) ? sayInTheWay(file) : `${file} has your edits`;
}

const sayInTheWay = (file: string) => `${file} is in the way: it is not committed`;

const isOff = (value: string | undefined) =>
  value === undefined || ['', 'false', 'no', 'off', '0'].includes(value.toLowerCase());

/** `core.autocrlf=input` (git-config(1)) changes line ends on the way into git: what comes out is as git holds it. */
const convertsOnlyIn = (key: string, config: ReadonlyMap<string, string>) =>
  key === 'core.autocrlf' && config.get(key)?.toLowerCase() === 'input';

/** What would make files in this checkout differ from what git holds, in words; null when nothing does. */
function shapedByConfig(config: ReadonlyMap<string, string>, gitDir: string): string | null {
  for (const key of ['core.autocrlf', 'core.sparsecheckout', 'core.splitindex'])
    if (!isOff(config.get(key)) && !convertsOnlyIn(key, config)) return `your checkout uses ${key}`;
  if (config.get('core.eol') === 'crlf') return 'your checkout uses core.eol';
  const isSplit = readdirSync(gitDir).some(name => name.startsWith('sharedindex.'));
  return isSplit ? 'your checkout uses a split index' : null;
}

type Changed = { readonly path: string; readonly isNew: boolean };

async function changedBy({ hub, from, to }: FileMove): Promise<readonly Changed[]> {
  const args = ['diff-tree', '-r', '-z', '--name-status', '--no-renames', from, to];
  const parts = (await mustGit(args, { gitDir: hub })).split('\0');
  const changed: Changed[] = [];
  for (let at = 0; at + 1 < parts.length; at += 2)
    changed.push({ path: parts[at + 1] ?? '', isNew: parts[at] === 'A' });
  return changed;
}

async function shapedByAttributes(
  folder: string,
  changed: readonly Changed[],
): Promise<string | null> {
  const attributesFile = changed.find(({ path }) => /(^|\/)\.gitattributes$/.test(path));
  if (attributesFile !== undefined) return `${attributesFile.path} changes`;
  const attributes = ['filter', 'ident', 'working-tree-encoding', 'eol'];
  const input = changed.map(({ path }) => `${path}\0`).join('');
  const text = await mustGit(['check-attr', '-z', '--stdin', ...attributes], {
    ...{ cwd: folder, env: personal(), input },
  });
  const parts = text.split('\0');
  for (let at = 0; at + 2 < parts.length; at += 3) {
    const [file, attribute, value = ''] = parts.slice(at, at + 3);
    if (!['unspecified', 'unset', 'lf'].includes(value))
      return `${file} has the attribute ${attribute}`;
  }
  return null;
}

/**
 * What stands where a new file is to come and is not in the index. `read-tree` refuses for some of it, but
 * takes a file that `.gitignore` names for worthless and overwrites it.
 */
async function inTheWay(
  folder: string,
  indexFile: string,
  changed: readonly Changed[],
): Promise<string | null> {
  const known = new Map<string, boolean>();
  const blocking = new Set<string>();
  for (const { path } of changed.filter(one => one.isNew)) {
    const parts = path.split('/');
    for (let length = 1; length <= parts.length; length += 1) {
      const prefix = parts.slice(0, length).join('/');
      const isWay =
        known.get(prefix) ?? lstatSync(join(folder, prefix), quietly)?.isDirectory() ?? null;
      if (isWay === null) break;
      known.set(prefix, isWay);
      if (!isWay || length === parts.length) blocking.add(prefix);
      if (!isWay) break;
    }
  }
  if (blocking.size === 0) return null;
  // As many as fit into one command line; the rest is seen when these are out of the way.
  const asked = [...blocking].slice(0, 200);
  const args = ['--literal-pathspecs', 'ls-files', '-z', '--cached', '--', ...asked];
  const tracked = new Set((await mustGit(args, { cwd: folder, indexFile })).split('\0'));
  return asked.find(path => !tracked.has(path)) ?? null;
}

const quietly = { throwIfNoEntry: false } as const;

async function configOf(path: string): Promise<ReadonlyMap<string, string>> {
  const text = await mustGit(['config', '--list', '-z'], { cwd: path, env: personal() });
  const entries = text.split('\0').map(entry => {
    const at = entry.indexOf('\n');
    // A key without a value is true.
    return at < 0
      ? ([entry, 'true'] as const)
      : ([entry.slice(0, at), entry.slice(at + 1)] as const);
  });
  return new Map(entries);
}

/** Reading a value runs nothing, so here the person's own configuration is asked. */
function personal(): Record<string, string> {
  const config = process.env['GIT_CONFIG_GLOBAL'];
  const home = process.env['XDG_CONFIG_HOME'];
  return {
    GIT_CONFIG_NOSYSTEM: '0',
    GIT_CONFIG_GLOBAL: config ?? join(process.env['HOME'] ?? '/', '.gitconfig'),
    ...(home === undefined ? {} : { XDG_CONFIG_HOME: home }),
  };
}
