import { isParked } from '../../core/agent.ts';
import { isSentAnew } from '../../core/mail/is-sent-anew.ts';
import { isStale } from '../../core/mail/is-stale.ts';
import type { Policy } from '../../core/policy.ts';
import type { State } from '../../core/state.ts';
import { cleanText } from '../../lib/clean-text.ts';
import { cutText } from '../../lib/text-width.ts';
import type { Concern } from '../../ports/concern.ts';
import type { TeamFileChange } from '../../ports/team-file.ts';
import { agentOrder } from './agents.ts';
import { concernSeeds } from './facts/concern-needs.ts';
import { type Need, type Seed, subjectColumnsMax } from './facts/need.ts';
import { teamFileSeeds } from './facts/team-file-need.ts';
import { planSeeds } from './plan/plan-needs.ts';
import { budgetSeeds } from './usage/budget-needs.ts';

const need = (seed: Seed): Need => ({
  agent: null,
  task: null,
  question: null,
  message: null,
  concern: null,
  anywhere: 0,
  ...seed,
});

/** What waits for the person beside the team's own state. */
export type Beside = {
  readonly teamFile: TeamFileChange | null;
  readonly concerns: readonly Concern[];
};
const nothing: Beside = { teamFile: null, concerns: [] };

/** Nothing is held up by these: they go when the person has noted them. */
export const canBeNoted: ReadonlySet<Need['kind']> = new Set(['update', 'receipts', 'unsaved']);

/** Everything that waits for the person, what holds up most first. */
export function needsYou(
  state: State,
  policy: Policy,
  { teamFile, concerns }: Beside = nothing,
): readonly Need[] {
  const outside = concernSeeds(concerns);
  return [
    ...redTrunk(state),
    ...outside.filter(({ kind }) => !canBeNoted.has(kind)).map(need),
    ...questions(state),
    ...budgetSeeds(state, policy).map(need),
    ...escalations(state),
    ...reviews(state),
    ...planSeeds(state).map(need),
    ...exits(state),
    ...outages(state),
    ...undelivered(state),
    ...teamFileSeeds(teamFile).map(need),
    ...outside.filter(({ kind }) => canBeNoted.has(kind)).map(need),
    ...behind(state),
  ];
}

/** A long name of a branch leaves the news its place. */
const ofTrunk = ({ name }: State['trunk'], news: string): string =>
  `${cutText(cleanText(name), subjectColumnsMax - news.length - 1)} ${news}`;

function redTrunk({ trunk }: State): Need[] {
  if (trunk.gate !== 'red') return [];
  const excerpt = lastLine(trunk.redExcerpt ?? '');
  return [
    need({
      key: 'trunk',
      kind: 'trunk',
      subject: ofTrunk(trunk, 'is red'),
      text: `nothing lands until it is mended${excerpt ? `: ${excerpt}` : ''}`,
      answers: [['task.retry', 'check again']],
      since: trunk.gateSince,
    }),
  ];
}

function questions(state: State): Need[] {
  return agentOrder(state.agents).flatMap(({ id, task, question }) => {
    if (!question) return [];
    const isPermission = question.kind === 'permission';
    return need({
      key: `question ${question.id}`,
      kind: 'question',
      agent: id,
      task,
      question: question.id,
      subject: isPermission ? `${id} asks permission` : `${id} asks`,
      text: cleanText(question.text),
      answers: isPermission
        ? [
            ['question.yes', 'yes'],
            ['question.no', 'no'],
            ['item.open', 'look'],
          ]
        : [
            ['item.open', 'look'],
            ['terminal.type', 'answer'],
          ],
      anywhere: isPermission ? 2 : 0,
      since: question.since,
    });
  });
}

function escalations(state: State): Need[] {
  return Object.values(state.tasks).flatMap(task => {
    if (task.escalation?.to !== 'person') return [];
    return need({
      key: `escalation ${task.id}`,
      kind: 'escalation',
      agent: task.assignee,
      task: task.id,
      subject: `${task.id} escalated`,
      text: `${cleanText(task.escalation.why)} · ${cleanText(task.title)}`,
      answers: [
        ['message.say', 'guide'],
        ['task.reassign', 'reassign'],
        ['task.retry', 'retry'],
        ['task.split', 'split'],
        ['needs.drop', 'drop'],
      ],
      since: task.escalation.since,
    });
  });
}

function reviews(state: State): Need[] {
  return Object.values(state.tasks).flatMap(task => {
    if (task.gateStep !== 'review') return [];
    const risks = task.risks.map(cleanText).join(', ');
    return need({
      key: `review ${task.id}`,
      kind: 'review',
      agent: task.assignee,
      task: task.id,
      subject: `${task.id} is green`,
      text: risks ? `look before it lands: ${risks}` : 'waits for you to land it',
      answers: [
        ['task.approve', 'land'],
        ['view.diff', 'diff'],
        ['message.say', 'send back'],
        ['task.reassign', 'reassign'],
      ],
      anywhere: 1,
      since: task.since,
    });
  });
}

/** Stopped or paused on purpose is no need, whatever became of its program; given up is. */
function exits(state: State): Need[] {
  return agentOrder(state.agents).flatMap(agent => {
    const isOnPurpose = (agent.stopped && agent.givenUp == null) || agent.paused;
    if (agent.status !== 'exited' || isOnPurpose) return [];
    if (agent.restartAt !== null) return [];
    return need({
      key: `exited ${agent.id}`,
      kind: 'exited',
      agent: agent.id,
      task: agent.task,
      subject: `${agent.id} exited`,
      text: cleanText(agent.statusReason) || 'and is not restarted any more',
      answers: [
        ['item.open', 'look'],
        ['needs.drop', 'start'],
      ],
      since: agent.since,
    });
  });
}

/** A turn that its provider ended, and that waiting does not mend. */
function outages(state: State): Need[] {
  return agentOrder(state.agents).flatMap(agent => {
    if (!isParked(agent.status) || agent.stopped || agent.deadline !== null) return [];
    return need({
      key: `outage ${agent.id}`,
      kind: 'outage',
      agent: agent.id,
      task: agent.task,
      subject: `${agent.id} cannot go on`,
      text: cleanText(agent.statusReason),
      answers: [
        ['item.open', 'look'],
        ['terminal.type', 'type'],
      ],
      since: agent.since,
    });
  });
}

function undelivered(state: State): Need[] {
  return state.messages.flatMap(message => {
    // What it was about may be over, or it is under way again: then nobody misses it.
    if (message.delivery !== 'undelivered' || isStale(state, message)) return [];
    if (isSentAnew(state, message)) return [];
    return need({
      key: `message ${message.id}`,
      kind: 'message',
      message: message.id,
      agent: message.to,
      task: message.task,
      subject: `${message.id} not delivered`,
      text: `${message.kind} to ${message.to}: ${cleanText(message.text) || (message.task ?? '')}`,
      answers: [
        ['item.open', 'look'],
        ['message.say', 'write again'],
      ],
      since: message.sentAt,
    });
  });
}

function behind({ trunk }: State): Need[] {
  if (trunk.behindWhy === null) return [];
  // Where the branch is gone nobody can count, and what landed is all the more out of sight.
  const how = trunk.behind === 0 ? 'does not follow' : `is ${trunk.behind} behind`;
  return [
    need({
      key: 'behind',
      kind: 'behind',
      subject: ofTrunk(trunk, how),
      text: cleanText(trunk.behindWhy),
      answers: [['item.open', 'read']],
      since: trunk.behindSince,
    }),
  ];
}

const lastLine = (text: string): string => {
  const rows = text.split('\n').map(cleanText);
  return rows.findLast(row => row.trim() !== '')?.trim() ?? '';
};

export const chosenNeed = (needs: readonly Need[], wish: string | null): Need | null =>
  needs.find(one => one.key === wish) ?? needs[0] ?? null;
