import type { Sign } from '../../../ports/agent-cli.ts';
import { shortened } from '../screen-lines.ts';
import { asking, busy, over, sign, surely } from '../signs.ts';
import { textId } from '../weigh-signs.ts';
import { errorSign } from './error-sign.ts';
import { findComposer } from './find-composer.ts';
import { knownDialog } from './known-dialogs.ts';
import { activityLine, endedWell, lastMessage, lastNote, retry } from './last-words.ts';

/** The line under a dialog that tells its keys. */
const dialogKeys =
  /^\s*(Esc to cancel|Enter to (confirm|select|submit|continue|stay)|Press Enter to continue|↑\/↓ to|ctrl\+g to\b)|(^|· )Esc(\/\w+)* to( (cancel|close|clear|exit|go back))?\s*(·|$)/;
/** What the input box offers after a failed turn (2.1.330). */
const failedOffer =
  /^(Once fixed, resend your message|Resend your message to try again|Run \/rewind to go back)/;
const ended = /^claude --resume \S/;

/**
 * What Claude Code's screen says, by its regions: the input box between two rules at the bottom, or a dialog
 * in its place. Text that the model wrote stands above both and is never taken for either.
 */
export function screenSign(lines: readonly string[]): Sign | null {
  const last = lines.findLast(line => line.trim() !== '') ?? '';
  if (ended.test(last)) return surely('exited', last.trim());
  const composer = findComposer(lines);
  if (composer === null) return withoutComposer(lines);
  const above = lines.slice(0, composer.top);
  const activity = activityLine(above);
  const retrying = retry.exec(activity ?? '');
  if (retrying !== null)
    return surely('retrying', `retrying, attempt ${retrying[2]}: ${shortened(retrying[1] ?? '')}`);
  if (activity !== null) return sign('working', busy, shortened(activity));
  const message = lastMessage(above);
  const error = errorSign(message.text, message);
  if (failedOffer.test(composer.text) && message.text !== '')
    return (
      errorSign(lastNote(above)) ??
      errorSign(message.text) ??
      surely('failed', shortened(message.text))
    );
  if (error !== null && !endedWell(above)) return { ...error, allows: [...error.allows, 'idle'] };
  return sign('idle', [...over, ...busy, 'starting'], 'its input box is free');
}

/** What is typed where no input box is reaches nobody. */
const notIdle = [
  ...(['starting', 'failed', 'limited', 'exited'] as const),
  ...[...busy, ...asking],
] as const;

/** ctrl+o shows all that was said in place of the input box. */
const transcript = /^\s*(working · )?Showing detailed transcript\b/;

const transcriptSign = (line: string): Sign =>
  /^\s*working/.test(line)
    ? sign('working', busy, 'working, under its transcript')
    : sign(null, notIdle, 'its transcript stands over its input box');

function withoutComposer(lines: readonly string[]): Sign | null {
  const text = lines.filter(line => line.trim() !== '');
  const dialog = text.slice(dialogStart(text));
  const known = isOpenedByCommand(text, dialog) ? null : knownDialog(dialog);
  if (known !== null) return known;
  const last = text.at(-1) ?? '';
  if (transcript.test(last)) return transcriptSign(last);
  if (!text.slice(-keyRowsMax).some(line => dialogKeys.test(line)) && !endsInMenu(text))
    return text.length === 0 ? null : sign(null, notIdle, 'there is no input box');
  if (isLimitMenu(dialog))
    return (
      errorSign(lastNote(text.slice(0, -dialog.length))) ??
      surely('limited', 'its limit is reached')
    );
  const isOwn = text.slice(-keyRowsMax).some(line => ownQuestion.test(line));
  const asked = isOwn ? null : askedAbout(dialog);
  if (asked !== null) {
    const said = shortened(asked.map(line => line.replace(/^\s*│ ?/, '').trim()).join(' · '));
    const question = { id: textId(said), kind: 'permission', text: said } as const;
    return surely('permission', `a dialog: ${said}`, { question });
  }
  const said = shortened(dialog.find(line => line.trim().endsWith('?')) ?? dialog[0] ?? 'a dialog');
  // The pointer moves while the question stays.
  const id = textId(dialog.join('\n').replaceAll('❯', ' '));
  const question = { id, kind: 'question', text: said } as const;
  return sign('question', asking, `a dialog: ${said}`, { question });
}

/** Whether the menu that comes with a limit of the subscription stands over the input box. */
export const hasLimitMenu = (lines: readonly string[]): boolean =>
  findComposer(lines) === null && isLimitMenu(lines);

/** Whatever is chosen there, the limit is one. */
const isLimitMenu = (dialog: readonly string[]): boolean =>
  dialog.some(line => /^\s*What do you want to do\?$/.test(line)) &&
  dialog.some(line => /^\s*(❯ )?\d\. Stop( and wait for limit to reset)?$/.test(line));

/** The keys of a question of the model's own, and the page that ends several; its words can be those of a permission. */
const ownQuestion = /^(Enter to select · |(❯ | {2})\d\. Submit answers$)/;

/** What the person opens themselves, `❯ /theme`, is no dialog of the first start. */
const isOpenedByCommand = (text: readonly string[], dialog: readonly string[]): boolean =>
  /^❯ \/\w/.test(text.at(-dialog.length - 2) ?? '');

/** Rows that the keys of a dialog take, with the path that some name beside them. */
const keyRowsMax = 3;

/** Some dialogs name no keys: under a rule they end in their answers. */
function endsInMenu(text: readonly string[]): boolean {
  const pointer = text.findLastIndex(line =>
    /^(\s+❯ \d+\. |❯ \d\. (Submit answers|Cancel)$)/.test(line),
  );
  const isBelowRule = text.slice(0, Math.max(0, pointer)).some(line => /^─/.test(line));
  return isBelowRule && text.slice(pointer + 1).every(line => /^\s{2}/.test(line));
}

/** Rows that the question of a dialog takes on a narrow screen. */
const questionRowsMax = 3;
const permissionHead =
  /^\s*(Do you want to |Would you like to |Claude has written up a plan|Exit plan mode\?)/;

/** The rows of a dialog that asks permission, down to its question; null for another one. */
function askedAbout(dialog: readonly string[]): readonly string[] | null {
  const start = dialog.findLastIndex(line => permissionHead.test(line));
  const rows =
    dialog.slice(start, start + questionRowsMax).findIndex(line => /\?\s*$/.test(line)) + 1;
  return start === -1 || rows === 0
    ? null
    : withoutTip(dialog.slice(0, start + rows)).filter(isAbout);
}

/** Above the command, which stands between two dashed rules, a tip may take several rows. */
function withoutTip(rows: readonly string[]): readonly string[] {
  const start = rows.findIndex(line => /^\s*Tip: /.test(line));
  const head = rows.slice(0, Math.max(0, rows.findIndex(isDashed)));
  const end = head.slice(start).findIndex(line => /\bbelow\s*$/.test(line));
  if (start === -1 || end === -1) return rows;
  return [...rows.slice(0, start), ...rows.slice(start + end + 1)];
}

const isDashed = (line: string): boolean => /^\s*╌+$/.test(line);

/** A dialog begins under a rule. Rules inside of it stand below its first answers. */
function dialogStart(text: readonly string[]): number {
  const pointer = text.findLastIndex(line => /^(\s+❯ |❯ \d+\. )/.test(line));
  const above = pointer === -1 ? text : text.slice(0, pointer);
  return above.findLastIndex(line => /^─/.test(line)) + 1;
}

const isAbout = (line: string) => !/^\s*(Tip:|[─╌]+$)/.test(line);
