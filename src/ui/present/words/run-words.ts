import { dollars, tokenCount } from '../usage/usage-words.ts';
import { type Sentences, whoOf, words } from './sentence.ts';

type RunType =
  | `run.${'started' | 'ended'}`
  | `team.${'paused' | 'resumed'}`
  | `budget.${'crossed' | 'settled'}`
  | `message.${'sent' | 'pressed' | 'typed' | 'entered' | 'untyped' | 'delivered' | 'failed'}`
  | `trunk.${'moved' | 'checked'}`
  | 'clock.jumped'
  | 'person.acted'
  | 'files.broken'
  | 'checkout.followed';

/** The run, the person's own branch, and who is told what. */
export const runWords: Sentences<RunType> = {
  'run.started': ({ trunk }) => words(`started on ${trunk}`, 'quiet'),
  'run.ended': () => words('ended', 'quiet'),
  'team.paused': () => words('team paused', 'warn'),
  'team.resumed': () => words('team resumed'),
  'clock.jumped': ({ gapMs }) =>
    words(`the machine slept ${Math.round(gapMs / 60_000)} min; deadlines moved`, 'quiet'),
  'person.acted': () => words('you were at the page', 'quiet'),
  'budget.crossed': ({ task, overspent: { kind, spent, limit } }) => {
    const used =
      kind === 'dollars'
        ? `${dollars(spent)} of ${dollars(limit)}`
        : `${tokenCount(spent)} of ${tokenCount(limit)} tokens`;
    return words(`${task ?? 'the run'} is over budget: ${used} used`, 'warn');
  },
  'budget.settled': ({ task, answer }) => {
    const what = answer === 'raise' ? 'goes on beyond its budget' : 'stopped at its budget';
    return words(`${task ?? 'the run'}: ${what}`);
  },
  'files.broken': ({ files }) =>
    files.length === 0
      ? words('every task file can be read again')
      : words(`broken: ${files.map(one => `${one.file} (${one.reason})`).join(', ')}`, 'warn'),
  'message.sent': ({ kind, from, to, task, text, again }) =>
    again !== undefined
      ? words(`${to}, in a fresh session, is told ${again} again`)
      : kind === 'note' || kind === 'goal'
        ? words(`${whoOf(from)} to ${to}: ${text}`)
        : words(`${to} is sent the ${kind}${task === null ? '' : ` of ${task}`}`, 'quiet'),
  'message.pressed': ({ id }) => words(`${id} is urgent: the turn is interrupted for it`, 'quiet'),
  'message.typed': ({ id }) => words(`${id} was typed`, 'quiet'),
  'message.entered': ({ id }) => words(`${id} stands in the terminal`, 'quiet'),
  'message.untyped': ({ id, why }) => words(`${id} could not be typed: ${why}`, 'warn'),
  'message.delivered': ({ id }) => words(`${id} was read`, 'quiet'),
  'message.failed': ({ id, why }) => words(`${id} not delivered: ${why}`, 'warn'),
  'trunk.moved': ({ by, head }) =>
    by === 'outside'
      ? words('trunk moved by somebody else')
      : words(`trunk is at ${head.slice(0, 7)}`, 'quiet'),
  'trunk.checked': ({ green }) =>
    green ? words('trunk is green', 'good') : words('trunk is red: nothing lands', 'bad'),
  'checkout.followed': ({ behind, why }) =>
    why === null
      ? words('your branch is at the trunk', 'quiet')
      : words(
          `your branch ${behind === 0 ? 'does not follow' : `is ${behind} behind`}: ${why}`,
          'warn',
        ),
};
