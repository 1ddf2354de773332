import type { Figure } from '../../../core/numbers/figure.ts';
import type { MemberFigures } from '../../../core/numbers/members.ts';
import { numbersSoFar } from '../../../core/numbers/numbers.ts';
import { cleanText } from '../../../lib/clean-text.ts';
import { rememberLast } from '../../../lib/remember-last.ts';
import { plural } from '../age.ts';
import { emptyLine, type Line, line, span } from '../line.ts';
import { durationWords, figureWords, howWords } from '../numbers/figure-words.ts';
import { costMeasured, lostWords, tokensMeasured } from '../numbers/spent-words.ts';
import type { Picture } from '../picture.ts';
import { wrapText } from '../wrap.ts';

type Moment = Pick<Picture, 'state' | 'now'>;

/** A frame asks several times. */
const numbersAt = rememberLast(({ state, now }: Moment) => numbersSoFar(state, now));

/** What `belfry report` prints, of everything so far. */
export function numbersLines(picture: Moment, width: number): Line[] {
  const { week, outcomes, members } = numbersAt(picture);
  return [
    ...figureLines(week, width),
    emptyLine,
    line(' What came of it', 'title'),
    ...figureLines(outcomes, width),
    emptyLine,
    line(' By agent', 'title'),
    ...members.flatMap(one => memberLines(one, width)),
  ];
}

const nameColumns = 30;
const valueColumns = 14;
/** Narrower panels have how it was measured below the value. */
const howColumnsMin = 40;

function figureLines(figures: readonly Figure[], width: number): Line[] {
  return figures.flatMap((one): Line[] => {
    const head = [
      span(` ${one.name.padEnd(nameColumns)}`),
      span(figureWords(one).padEnd(valueColumns), one.value === null ? 'quiet' : 'strong'),
    ];
    const before = 1 + nameColumns + valueColumns + 1;
    const isBeside = width - before >= howColumnsMin;
    const rows = wrapText(howWords(one), isBeside ? width - before - 1 : width - 4);
    if (!isBeside) return [head, ...rows.map(row => line(`   ${row}`, 'quiet'))];
    return rows.map(
      (row, at): Line =>
        at === 0
          ? [...head, span(` ${row}`, 'quiet')]
          : [span(' '.repeat(before)), span(row, 'quiet')],
    );
  });
}

const agentColumns = 11;

/** Roles that land nothing have their usage alone. */
function memberLines({ agent, role, cli, lost, ...one }: MemberFigures, width: number): Line[] {
  const isEngineer = role === null || role === 'engineer';
  const used =
    one.used.tokens === null && one.used.costUsd === null
      ? ['tokens and cost not measured']
      : [`tokens ${tokensMeasured(one.used)}`, `cost ${costMeasured(one.used)}`];
  const work = [
    plural(one.attempts, 'attempt'),
    `${one.landed} landed`,
    `${one.givenBack} given back`,
    `${durationWords(one.ms)} at work`,
  ];
  const words = [
    cli === null ? 'has left' : cleanText(cli),
    ...(isEngineer ? work : []),
    ...used,
    ...(lost === null ? [] : [`without outcome: ${lostWords(lost)}`]),
  ].join(' · ');
  const before = 1 + agentColumns;
  return wrapText(words, Math.max(1, width - before)).map((row, at) => [
    span(` ${at === 0 ? agent.padEnd(agentColumns) : ' '.repeat(agentColumns)}`),
    span(row, 'quiet'),
  ]);
}
