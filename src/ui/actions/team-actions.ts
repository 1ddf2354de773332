import { type Agent, isDown, type Question } from '../../core/agent.ts';
import type { AgentId } from '../../core/ids.ts';
import type { Command } from '../../core/input.ts';
import { cleanText } from '../../lib/clean-text.ts';
import { keyFor, keyWord } from '../keymap/keymap.ts';
import type { Intent } from '../model/model.ts';
import { isReadWhole } from '../present/panels/need-row.ts';
import { type Action, ask, change, refused, type Situation } from './action.ts';

export const noAgent = 'no agent is selected: press 1 and choose one';

const pauseCommand = (agent: Agent): Command => ({
  type: agent.paused ? 'agent.resume' : 'agent.pause',
  agent: agent.id,
});

const stopCommand = (agent: Agent): Command => ({
  type: isDown(agent) ? 'agent.start' : 'agent.stop',
  agent: agent.id,
});

const teamCommand = ({ state }: Situation): Command => ({
  type: state.teamPaused ? 'team.resume' : 'team.pause',
});

export const freshMark = 'this has just come up: look, then press again';

/** The permission question meant by a key: that of the selected agent, else the marked one. */
function questionOf({ agent, markedNeed, state }: Situation) {
  if (agent?.question?.kind === 'permission')
    return { agent, id: agent.question.id, isNeed: false };
  const asking = markedNeed?.agent ? state.agents[markedNeed.agent] : undefined;
  const isMeant = asking?.question?.kind === 'permission' && markedNeed?.question !== null;
  return isMeant ? { agent: asking, id: markedNeed?.question ?? '', isNeed: true } : null;
}

/** Nobody says yes to a command of which the page shows the beginning alone. */
function isSeenWhole(situation: Situation, asking: AgentId, question: Question): boolean {
  const { ui, shownAgent, hasTerminal, columns, needsRoom } = situation;
  const isShown = shownAgent?.id === asking && hasTerminal && columns > 0;
  if (isShown && ui.view === 'terminal' && ui.scroll === 0) return true;
  return isReadWhole(situation, `question ${question.id}`, needsRoom);
}

function answer(wish: 'yes' | 'no'): Action {
  const commandOf = (situation: Situation): Command | null => {
    const question = questionOf(situation);
    if (!question) return budgetCommand(situation, wish);
    return { type: 'agent.answer', agent: question.agent.id, question: question.id, answer: wish };
  };
  return {
    title: `answer ${wish}: to a permission question, or whether to go on over budget`,
    unavailable: situation => {
      const question = questionOf(situation);
      const isMarkMeant = question ? question.isNeed : situation.markedNeed?.kind === 'budget';
      if (situation.isMarkFresh && isMarkMeant) return freshMark;
      return refused(situation, commandOf(situation), 'nobody asks for permission here');
    },
    run: situation => {
      const command = commandOf(situation);
      if (command?.type === 'budget.answer')
        return [{ kind: 'command', command, done: budgetDone(command) }];
      if (command?.type !== 'agent.answer') return [];
      const { agent: asking } = command;
      const given: Intent = { kind: 'command', command, done: `answered ${wish} to ${asking}` };
      const question = situation.state.agents[asking]?.question;
      if (wish === 'no' || !question || isSeenWhole(situation, asking, question)) return [given];
      return [ask(`Yes to ${asking}?`, [cleanText(question.text)], [given])];
    },
  };
}

type BudgetAnswer = Extract<Command, { type: 'budget.answer' }>;

const budgetCommand = ({ markedNeed }: Situation, wish: 'yes' | 'no'): BudgetAnswer | null =>
  markedNeed?.kind === 'budget'
    ? { type: 'budget.answer', task: markedNeed.task, answer: wish === 'yes' ? 'raise' : 'stop' }
    : null;

function budgetDone({ task, answer: given }: BudgetAnswer): string {
  if (given === 'raise') return `${task ?? 'the run'} goes on`;
  return task === null ? 'the team stays paused' : `${task} is back in the backlog`;
}

export const teamActions = {
  'agent.pause': {
    title: 'pause the agent, or let it go on',
    unavailable: situation =>
      refused(situation, situation.agent && pauseCommand(situation.agent), noAgent),
    run: ({ agent }) => {
      if (!agent) return [];
      const done = `${agent.id} ${agent.paused ? 'goes on' : 'is paused'}`;
      return [{ kind: 'command', command: pauseCommand(agent), done }];
    },
  },
  'team.pause': {
    title: 'pause the whole team, or let it go on',
    unavailable: situation => refused(situation, teamCommand(situation), ''),
    run: situation => [
      {
        kind: 'command',
        command: teamCommand(situation),
        done: situation.state.teamPaused
          ? 'the team goes on'
          : 'the team is paused: nothing is given out, delivered or landed',
      },
    ],
  },
  'agent.stop': {
    title: 'stop the agent, or start it again',
    unavailable: situation =>
      refused(situation, situation.agent && stopCommand(situation.agent), noAgent),
    run: ({ agent }) => {
      if (!agent) return [];
      const command = stopCommand(agent);
      if (isDown(agent)) return [{ kind: 'command', command, done: `${agent.id} starts again` }];
      const work = agent.task ? `Its work on ${agent.task} is saved first.` : 'It holds no task.';
      return [
        ask(
          `Stop ${agent.id}?`,
          [`Its program and everything it started ends. ${work}`],
          [{ kind: 'command', command, done: `${agent.id} is stopped; x starts it again` }],
        ),
      ];
    },
  },
  'question.yes': answer('yes'),
  'question.no': answer('no'),
  'agent.shell': {
    title: 'open a shell in the agent’s worktree',
    unavailable: ({ agent }) => (agent ? null : noAgent),
    run: ({ agent }) => (agent ? [{ kind: 'openShell', agent: agent.id }] : []),
  },
  'terminal.type': {
    title: 'type to the agent: every key goes to its terminal until the leave key',
    unavailable: situation => {
      const agent = typingTarget(situation);
      if (!agent) return noAgent;
      const key = keyWord(keyFor(situation.keymap, 'agent.stop', 'team') ?? '');
      if (agent.status === 'exited') return `${agent.id} is not running; ${key} starts it again`;
      const isShown = agent.id === situation.shownAgent?.id;
      return isShown && !situation.hasTerminal ? `${agent.id} has no terminal yet` : null;
    },
    run: situation => {
      const agent = typingTarget(situation);
      return agent ? [change({ type: 'type', to: agent.id })] : [];
    },
  },
} as const satisfies Record<string, Action>;

/** Where a task is selected that nobody holds there is nobody to type to. */
const typingTarget = (situation: Situation): Agent | null => situation.agent;
