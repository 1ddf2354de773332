import { remember } from '../../../lib/remember.ts';
import { duplicateLikeness, relatedLikeness } from '../../limits.ts';
import { nameOf, type PlanTask, type Rule } from '../plan.ts';
import { likeness, wordsOf } from '../words.ts';

/** Titles with fewer words say too little to be compared alone. */
const titleWordsMin = 3;

/** The same work must not be done twice, and not again after it has landed. */
export const duplicate: Rule = () => (subject, others) => {
  const ours = readingOf(subject);
  const related = others
    .map(other => ({ other, alike: likenessOf(ours, readingOf(other)) }))
    .filter(({ alike }) => alike >= relatedLikeness)
    .sort((one, two) => two.alike - one.alike);
  const [closest, ...more] = related;
  if (closest === undefined) return [];
  const { other, alike } = closest;
  const name = nameOf(other);
  const state = other.standing === 'landed' ? 'which has landed' : 'which is on the board';
  // One of a series is like all the others: the closest one says it, and nobody reads the rest.
  const rest = more.length === 0 ? '' : `; ${more.length} more are alike, too`;
  return [
    {
      severity: alike >= duplicateLikeness ? 'error' : 'warning',
      other: other.id,
      reason: `it says ${Math.round(alike * 100)} % of what ${name} (“${other.title}”) says, ${state}${rest}`,
      remedy: `leave it out, or say in its title what ${name} does not do`,
    },
  ];
};

type Reading = { readonly title: ReadonlySet<string>; readonly all: ReadonlySet<string> };

/** A text says the same whatever the plan is, so every plan may share it. */
const readingOf = remember(
  (task: PlanTask): Reading => ({
    title: wordsOf(task.title),
    all: wordsOf(`${task.title}\n${task.body}`),
  }),
);

function likenessOf(one: Reading, other: Reading): number {
  const isTelling = Math.min(one.title.size, other.title.size) >= titleWordsMin;
  return Math.max(
    isTelling ? likeness(one.title, other.title, relatedLikeness) : 0,
    likeness(one.all, other.all, relatedLikeness),
  );
}
