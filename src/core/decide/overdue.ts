import { type Agent, isParked } from '../agent.ts';
import type { AgentId } from '../ids.ts';
import { deliveriesMax, resumeTriesMax } from '../limits.ts';
import { isStale } from '../mail/is-stale.ts';
import { owedAnswer } from '../mail/owed-answer.ts';
import type { Message } from '../message.ts';
import type { Escalation, Task } from '../task.ts';
import { agentExited } from './agents.ts';
import { fail } from './attempts.ts';
import { passToPerson } from './escalations.ts';
import type { Facts } from './facts.ts';
import { typeMessage } from './messages.ts';
import { settleSilence } from './owed.ts';
import { endSplit } from './splits.ts';
import { tellAgain } from './tell-again.ts';

/** Everything whose time has come, in a fixed order. A paused team has no deadlines. */
export function settleOverdue(facts: Facts): void {
  if (facts.state.teamPaused) return;
  for (const { id } of Object.values(facts.state.agents)) {
    const agent = facts.agent(id);
    if (agent.paused) continue;
    if (agent.restartAt !== null && agent.restartAt <= facts.at) restart(facts, agent);
    const { question } = agent;
    if (question?.answersItselfAt != null && question.answersItselfAt <= facts.at) {
      const answered = { type: 'question.answered', answer: 'yes', by: 'policy' } as const;
      facts.emit({ ...answered, agent: id, question: question.id });
    }
    if (agent.deadline !== null && agent.deadline <= facts.at) overdueAgent(facts, agent);
  }
  for (const message of facts.state.messages)
    if (message.delivery === 'typed' && message.deadline !== null && message.deadline <= facts.at)
      if (!facts.state.agents[message.to]?.paused) overdueMessage(facts, message);
  for (const task of Object.values(facts.state.tasks)) {
    const { escalation } = task;
    if (escalation?.deadline != null && escalation.deadline <= facts.at)
      lateAnswer(facts, task, escalation);
  }
}

/** An architect that added the parts and did not say so has answered all the same. */
function lateAnswer(facts: Facts, task: Task, { to, why }: Escalation): void {
  if (to === 'architect' && endSplit(facts, task, 'architect' as AgentId)) return;
  const isUnread = facts.state.messages.some(
    one => one.task === task.id && one.to === to && one.kind !== 'note' && isOpen(one),
  );
  const late = isUnread ? 'had other things to answer first' : 'did not answer in time';
  passToPerson(facts, task, `the ${to} ${late} (${why})`);
}

/** A session that ends again and again as soon as it is resumed is lost: a fresh one is told what it did. */
function restart(facts: Facts, agent: Agent): void {
  const { id, restarts, messagesInSession, workedInSession } = agent;
  const isLost = restarts > resumeTriesMax && (messagesInSession > 0 || workedInSession);
  if (isLost) tellAgain(facts, agent);
  facts.launch(id, isLost);
}

/** Some programs wait for ever without a word, as opencode does over a damaged store. */
const lateStart =
  'did not show its input prompt in time — run it once in a terminal of your own to see why';

function overdueAgent(facts: Facts, agent: Agent): void {
  if (agent.status === 'starting') return agentExited(facts, agent.id, lateStart);
  if (settleOwed(facts, agent)) return;
  const task = agent.task === null ? undefined : facts.state.tasks[agent.task];
  if (isParked(agent.status)) return goOn(facts, agent, task);
  const isAtWork = agent.status === 'working' || agent.status === 'unknown';
  if (task?.column === 'doing' && isAtWork)
    return fail(facts, task, 'stalled', 'Worked without a commit or a claim for too long.');
  if (task?.column !== 'doing' || agent.status !== 'idle')
    return agentExited(facts, agent.id, `was ${agent.status} for too long`);
  const { id, attempt } = task;
  // Who has not been told yet cannot be late with the answer.
  if (facts.state.messages.some(one => one.to === agent.id && isOpen(one))) {
    const { status, statusReason: reason } = agent;
    const later = facts.at + facts.policy.nudgeAfterMs;
    return facts.emit({ type: 'agent.looked', agent: agent.id, status, reason, deadline: later });
  }
  if (!agent.nudged) {
    facts.emit({ type: 'attempt.nudged', task: id, attempt, agent: agent.id });
    return facts.send({ kind: 'nudge', to: agent.id, task });
  }
  const deadline = facts.at + facts.policy.nudgeAfterMs;
  facts.emit({ type: 'attempt.doubted', task: id, attempt, agent: agent.id, deadline });
}

/** Whether the deadline was about an answer that is owed: of one that is given meanwhile nothing is left. */
function settleOwed(facts: Facts, agent: Agent): boolean {
  const { id, status, statusReason: reason } = agent;
  const isIdle = status === 'idle';
  if (agent.role === 'engineer' || (agent.role === 'manager' && !isIdle) || isParked(status))
    return false;
  const owed = owedAnswer(facts.state, agent);
  facts.emit({ type: 'agent.looked', agent: id, status, reason, deadline: null });
  if (owed !== null && isIdle) settleSilence(facts, agent, owed);
  // It may still be thinking. A task to be split has a deadline of its own.
  else if (owed?.kind === 'goal')
    facts.emit({
      type: 'goal.unanswered',
      agent: id,
      why: 'works on it and has added no task yet',
    });
  return true;
}

const isOpen = ({ delivery }: Message) => delivery === 'queued' || delivery === 'typed';

/** The time for which the provider of a parked agent was left alone is over. */
function goOn(facts: Facts, agent: Agent, task: Task | undefined): void {
  const { id, status, statusReason: reason } = agent;
  facts.emit({ type: 'agent.looked', agent: id, status, reason, deadline: null });
  const text = 'Your last turn was ended by an error of your provider. Go on where you were.';
  facts.send({ kind: 'nudge', to: id, text, ...(task === undefined ? {} : { task }) });
}

/** First only Enter is typed again, where anything was typed; an agent that takes no prompt at all is started afresh. */
function overdueMessage(facts: Facts, message: Message): void {
  const { id, to, faults = 0 } = message;
  if (message.tries < deliveriesMax && faults < deliveriesMax) return typeMessage(facts, id);
  const isTyped = faults < deliveriesMax;
  const why = isTyped ? 'the agent CLI did not take it' : 'it could not be prepared';
  facts.emit({ type: 'message.failed', id, why });
  const task = message.task === null ? undefined : facts.state.tasks[message.task];
  if (!isStale(facts.state, message) && message.kind !== 'nudge') {
    const { kind, from, text } = message;
    const anew = { kind, from, to, text, freshSession: true };
    const { again } = message;
    facts.send({ ...anew, ...(again !== undefined && { again }), ...(task && { task }) });
  }
  agentExited(facts, to, isTyped ? 'took no prompt' : 'its prompt could not be prepared');
}
