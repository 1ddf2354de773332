import type { Sign } from '../../../ports/agent-cli.ts';
import { shortened } from '../screen-lines.ts';
import { asking, busy, over, sign, surely } from '../signs.ts';
import { textId } from '../weigh-signs.ts';
import { errorSign } from './error-sign.ts';
import { titleSign } from './title-sign.ts';

/** The last line of a dialog tells its keys; under the input box stand other lines. */
const dialogKeys =
  /^\s*(press enter to|enter (confirm|continue|select|submit))\b|\| enter to submit \w+ \|/i;
/** Rows under the input box: model and folder, key hints. */
const footerRowsMax = 4;
/** One printed line, wrapped on a narrow screen. */
const strayRowsMax = 3;
/** A narrow screen cuts it behind the time. */
const activity = /^(?:[•◦] )?(\S.*?) \((?:\d+[hms] ?)+ • (?:esc to interrupt\)|\S.*…$)/;
const retry = /(?:reconnecting|Reconnecting\.\.\.) (?:(\d+\/\d+)|waiting for network)/;
/** Printed over its input box, for 30 s at most; then it gives up and exits. */
const storeWait = /^› state db backfill is \w+ at /;
const ended = /^\s*codex resume \S/;

/** Dialogs and pages before the first prompt, which only the person can leave. */
const firstDialogs: readonly (readonly [RegExp, string, 'permission' | 'question'])[] = [
  [
    /^\s*(Trust this folder\?|Folder access$|Do you trust the contents|(› )?\d\. Trust and continue)/,
    'Codex asks whether you trust this worktree, in which it reads, edits and runs files',
    'permission',
  ],
  [
    /^\s*Hooks need review/,
    'Codex asks you to review hooks that are not Belfry’s; look at its screen',
    'question',
  ],
  [
    /^\s*.*Update available!/,
    'Codex asks whether to update itself; look at its screen',
    'question',
  ],
];
const walls: readonly (readonly [RegExp, string])[] = [
  [
    /^\s*.*(Sign in with ChatGPT|Sign in with Device Code)/,
    'not logged in: run “codex login” in a terminal of your own',
  ],
];

/**
 * What Codex's screen says, by its regions: the input box at the bottom with what stands right above it, or a
 * dialog in its place. Both begin with ›; the model's own lines never decide.
 */
export function screenSign(lines: readonly string[], title: string): Sign | null {
  const text = lines.filter(line => line.trim() !== '');
  if (text.slice(-2).some(line => ended.test(line)))
    return surely('exited', text.at(-1)?.trim() ?? '');
  const wall = walls.find(([pattern]) => text.some(line => pattern.test(line)));
  const composer = text.findLastIndex(line => /^› /.test(line) || line === '›');
  const isDialog =
    endsWithKeys(text.slice(composer + 1)) || isMenu(text.slice(composer)) || asksTrust(text);
  const isLow = text.length - composer - 1 <= footerRowsMax;
  // What is typed may take many rows; the model stands below it all the same.
  const isTyped = text.slice(-footerRowsMax).some(hasModel);
  const hasComposer = composer !== -1 && (isLow || isTyped) && !isDialog;
  if (isDialog) return dialogSign(text);
  if (wall !== undefined && !hasComposer) return surely('failed', wall[1], { until: null });
  if (!hasComposer) return text.length === 0 ? null : sign(null, notIdle, 'there is no input box');
  if (storeWait.test(text[composer] ?? '') && !text.slice(composer).some(hasModel))
    return sign('starting', notIdle, 'it waits for another Codex that sets up its store');
  const above = text.slice(0, composer);
  const said = aboveComposer(above, text.slice(composer + 1));
  const isOpen = said.status === 'idle' && titleSign(title) === null && isUnended(above);
  return isOpen ? sign(null, said.allows, 'its answer has no end') : said;
}

/**
 * A Codex that waits for another one's first start prints a line where it will draw, and draws around it: what
 * is left of the line stands behind the keys of a dialog, and on a low screen in them.
 */
function endsWithKeys(below: readonly string[]): boolean {
  const keys = below.findLastIndex(line => dialogKeys.test(line));
  const stray = below.slice(keys + 1);
  return keys !== -1 && stray.length <= strayRowsMax && !stray.some(hasModel);
}

/** On a low screen the keys under the answers are cut off; under the input box stands the model. */
const isMenu = (fromCursor: readonly string[]): boolean =>
  /^› \d+\. /.test(fromCursor[0] ?? '') && !fromCursor.some(hasModel);

/** Typed into the input box it would stand above the model. */
function asksTrust(text: readonly string[]): boolean {
  const choice = text.findLastIndex(line => /^› 1\. Trust and continue\s*$/.test(line));
  return choice !== -1 && !text.slice(choice).some(hasModel);
}

/** What is typed where no input box is reaches nobody. */
const notIdle = [
  ...(['starting', 'failed', 'limited', 'exited'] as const),
  ...[...busy, ...asking],
] as const;

/** Said of the turn by the person, or of what they typed. */
const notOfTurn =
  /^■ (Conversation interrupted|No saved chat found|Unrecognized command|Usage: \/|'\/\S+' is disabled while )/;

/** While an answer streams, and it is told not to animate, nothing but the missing line about its time says so. */
function isUnended(above: readonly string[]): boolean {
  const head = above.findLastIndex(line => /^[•■›✔✗⚠] /.test(line));
  const isAnswer = head === -1 ? !above.some(isBanner) : /^[•›] /.test(above[head] ?? '');
  return isAnswer && above.length > 0 && !above.slice(Math.max(0, head)).some(isTime);
}

const isBanner = (line: string) => line.includes('OpenAI Codex');
const isTime = (line: string) => /^ {2}Worked for <?\d/.test(line);

const hasModel = (line: string) => line.includes(' · ') && !line.includes('continue · esc ');

function aboveComposer(above: readonly string[], footer: readonly string[]): Sign {
  const at = above.findLastIndex(line => activity.test(line));
  const details = above.slice(at + 1);
  if (at !== -1 && areDetails(details)) {
    const working = activity.exec(above[at] ?? '')?.[1] ?? '';
    const [isRetrying, attempt] = retry.exec(working) ?? [];
    if (isRetrying === undefined) return sign('working', busy, shortened(working));
    const [, about = ''] = details.join(' ').split(/\s+└ /);
    const why = shortened(about);
    const which = attempt === undefined ? 'waiting for the network' : `attempt ${attempt}`;
    return surely('retrying', `retrying, ${which}: ${why}`);
  }
  const headAt = above.findLastIndex(line => /^[•■›✔✗⚠] /.test(line));
  const head = above[headAt] ?? '';
  if (head.startsWith('■ ') && !notOfTurn.test(head))
    return errorSign(wrapped(above.slice(headAt)).slice(2));
  // Before its session is set up, the line with model and folder is missing.
  const isSetUp = footer.some(hasModel) || head !== '';
  return sign(isSetUp ? 'idle' : null, [...over, ...busy, 'starting'], 'its input box is free');
}

/** Its errors are wrapped at the edge, where nothing else begins but with a sign. */
function wrapped([first = '', ...more]: readonly string[]): string {
  const end = more.findIndex(line => !/^[^\s•■›✔✗⚠─]/.test(line));
  return [first, ...more.slice(0, end === -1 ? undefined : end)].join(' ');
}

/** What Codex tells of its work below that: a line, wrapped on a narrow screen, and after a while a tip. */
const areDetails = ([first, ...more]: readonly string[]): boolean =>
  (first === undefined || /^\s+└ /.test(first)) && more.every(line => /^( {4}| +└ )/.test(line));

function dialogSign(text: readonly string[]): Sign {
  const first = firstDialogs.find(([pattern]) => text.some(line => pattern.test(line)));
  if (first !== undefined) {
    const [, says, kind] = first;
    return surely(kind, says, { question: { id: says, kind, text: says } });
  }
  const asked = askedAbout(text);
  if (asked === null) {
    const asks = text.findLast(line => line.trim().endsWith('?'));
    const says = shortened(asks ?? text.findLast(isNotice) ?? 'a dialog');
    const id = textId(text.join('\n').replaceAll('›', ' '));
    const question = { id, kind: 'question', text: says } as const;
    return sign('question', asking, `a dialog: ${says}`, { question });
  }
  const question = { id: textId(asked), kind: 'permission', text: asked } as const;
  return surely('permission', `a dialog: ${asked}`, { question });
}

/** Printed before it draws, when it waits for Enter: of its store, that it was damaged and is made anew. */
const isNotice = (line: string) => /^Codex [a-z].*\.$/.test(line);

/** Rows that the head of a dialog takes on a narrow screen. */
const headRowsMax = 3;

/** The command or the edits that a permission is asked for, or the head of the dialog; null for another one. */
function askedAbout(text: readonly string[]): string | null {
  const start = text.findLastIndex(line => /^\s*Would you like to /.test(line));
  if (start === -1) return null;
  const rows = text.slice(start, start + headRowsMax).findIndex(line => /\?\s*$/.test(line)) + 1;
  if (rows === 0) return null;
  const below = text.slice(start + rows);
  const options = below.findIndex(line => /^\s*(› )?\d+\. /.test(line));
  const about = below
    .slice(0, options === -1 ? undefined : options)
    .filter(line => !/^[↑↓]$/.test(line));
  // A reason may take several rows; the command stands below it.
  const command = about.findIndex(line => /^\s*\$ /.test(line));
  const told = about
    .slice(Math.max(0, command))
    .filter(line => !/^\s*(Environment|Reason):/.test(line));
  const head = text.slice(start, start + rows).map(line => line.trim());
  return shortened(told.join(' ')).replace(/^\$ /, '') || shortened(head.join(' '));
}
