import { cleanText } from '../../../lib/clean-text.ts';
import type { Concern } from '../../../ports/concern.ts';
import type { LeftFile } from '../../../ports/worktrees.ts';
import { plural } from '../age.ts';
import type { Seed } from './need.ts';

/** What went wrong under the agents' programs, and what helps. */
export const concernSeeds = (concerns: readonly Concern[]): readonly Seed[] =>
  concerns.map(concern => {
    const { key, since } = concern;
    const [first = null, ...others] = concern.agents;
    const agent = others.length === 0 ? first : null;
    return { ...{ key, since, agent, concern: key }, ...wordsOf(concern) };
  });

function wordsOf(concern: Concern): Pick<Seed, 'kind' | 'subject' | 'text' | 'answers'> {
  switch (concern.kind) {
    case 'disk':
      return {
        kind: 'disk',
        subject: concern.freeBytes < megabyte ? 'disk full' : 'disk nearly full',
        text: `make room for ${cleanText(concern.folder)}: ${roomOf(concern.freeBytes)} left for ${concern.holds.join(', ')}; sessions that cannot be written end, and cannot be resumed`,
        answers: [['item.open', 'read']],
      };
    case 'receipts':
      return {
        kind: 'receipts',
        subject: 'no receipts',
        text: `${cleanText(concern.why)}; the team goes on, what is missing is written when that is mended, at the next start at the latest, and “belfry verify” says what is missing`,
        answers: [
          ['item.open', 'read'],
          ['needs.drop', 'noted'],
        ],
      };
    case 'unsaved':
      return {
        kind: 'unsaved',
        subject: `${concern.agents.join()}: work not saved`,
        text: `too large to be saved with the rest: ${filesOf(concern.files)}, left in ${cleanText(concern.folder)}; move what is needed to a place of yours`,
        answers: [
          ['item.open', 'read'],
          ['needs.drop', 'noted'],
        ],
      };
    case 'journal':
      return {
        kind: 'journal',
        subject: 'journal unreadable',
        text: `${cleanText(concern.why)} What is shown is older than that.`,
        answers: [['item.open', 'read']],
      };
    case 'missing':
      return {
        kind: 'program',
        subject: `${concern.cli} is gone`,
        text: `install it again: “${cleanText(concern.program)}” is not on the PATH any more; what runs goes on, nothing new of it starts`,
        answers: [['item.open', 'read']],
      };
    case 'updated':
      return {
        kind: 'update',
        subject: `${concern.cli} was updated`,
        text: `${versionsOf(concern)}: ${plural(concern.agents.length, 'agent')} still ${
          concern.agents.length === 1 ? 'runs' : 'run'
        } the old one, the next start takes the new${
          concern.wasSeen === false
            ? ', which Belfry was not seen at work with: “belfry doctor” tells more'
            : ''
        }`,
        answers: [
          ['item.open', 'read'],
          ['needs.drop', 'noted'],
        ],
      };
  }
}

const versionsOf = ({ from, to }: Extract<Concern, { kind: 'updated' }>): string =>
  from === null || to === null
    ? `another program is installed${to === null ? '' : `, ${cleanText(to)}`}`
    : `${cleanText(from)} → ${cleanText(to)}`;

/** The largest of them, as many as are read in one line. */
function filesOf(files: readonly LeftFile[]): string {
  const named = files.slice(0, 3).map(({ path, bytes }) => `${cleanText(path)} (${sizeOf(bytes)})`);
  const more = files.length - named.length;
  return [...named, ...(more > 0 ? [`${plural(more, 'file')} more`] : [])].join(', ');
}

const sizeOf = (bytes: number): string =>
  bytes < 1_000 * megabyte
    ? `${Math.ceil(bytes / megabyte)} MB`
    : `${(bytes / (1_000 * megabyte)).toFixed(1)} GB`;

const megabyte = 1_000_000;
const roomOf = (bytes: number): string =>
  bytes < megabyte ? 'nothing' : `${Math.floor(bytes / megabyte)} MB`;
