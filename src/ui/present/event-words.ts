import type { Event } from '../../core/event.ts';
import { cleanText } from '../../lib/clean-text.ts';
import type { Tone } from './line.ts';
import { dollars, tokenCount } from './usage/usage-words.ts';

export type Words = { readonly text: string; readonly tone: Tone };

const words = (text: string, tone: Tone = 'plain'): Words => ({ text: cleanText(text), tone });

/** A fact as a sentence for the person; null for those that only the program needs. */
export function eventWords(event: Event): Words | null {
  return (
    runWords(event) ??
    agentWords(event) ??
    taskWords(event) ??
    planWords(event) ??
    landingWords(event)
  );
}

function runWords(event: Event): Words | null {
  switch (event.type) {
    case 'run.started':
      return words(`started on ${event.trunk}`, 'quiet');
    case 'run.ended':
      return words('ended', 'quiet');
    case 'team.paused':
      return words('team paused', 'warn');
    case 'team.resumed':
      return words('team resumed');
    case 'clock.jumped':
      return words(
        `the machine slept ${Math.round(event.gapMs / 60_000)} min; deadlines moved`,
        'quiet',
      );
    case 'budget.crossed': {
      const { kind, spent, limit } = event.overspent;
      const used =
        kind === 'dollars'
          ? `${dollars(spent)} of ${dollars(limit)}`
          : `${tokenCount(spent)} of ${tokenCount(limit)} tokens`;
      return words(`${event.task ?? 'the run'} is over budget: ${used} used`, 'warn');
    }
    case 'budget.settled':
      return words(
        `${event.task ?? 'the run'}: ${event.answer === 'raise' ? 'goes on beyond its budget' : 'stopped at its budget'}`,
      );
    case 'files.broken':
      if (event.files.length === 0) return words('every task file can be read again');
      return words(
        `broken: ${event.files.map(one => `${one.file} (${one.reason})`).join(', ')}`,
        'warn',
      );
    case 'message.sent':
      return event.kind === 'note' || event.kind === 'goal'
        ? words(`${event.from === 'person' ? 'you' : event.from} to ${event.to}: ${event.text}`)
        : null;
    case 'message.failed':
      return words(`${event.id} not delivered: ${event.why}`, 'warn');
    default:
      return null;
  }
}

function agentWords(event: Event): Words | null {
  switch (event.type) {
    case 'agent.launched':
      return words(
        `${event.agent} ${event.resumed ? 'resumed its session' : 'started a session'}`,
        'quiet',
      );
    case 'agent.exited':
      return words(`${event.agent} exited: ${event.reason}`, 'warn');
    case 'agent.paused':
      return words(`${event.agent} paused: its processes stand still`);
    case 'agent.interrupted':
      return words(`${event.agent}: the pause is long, its turn was interrupted`);
    case 'agent.resumed':
      return words(`${event.agent} resumed`);
    case 'agent.stopped':
      return words(`${event.agent} stopped`);
    case 'question.asked':
      return words(`${event.agent} asks: ${event.question.text}`, 'warn');
    case 'question.answered':
      return words(
        `${event.by === 'person' ? 'you' : 'policy'} answered ${event.agent}: ${event.answer}`,
      );
    default:
      return null;
  }
}

function taskWords(event: Event): Words | null {
  switch (event.type) {
    case 'task.added':
      return words(`${event.task} added by ${event.by}: ${event.content.title}`);
    case 'task.readied':
      return words(`${event.task} ready: ${event.why}`, 'quiet');
    case 'task.shelved':
      return words(`${event.task} back to the backlog: ${event.why}`);
    case 'task.paused':
      return words(`${event.task} paused`);
    case 'task.resumed':
      return words(`${event.task} resumed`);
    case 'task.dropped':
      return words(`${event.task} dropped by ${event.by}: ${event.why}`, 'warn');
    case 'task.refused':
      return words(`${event.task} refused: ${event.why}`, 'warn');
    case 'task.assigned':
      return words(`${event.task} to ${event.agent}: ${event.why}`);
    case 'task.blocked':
      return words(`${event.task} blocked: ${event.why}`, 'warn');
    case 'task.escalated':
      return words(
        `${event.task} escalated to ${event.to === 'person' ? 'you' : `the ${event.to}`}: ${event.why}`,
        'warn',
      );
    case 'task.guided':
      return words(`${event.task} guided by ${event.by}: ${event.text}`);
    case 'task.reassigned':
      return words(
        `${event.task} from ${event.from ?? 'nobody'} to ${event.to ?? 'any engineer'} by ${event.by}`,
      );
    case 'attempt.started':
      return words(
        `${event.task}/${event.attempt} ${event.isRetry ? 'retries' : 'goes on'}${event.freshSession ? ' in a fresh session' : ''}`,
      );
    case 'attempt.submitted':
      return words(
        `${event.task}/${event.attempt} ${event.claimed ? 'claims done' : 'is judged by its commits'}: ${event.summary}`,
      );
    case 'attempt.failed':
      return words(
        event.reason === 'gate'
          ? `gate caught ${event.task}/${event.attempt}`
          : `${event.task}/${event.attempt} failed: ${event.reason === 'stalled' ? 'stalled' : 'nothing committed'}`,
        'bad',
      );
    case 'attempt.conflicted':
      return words(`${event.task}/${event.attempt} conflicts in ${event.files.join(', ')}`, 'warn');
    case 'attempt.collided':
      return words(
        `gate caught ${event.task}/${event.attempt} together with ${event.others.join(', ') || 'what landed beside it'}`,
        'warn',
      );
    case 'attempt.sentBack':
      return words(`${event.task}/${event.attempt} sent back by you: ${event.text}`);
    case 'attempt.withdrawn':
      return words(`${event.task}/${event.attempt} withdrawn: ${event.why}`);
    case 'attempt.handedOver':
      return words(`${event.agent} hands ${event.task} to a fresh session: ${event.why}`, 'warn');
    case 'attempt.nudged':
      return words(`${event.agent} nudged about ${event.task}`, 'quiet');
    default:
      return null;
  }
}

function planWords(event: Event): Words | null {
  switch (event.type) {
    case 'task.batched':
      return words(`${event.task} is done as a part of ${event.into}`);
    case 'batch.failed':
      return words(`trifles are done one by one: ${event.why}`, 'warn');
    case 'task.split':
      return words(`${event.task} split into ${event.into.join(', ')}`);
    case 'task.linted':
      if (event.findings.length === 0) return words(`${event.task} passes the plan lint`, 'quiet');
      return words(
        `${event.task}: the plan lint warns of ${event.findings.map(one => one.rule).join(', ')}`,
        'quiet',
      );
    case 'goal.unanswered':
      return words(`${event.agent} has no plan for the goal: ${event.why}`, 'warn');
    case 'agent.nudged':
      return words(`${event.agent} reminded of what it owes an answer`, 'quiet');
    default:
      return null;
  }
}

function landingWords(event: Event): Words | null {
  switch (event.type) {
    case 'gate.started':
      return words(
        event.subject !== 'candidate'
          ? `gate runs on the ${event.subject} itself`
          : `gate runs on ${event.task}/${event.attempt}${event.run > 1 ? ` again (run ${event.run})` : ''}`,
        'quiet',
      );
    case 'gate.passed':
      return words(
        `${event.task}/${event.attempt} green${event.flaky ? ' on the second run: flaky' : ''}`,
        'good',
      );
    case 'gate.failed':
      return words(
        `${event.task}/${event.attempt} red once; checking whether it is its fault`,
        'warn',
      );
    case 'gate.faulted':
      return words(`gate could not run on ${event.task}/${event.attempt}: ${event.reason}`, 'warn');
    case 'review.requested':
      return words(`${event.task} waits for your review: ${event.risks.join(', ')}`, 'warn');
    case 'review.approved':
      return words(`${event.task} approved`);
    case 'landing.restarted':
      return words(`${event.task}/${event.attempt} built again: ${event.why}`, 'quiet');
    case 'landing.abandoned':
      return words(`landing of ${event.task} given up: ${event.why}`, 'warn');
    case 'landing.finished':
      return words(`${event.task} landed as ${event.commit.slice(0, 7)}`, 'good');
    case 'trunk.moved':
      return event.by === 'outside' ? words('trunk moved by somebody else') : null;
    case 'trunk.checked':
      return event.green
        ? words('trunk is green', 'good')
        : words('trunk is red: nothing lands', 'bad');
    case 'checkout.followed':
      return event.why === null
        ? null
        : words(`your branch is ${event.behind} behind: ${event.why}`, 'warn');
    default:
      return null;
  }
}
