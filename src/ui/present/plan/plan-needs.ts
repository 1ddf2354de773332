import { draftOf, draftShape } from '../../../core/plan/draft.ts';
import type { State } from '../../../core/state.ts';
import { cleanText } from '../../../lib/clean-text.ts';
import { plural } from '../age.ts';
import type { Seed } from '../facts/need.ts';

/** What waits for the person about plans: tasks that can never be done, a draft, a goal without a plan. */
export const planSeeds = (state: State): readonly Seed[] => [
  ...mistakes(state),
  ...drafts(state),
  ...goals(state),
];

/** An error that the lint found in a task that is on the board all the same: somebody typed it into its file. */
function mistakes({ plan, tasks }: State): Seed[] {
  return Object.values(tasks).flatMap((task): Seed[] => {
    if (task.column !== 'backlog' && task.column !== 'ready') return [];
    const error = plan.findings[task.id]?.find(({ severity }) => severity === 'error');
    if (error === undefined) return [];
    return [
      {
        key: `lint ${task.id}`,
        kind: 'lint',
        task: task.id,
        subject: `${task.id} has a mistake`,
        text: cleanText(`${error.rule}: ${error.reason}. Would pass: ${error.remedy}`),
        answers: [
          ['item.open', 'look'],
          ['task.edit', 'edit'],
        ],
        since: task.addedAt,
      },
    ];
  });
}

/** What agents planned and nobody accepted yet, as one thing to look at. */
function drafts(state: State): Seed[] {
  const draft = draftOf(state);
  if (draft.length === 0) return [];
  const since = Math.min(...draft.map(({ task }) => task.addedAt));
  const { totalMinutes, speedUp, costRatio } = draftShape(state);
  const marks = draft.reduce(
    (sum, { task }) => sum + (state.plan.findings[task.id]?.length ?? 0),
    0,
  );
  const isGrowing = draft.some(
    ({ task }) => task.addedBy !== 'person' && state.agents[task.addedBy]?.status === 'working',
  );
  const isAlone = draft.length === 1;
  const worth = [
    ...(isAlone ? draft.map(({ task }) => `${task.id} ${cleanText(task.title)}`) : []),
    `${totalMinutes} min`,
    ...(isAlone
      ? []
      : [`at most ${speedUp.toFixed(1)}× as fast`, `about ${costRatio.toFixed(1)}× the cost`]),
  ];
  return [
    {
      key: 'plan',
      kind: 'plan',
      subject: `a plan of ${plural(draft.length, 'task')}`,
      text: [
        ...(isGrowing ? ['still being written'] : []),
        ...worth,
        plural(marks, 'lint mark'),
      ].join(', '),
      answers: [
        ['plan.accept', 'accept'],
        ['item.open', 'look'],
        ['plan.sendBack', 'send back'],
      ],
      anywhere: 1,
      since,
    },
  ];
}

/** The architect has something to say instead of a plan. */
function goals({ plan, agents, messages }: State): Seed[] {
  return plan.goals.flatMap(({ agent, message, unanswered, since }): Seed[] => {
    if (unanswered === null || agents[agent] === undefined) return [];
    const goal = cleanText(messages.find(one => one.id === message)?.text ?? message);
    return [
      {
        key: `goal ${message}`,
        kind: 'goal',
        agent,
        subject: `${agent} has no plan`,
        text: `${unanswered}: read what it says · ${goal}`,
        answers: [
          ['item.open', 'look'],
          ['terminal.type', 'answer'],
        ],
        since,
      },
    ];
  });
}
