import { assertNever } from '../../lib/assert.ts';
import type { Command } from '../input.ts';
import type { Task } from '../task.ts';
import { sendBack } from './attempts.ts';
import { move } from './board.ts';
import { resumeAgent, settle } from './budgets.ts';
import { escalate, passToPerson } from './escalations.ts';
import type { Facts } from './facts.ts';
import { acceptPlan, sendPlanBack } from './plan.ts';
import { refusal, wasSent } from './refusals.ts';
import { withdrawFrom } from './run.ts';
import { askForSplit, endSplit, forgetParts } from './splits.ts';

/** What a person or an agent asks for. What is refused changes nothing. */
export function takeCommand(facts: Facts, input: Exclude<Command, { type: 'run.end' }>): void {
  if (refusal(facts.state, input) !== null) return;
  switch (input.type) {
    case 'team.pause':
      return facts.emit({ type: 'team.paused' });
    case 'team.resume':
      // Going on is an answer to what stopped it.
      settle(facts, null, 'raise');
      if (facts.state.teamPaused) facts.emit({ type: 'team.resumed' });
      return;
    case 'budget.answer':
      return settle(facts, input.task, input.answer);
    case 'message.send': {
      const { from, to, text, isGoal, isUrgent: urgent = false, mail } = input;
      if (wasSent(facts.state, input)) return;
      return facts.send({ kind: isGoal ? 'goal' : 'note', from, to, text, urgent, mail });
    }
    case 'plan.accept':
      return acceptPlan(facts, input.tasks);
    case 'plan.sendBack':
      return sendPlanBack(facts, input.tasks, input.text);
    case 'trunk.recheck': {
      const { head } = facts.state.trunk;
      if (head !== null) facts.emit({ type: 'trunk.moved', head, by: 'outside' });
      return;
    }
    default:
      if ('agent' in input) return takeAgentCommand(facts, input);
      return takeTaskCommand(facts, input, facts.task(input.task));
  }
}

type AgentCommand = Extract<Command, { type: `agent.${string}` }>;

function takeAgentCommand(facts: Facts, command: AgentCommand): void {
  const { agent } = command;
  const known = facts.agent(agent);
  switch (command.type) {
    case 'agent.pause':
      return facts.emit({ type: 'agent.paused', agent });
    case 'agent.resume':
      if (known.task !== null) settle(facts, known.task, 'raise');
      return resumeAgent(facts, agent);
    case 'agent.stop':
      withdrawFrom(facts, known.task, `${agent} was stopped`);
      return facts.emit({ type: 'agent.stopped', agent });
    case 'agent.start':
      return facts.launch(agent, false);
    case 'agent.answer': {
      const { question, answer } = command;
      return facts.emit({ type: 'question.answered', agent, question, answer, by: 'person' });
    }
    default:
      return assertNever(command);
  }
}

/** A paused task does not keep the others from landing: it goes back to the head of the line. */
function leaveSlot(facts: Facts, { id, attempt }: Task): void {
  if (facts.state.landing?.task !== id) return;
  const why = 'the task is paused';
  facts.emit({ type: 'landing.abandoned', task: id, attempt, why, requeue: true });
}

type TaskCommand = Extract<Command, { type: `task.${string}` }>;

function takeTaskCommand(facts: Facts, command: TaskCommand, task: Task): void {
  const { id, attempt } = task;
  switch (command.type) {
    case 'task.move':
      return move(facts, task, command.column);
    case 'task.pause':
      facts.emit({ type: 'task.paused', task: id });
      return leaveSlot(facts, task);
    case 'task.resume':
      return facts.emit({ type: 'task.resumed', task: id });
    case 'task.approve':
      return facts.emit({ type: 'review.approved', task: id, attempt });
    case 'task.sendBack':
      return sendBack(facts, task, command.text);
    case 'task.retry':
      forgetParts(facts, task);
      return facts.emit({ type: 'task.guided', task: id, by: 'person', text: '' });
    case 'task.escalate':
      return escalate(facts, task, command.why);
    case 'task.guide':
      forgetParts(facts, task);
      return facts.emit({ type: 'task.guided', task: id, by: command.by, text: command.text });
    case 'task.ask':
      return passToPerson(facts, task, `the manager asks: ${command.text}`);
    case 'task.reassign': {
      const { by, to, text } = command;
      forgetParts(facts, task);
      const from = task.assignee ?? task.failedBy.at(-1) ?? null;
      return facts.emit({ type: 'task.reassigned', task: id, by, from, to, text });
    }
    case 'task.split':
      askForSplit(facts, task, `${command.by} asks for a split`, command.text);
      return;
    case 'task.endSplit':
      endSplit(facts, task, command.by);
      return;
    case 'task.drop':
      return facts.emit({ type: 'task.dropped', task: id, by: command.by, why: command.why });
    default:
      return assertNever(command);
  }
}
