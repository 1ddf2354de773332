import { fileWords } from '../../../core/briefing/page-words.ts';
import type { EventType } from '../../../core/event.ts';
import { fileCount } from '../../../core/record/recorded-files.ts';
import { cleanBlock } from '../../../lib/clean-text.ts';
import { plural } from '../age.ts';
import { type Sentences, words } from './sentence.ts';

type AttemptType = Extract<
  EventType,
  | `attempt.${string}`
  | `candidate.${string}`
  | `gate.${string}`
  | `review.${string}`
  | `landing.${string}`
>;

type Attempted = { readonly task: string; readonly attempt: number };
const nameOf = ({ task, attempt }: Attempted): string => `${task}/${attempt}`;

/** What becomes of an attempt, from its begin to the trunk. */
export const attemptWords: Sentences<AttemptType> = {
  'attempt.started': event => {
    const how = event.isRetry ? 'retries' : 'goes on';
    return words(`${nameOf(event)} ${how}${event.freshSession ? ' in a fresh session' : ''}`);
  },
  'attempt.submitted': event => {
    const how = event.claimed ? 'claims done' : 'is judged by its commits';
    const said = cleanBlock(event.summary)
      .split('\n')
      .map(row => row.trim());
    return words(`${nameOf(event)} ${how}: ${said.filter(row => row !== '').join(' · ')}`);
  },
  'attempt.failed': event => {
    if (event.reason === 'gate') return words(`gate caught ${nameOf(event)}`, 'bad');
    const why = event.reason === 'stalled' ? 'stalled' : 'nothing committed';
    return words(`${nameOf(event)} failed: ${why}`, 'bad');
  },
  'attempt.conflicted': event =>
    words(`${nameOf(event)} conflicts in ${fileWords(event.files, event.filesOmitted)}`, 'warn'),
  'attempt.collided': event => {
    const others = event.others.join(', ') || 'what landed beside it';
    return words(`gate caught ${nameOf(event)} together with ${others}`, 'warn');
  },
  'attempt.sentBack': event => words(`${nameOf(event)} sent back by you: ${event.text}`),
  'attempt.withdrawn': event => words(`${nameOf(event)} withdrawn: ${event.why}`),
  'attempt.handedOver': ({ agent, task, why }) =>
    words(`${agent} hands ${task} to a fresh session: ${why}`, 'warn'),
  'attempt.doubted': event =>
    words(`${event.agent} is idle without a claim: the commits of ${nameOf(event)} are looked at`),
  'attempt.nudged': ({ agent, task }) => words(`${agent} nudged about ${task}`, 'quiet'),
  'candidate.built': event => {
    const { linesAdded, linesRemoved } = event.candidate;
    const size = `${plural(fileCount(event.candidate), 'file')} +${linesAdded} −${linesRemoved}`;
    return words(`merge result of ${nameOf(event)} built: ${size}`, 'quiet');
  },
  'gate.started': event => {
    if (event.subject !== 'candidate')
      return words(`gate runs on the ${event.subject} itself`, 'quiet');
    const again = event.run > 1 ? ` again (run ${event.run})` : '';
    return words(`gate runs on ${nameOf(event)}${again}`, 'quiet');
  },
  'gate.passed': event =>
    words(`${nameOf(event)} green${event.flaky ? ' on the second run: flaky' : ''}`, 'good'),
  'gate.failed': event =>
    words(`${nameOf(event)} red once; checking whether it is its fault`, 'warn'),
  'gate.faulted': event => words(`gate could not run on ${nameOf(event)}: ${event.reason}`, 'warn'),
  'review.requested': ({ task, risks }) =>
    words(`${task} waits for your review: ${risks.join(', ')}`, 'warn'),
  'review.approved': ({ task }) => words(`${task} approved`),
  'landing.started': event => words(`${nameOf(event)} has the landing slot`, 'quiet'),
  'landing.cleared': event => words(`${nameOf(event)} may land`, 'quiet'),
  'landing.restarted': event => words(`${nameOf(event)} built again: ${event.why}`, 'quiet'),
  'landing.abandoned': ({ task, why }) => words(`landing of ${task} given up: ${why}`, 'warn'),
  'landing.finished': ({ task, commit }) =>
    words(`${task} landed as ${commit.slice(0, 7)}`, 'good'),
};
