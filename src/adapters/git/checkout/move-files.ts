import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { shellWord } from '../../../lib/shell-word.ts';
import { mustGit } from '../git.ts';
import type { Checkout } from './checkouts.ts';
import { type HalfMoved, halfMoved } from './half-moved.ts';
import { type MovedIndex, moveIndex } from './hold-index.ts';
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
  /** This move was begun before and cut off; when a kill left our lock, the time of it, in ms since the epoch. */
  readonly begun: { readonly lockedAt: number | null } | null;
};

export type FilesMoved =
  | ({ readonly why: null } & MovedIndex)
  /** `isBegun`: some files are at `to`, so that it must be gone on with. */
  | { readonly why: string; readonly isBegun: boolean };

/** What says how the file system of this checkout behaves; it names no program. */
const passedOn = [
  ...['core.filemode', 'core.symlinks', 'core.ignorecase', 'core.precomposeunicode'],
  ...['core.trustctime', 'core.checkstat'],
];

/**
 * The two-tree merge of git-read-tree(1) on the person's index and files: it refuses as a whole when a
 * file that changes has edits or is in the way. The hub's configuration is used, so no filter, monitor or
 * hook that stands in the person's repository is run; where filters shape the files, theirs must do it.
 * It answers with the lock of the index still held when the files are at `to`, else with the reason in words.
 */
export async function moveFiles(checkout: Checkout, move: FileMove): Promise<FilesMoved> {
  const { path, gitDir } = checkout;
  const { hub, from, to } = move;
  if (gitDir === null) {
    await move.isIntended;
    return refused(`git’s files of the checkout in ${path} are not to be found`);
  }
  const indexFile = join(gitDir, 'index');
  const asked = [configOf(path), changedBy(move), move.isIntended] as const;
  const [config, changed] = await Promise.all(asked);
  const half = await comeSoFar({ ...move, path, indexFile }, config);
  const isBegun = half?.isHalf === true;
  const unsettled = changed.filter(one => half?.settledPaths.has(one.path) !== true);
  const [attributes, blocking] = await Promise.all([
    shapedByAttributes(path, changed),
    inTheWay(path, indexFile, unsettled),
  ]);
  const shaped = shapedByConfig(config, gitDir) ?? attributes;
  if (shaped !== null) return { why: `${shaped}; ${move.byHand}`, isBegun };
  const say = isBegun ? sayCutOff : sayInTheWay;
  if (blocking !== null) return { why: say(blocking), isBegun };
  const habits = passedOn.flatMap(key => {
    const value = config.get(key);
    return value === undefined ? [] : ['-c', `${key}=${value}`];
  });
  const settled = half?.settled ?? '';
  const answer = await moveIndex({ hub, path, indexFile, habits, from, to, settled });
  if (!('stderr' in answer)) return { why: null, ...answer };
  const { stderr } = answer;
  if (stderr === null) return { why: lockWords(`${indexFile}.lock`), isBegun };
  const file = refusedFile(stderr);
  if (file !== null) return { why: reasonOf(stderr, file, isBegun), isBegun };
  // A full disk ends it in the middle.
  return { why: `git says: ${stderr.trim().split('\n')[0]}`, isBegun: true };
}

const refused = (why: string): FilesMoved => ({ why, isBegun: false });

/** Null where nothing was begun. */
async function comeSoFar(
  move: FileMove & { readonly path: string; readonly indexFile: string },
  config: ReadonlyMap<string, string>,
): Promise<HalfMoved | null> {
  if (move.begun === null) return null;
  const { lockedAt: since } = move.begun;
  const written = since === null ? null : { since, until: since + writingMsMax };
  return halfMoved({ ...move, keepsModes: keepsModes(config), written });
}

/** What was written later than this after the start of a move that was killed may be the person's. */
const writingMsMax = 120_000;

const keepsModes = (config: ReadonlyMap<string, string>) =>
  config.get('core.filemode')?.toLowerCase() !== 'false';

/** The file for which git refused before it touched any; null where it ended otherwise. */
const refusedFile = (stderr: string): string | null =>
  /Cannot |would /.test(stderr) ? (/'(.+)'/.exec(stderr)?.[1] ?? null) : null;

function reasonOf(stderr: string, file: string, isBegun: boolean): string {
  if (isBegun) return sayCutOff(file);
  return /untracked/i.test(stderr) ? sayInTheWay(file) : `${file} has your edits`;
}

/** After a crash nobody can tell an edit from what a disk made of a file. */
const sayCutOff = (file: string) =>
  'bringing your files up was cut off: some are as they landed, and ' +
  `${file} is neither that nor what it was. “git stash push -u -- ${shellWord(file)}” ` +
  'puts it aside; then the rest follows with the next landing or start';
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
