import { expect, test } from 'vitest';
import type { Agent } from '../../../src/core/agent.ts';
import { whyQueued } from '../../../src/core/mail/why-queued.ts';
import type { Message } from '../../../src/core/message.ts';
import { agent, message, state } from '../../support/core-builders.ts';

const question = {
  ...({ id: 'q', kind: 'permission', text: 'rm', since: 0, answersItselfAt: null } as const),
};
const rows: readonly (readonly [Partial<Agent>, string | null])[] = [
  [{ status: 'idle' }, null],
  [{ status: 'working' }, 'eng-1 is at work'],
  [{ status: 'unknown' }, 'it is not clear whether eng-1 is at its prompt'],
  [{ status: 'starting' }, 'eng-1 is starting'],
  [{ status: 'exited', restartAt: 9 }, 'eng-1 is restarting'],
  [{ status: 'exited' }, 'eng-1 is not running'],
  [{ status: 'exited', stopped: true }, 'eng-1 is stopped'],
  [{ paused: true, status: 'working' }, 'eng-1 is paused'],
  [{ status: 'permission', question }, 'eng-1 asks you something first'],
  [{ status: 'limited' }, 'the provider of eng-1 takes nothing at the moment'],
];

test.each(rows)('a message to an agent with %j waits: %s', (more, why) => {
  const note = message('M-1', 'eng-1');
  expect(whyQueued(state({ agents: [agent('eng-1', more)], messages: [note] }), note)).toBe(why);
});

test('a message behind others waits for them, one behind a goal for its answer', () => {
  const later = message('M-3', 'architect', { kind: 'goal' });
  const waiting = (first: Partial<Message>, goals = false) => {
    const earlier = message('M-2', 'architect', { kind: 'goal', ...first });
    const given = state({ agents: [agent('architect')], messages: [earlier, later] });
    const open = {
      ...{ agent: earlier.to, message: 'M-2', since: 0, unanswered: null, heard: 0 },
    };
    return whyQueued(goals ? { ...given, plan: { ...given.plan, goals: [open] } } : given, later);
  };
  expect(waiting({ delivery: 'queued' })).toBe('others go first');
  expect(waiting({ delivery: 'typed' })).toBe('others go first');
  expect(waiting({ delivery: 'delivered' }, true)).toBe('architect answers an earlier goal first');
  expect(waiting({ delivery: 'delivered' })).toBeNull();
});

test('what is settled waits for nothing', () => {
  const note = message('M-1', 'eng-1', { delivery: 'delivered' });
  expect(whyQueued(state({ agents: [agent('eng-1', { stopped: true })] }), note)).toBeNull();
});
