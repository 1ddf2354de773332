import type { Flaw } from '../../core/receipt/verify/attested.ts';
import { cleanText } from '../../lib/clean-text.ts';
import type { Verification } from './verify-repository.ts';

export type Outcome = 'proven' | 'broken' | 'unproven' | 'nothing';

/** The exit code of `belfry verify`; 2 is a command that was written wrongly, as everywhere. */
export const exitCodes: Readonly<Record<Outcome, number>> = {
  proven: 0,
  broken: 1,
  unproven: 3,
  nothing: 3,
};

export function outcomeOf({ commits, flaws }: Verification): Outcome {
  if (flaws.some(one => one.level === 'broken')) return 'broken';
  if (flaws.some(one => one.level === 'unproven')) return 'unproven';
  return commits.some(one => one.state === 'proven') ? 'proven' : 'nothing';
}

/** Said with every answer: a proof whose edges are not told is believed for too much. */
export const notProven = (rootKey: string): readonly string[] => [
  'that the gate is a good one: its commands ended without an error; what they test is yours to judge',
  'that this machine, or whoever owns the state folder, was honest. The key of a run is in its memory only, but the ' +
    `root key is a file of yours, ${rootKey}, and agents run as you: whoever reads it can write all receipts anew`,
  'that nothing was cut from the end of receipts, journal and trunk together, or all of them written anew: keep the ' +
    'root key’s fingerprint and the newest receipt somewhere else, and give them as --root and --known',
  'that agents are who they say: session and model are what the agent CLI told',
];

/** More is not read on a terminal; `--json` has all. */
const shownMax = 40;

/** The whole answer as text. `rootKey`: where that file is. */
export function verifyText(found: Verification, rootKey: string): string {
  const { file } = found;
  return [
    ...headline(found),
    ...section('Broken', found.flaws, 'broken'),
    ...section('Not proven', found.flaws, 'unproven'),
    ...section('Notes', found.flaws, 'note'),
    ...others(found),
    '',
    file.head === null
      ? 'There is no receipt here yet.'
      : `Receipts: ${count(file.lineCount, 'line')}, ${count(file.keys.size, 'run')}; root key ${file.root ?? 'not there'}; ` +
        `newest receipt ${file.head}.`,
    '',
    'What this does not prove:',
    ...notProven(cleanText(rootKey)).map(one => `  - ${one}.`),
    '',
  ].join('\n');
}

const count = (number: number, word: string) => `${number} ${word}${number === 1 ? '' : 's'}`;

function headline(found: Verification): readonly string[] {
  const of = (state: string) => found.commits.filter(one => one.state === state).length;
  const proven = of('proven');
  const landed = found.commits.length - of('other');
  switch (outcomeOf(found)) {
    case 'proven':
      return [
        `Proven: ${landed === 1 ? 'the one commit' : `each of the ${landed} commits`} that Belfry landed passed the gate before, ` +
          'on exactly the tree that it has.',
        'Receipts, signatures, certificates and logs fit.',
      ];
    case 'nothing':
      return [
        found.commits.length === 0
          ? 'Belfry has landed nothing here yet: there is nothing that could be proved.'
          : 'Nothing is proved: among these commits is none that Belfry landed.',
      ];
    case 'unproven':
      return [
        `Not all is proven, and nothing is broken: ${proven} of ${count(landed, 'commit')} that Belfry landed are proven.`,
      ];
    case 'broken':
      return [
        `NOT PROVEN: something is broken. ${proven} of ${count(landed, 'commit')} that Belfry landed are proven by themselves.`,
      ];
  }
}

function section(title: string, flaws: readonly Flaw[], level: Flaw['level']): readonly string[] {
  const all = flaws.filter(one => one.level === level);
  if (all.length === 0) return [];
  const more = all.length - shownMax;
  return [
    '',
    `${title}:`,
    ...all
      .slice(0, shownMax)
      .flatMap(({ place, reason, remedy }) => [
        `  ${cleanText(`${place}: ${reason}`)}.`,
        ...(remedy === null ? [] : [`      ${remedy}`]),
      ]),
    ...(more > 0 ? [`  … and ${more} more; --json lists them all.`] : []),
  ];
}

/** Nothing is wrong with them, and nothing is said about them. */
function others({ commits, olderCount }: Verification): readonly string[] {
  const all = commits.filter(one => one.state === 'other');
  const more = all.length - shownMax;
  const rows = [
    ...all.slice(0, shownMax).map(({ commit }) => `  ${commit.oid.slice(0, 12)} ${commit.subject}`),
    ...(more > 0 ? [`  … and ${more} more; --json lists them all.`] : []),
    ...(olderCount > 0 ? [`  ${count(olderCount, 'commit')} before the first landing`] : []),
  ];
  return rows.length === 0
    ? []
    : ['', 'Not landed by Belfry, so nothing is said about them:', ...rows];
}
