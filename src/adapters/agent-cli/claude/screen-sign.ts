import type { Sign } from '../../../ports/agent-cli.ts';
import { shortened } from '../screen-lines.ts';
import { asking, busy, over, sign, surely } from '../signs.ts';
import { textId } from '../weigh-signs.ts';
import { errorSign } from './error-sign.ts';
import { findComposer } from './find-composer.ts';
import { knownDialog } from './known-dialogs.ts';

/** The line under a dialog that tells its keys. */
const dialogKeys =
  /^\s*(Esc to cancel|Enter to (confirm|select|submit|continue|stay)|Press Enter to continue|↑\/↓ to|ctrl\+g to\b)/;
const spinner = /^[·✢✳✶✻✽✦✧*+] \S.*…/;
const retry = /^\S (.*?) · [Rr]etrying in .*attempt (\d+\/\d+)/;
/** What the input box offers after a failed turn (2.1.330). */
const failedOffer = /^(Once fixed, resend your message|Resend your message to try again)/;
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
  const error = errorSign(message);
  if (failedOffer.test(composer.text))
    return (
      errorSign(lastNote(above)) ??
      error ??
      surely('failed', shortened(message) || 'its turn failed')
    );
  if (error !== null) return { ...error, allows: [...error.allows, 'idle'] };
  return sign('idle', [...over, ...busy, 'starting'], 'its input box is free');
}

function withoutComposer(lines: readonly string[]): Sign | null {
  const text = lines.filter(line => line.trim() !== '');
  const dialog = text.slice(dialogStart(text));
  const known = knownDialog(dialog);
  if (known !== null) return known;
  if (!text.slice(-keyRowsMax).some(line => dialogKeys.test(line)) && !endsInMenu(text))
    return null;
  const asked = askedAbout(dialog);
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

/** Rows that the keys of a dialog take, with the path that some name beside them. */
const keyRowsMax = 3;

/** Some dialogs name no keys: under a rule they end in their answers. */
function endsInMenu(text: readonly string[]): boolean {
  const pointer = text.findLastIndex(line => /^\s+❯ \d+\. /.test(line));
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
  return start === -1 || rows === 0 ? null : dialog.slice(0, start + rows).filter(isAbout);
}

/** A dialog begins under a rule. Rules inside of it stand below its first answers. */
function dialogStart(text: readonly string[]): number {
  const pointer = text.findLastIndex(line => /^(\s+❯ |❯ \d+\. )/.test(line));
  const above = pointer === -1 ? text : text.slice(0, pointer);
  return above.findLastIndex(line => /^─/.test(line)) + 1;
}

const isAbout = (line: string) => !/^\s*(Tip:|[─╌]+$)/.test(line);

/** The line with the spinner, between the newest message and the input box; null when no turn runs. */
function activityLine(above: readonly string[]): string | null {
  for (const line of [...above].reverse()) {
    if (/^[●❯⏺]/.test(line)) return null;
    if (spinner.test(line) || retry.test(line)) return line;
  }
  return null;
}

/** The newest line under a message: a result of its tools, or what ended its turn. */
function lastNote(above: readonly string[]): string {
  return noteText(above.findLast(isNote) ?? '');
}

const isNote = (line: string) => /^ {2}⎿/.test(line);
const noteText = (line: string) => line.replace(/^ {2}⎿\s*/, '').trim();

/** The first line of the newest message, or of what Claude Code wrote under the newest prompt. */
function lastMessage(above: readonly string[]): string {
  const at = above.findLastIndex(line => /^[●❯⏺]/.test(line));
  const head = above[at] ?? '';
  if (head !== '' && !head.startsWith('❯')) return head.slice(1).trim();
  const below = above.slice(at + 1).find(isNote);
  return below === undefined ? '' : noteText(below);
}
