import type { Observation } from '../../../src/core/input.ts';
import { outageDelaysMs } from '../../../src/core/limits.ts';
import {
  agent,
  agentId,
  check,
  heldBy,
  message,
  now,
  state,
  task,
} from '../../support/core-builders.ts';

const looked = (status: 'failed' | 'limited' | 'retrying', until?: number | null): Observation => ({
  ...{ type: 'agent.looked', agent: agentId('eng-1'), session: 'eng-1-1', status },
  ...{ reason: '529 Overloaded', question: null, ...(until === undefined ? {} : { until }) },
});
const held = (more = {}) =>
  state({ agents: [agent('eng-1', more)], tasks: [task('T-1', heldBy('eng-1'))] });
const passed: Observation = { type: 'time.passed' };

check(
  'a CLI that tries its provider again is left alone',
  held({ status: 'working', deadline: 2_000_000 }),
  looked('retrying'),
  ['agent.looked eng-1 status=retrying reason="529 Overloaded"'],
);
check(
  'a turn that its provider ended waits, and its task is not charged',
  held({ status: 'working' }),
  looked('failed'),
  ['agent.looked eng-1 status=failed reason="529 Overloaded" deadline=+30000'],
);
check(
  'the third in a row waits longer',
  held({ status: 'working', outages: 2 }),
  looked('failed'),
  ['agent.looked eng-1 status=failed reason="529 Overloaded" deadline=+300000'],
);
check(
  'after many it is left to the person',
  held({ status: 'working', outages: outageDelaysMs.length }),
  looked('failed'),
  ['agent.looked eng-1 status=failed reason="529 Overloaded"'],
);
check(
  'what only a person can mend is left to the person at once',
  held({ status: 'working' }),
  looked('failed', null),
  ['agent.looked eng-1 status=failed reason="529 Overloaded"'],
);
check(
  'a limit that tells its end waits until then',
  held({ status: 'working' }),
  looked('limited', now + 7_000),
  ['agent.looked eng-1 status=limited reason="529 Overloaded" deadline=+7000'],
);
check(
  'a limit whose end has passed already is asked about after the first wait, not at once',
  held({ status: 'working' }),
  looked('limited', now - 7_000),
  ['agent.looked eng-1 status=limited reason="529 Overloaded" deadline=+30000'],
);
check(
  'a limit whose end is told a moment after it waits until then',
  held({ status: 'limited', statusReason: 'a limit', outages: 1, deadline: now + 29_000 }),
  looked('limited', now + 7_000),
  ['agent.looked eng-1 status=limited reason="529 Overloaded" deadline=+7000'],
);
check(
  'an error that turns out to be a limit is the same outage',
  held({ status: 'failed', statusReason: 'an error', outages: 1, deadline: now + 29_000 }),
  looked('limited', now + 7_000),
  ['agent.looked eng-1 status=limited reason="529 Overloaded" deadline=+7000'],
);
check(
  'sent away again after the time that was told, it waits longer than told',
  held({ status: 'working', outages: 2 }),
  looked('limited', now + 7_000),
  ['agent.looked eng-1 status=limited reason="529 Overloaded" deadline=+300000'],
);
check(
  'a told time that lies further ahead counts, however often it was sent away',
  held({ status: 'working', outages: outageDelaysMs.length }),
  looked('limited', now + 7_200_000),
  ['agent.looked eng-1 status=limited reason="529 Overloaded" deadline=+7200000'],
);
check(
  'told a time that is over, again and again, it is left to the person',
  held({ status: 'working', outages: outageDelaysMs.length }),
  looked('limited', now - 1),
  ['agent.looked eng-1 status=limited reason="529 Overloaded"'],
);
check(
  'when the time is over it is told to go on, and takes the message though it is not idle',
  held({ status: 'failed', statusReason: 'x', deadline: now, outages: 1 }),
  passed,
  [
    'agent.looked eng-1 status=failed reason=x',
    'message.sent T-1/1 id=M-1 kind=nudge from=belfry to=eng-1 text="Your last turn was ended by an error of your provider. Go on where you were."',
    'message.typed id=M-1 deadline=+1800000',
  ],
);
check(
  'a long pause ends its turn; that is remembered until it may go on',
  held({ status: 'working', paused: true, pausedAt: 0 }),
  { type: 'agent.interrupted', agent: agentId('eng-1'), session: 'eng-1-1' },
  ['agent.interrupted eng-1'],
);
check(
  'and then it is told to go on',
  held({ paused: true, pausedAt: now, isCut: true }),
  { type: 'agent.resume', agent: agentId('eng-1') },
  [
    'agent.resumed eng-1',
    'message.sent T-1/1 id=M-1 kind=nudge from=belfry to=eng-1 text="You were interrupted. Go on where you were."',
    'message.typed id=M-1 deadline=+1800000',
  ],
);
check(
  'an interruption of an old session says nothing',
  held({ status: 'working', session: 'eng-1-2', deadline: 2_000_000 }),
  { type: 'agent.interrupted', agent: agentId('eng-1'), session: 'eng-1-1' },
  [],
);
check(
  'it takes nothing else',
  state({
    agents: [agent('eng-1', { status: 'failed' })],
    messages: [message('M-1', 'eng-1', { kind: 'note' })],
  }),
  passed,
  [],
);
