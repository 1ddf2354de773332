import {
  agent,
  agentId,
  check,
  heldBy,
  oid,
  state,
  task,
  taskId,
} from '../../support/core-builders.ts';

const about = { task: taskId('T-1'), attempt: 1 };
const done = {
  type: 'agent.claimedDone',
  agent: agentId('eng-1'),
  ...about,
  head: oid('h1'),
  summary: 'done',
} as const;
const working = (more = {}, agentMore = {}) =>
  state({
    agents: [agent('eng-1', { status: 'working', ...agentMore }), agent('manager')],
    tasks: [task('T-1', heldBy('eng-1', more))],
  });
const watched = { deadline: 2_000_000 };

check('a claim goes to the gate', working({}, watched), done, [
  'attempt.submitted T-1/1 head=h1 summary=done claimed=true',
  'landing.started T-1/1',
]);
check(
  'a second claim decides nothing',
  state({
    agents: [agent('eng-1')],
    tasks: [task('T-1', heldBy('eng-1', { column: 'gate', gateStep: 'queued', paused: true }))],
    landingQueue: [taskId('T-1')],
  }),
  done,
  [],
);
check('a claim for an earlier attempt decides nothing', working({ attempt: 2 }, watched), done, []);
check(
  'a claim of somebody else decides nothing',
  working({}, watched),
  { ...done, agent: agentId('eng-2') },
  [],
);
check(
  'blocked goes to the manager in a fresh session',
  working({}, watched),
  { type: 'agent.claimedBlocked', agent: agentId('eng-1'), ...about, why: 'no key' },
  [
    'task.blocked T-1/1 why="no key"',
    'task.escalated T-1 to=manager from=eng-1 why="blocked: no key" deadline=+600000',
    'message.sent T-1/1 id=M-1 kind=escalation from=belfry to=manager freshSession=true',
    'agent.launched manager session=manager-2-lfls deadline=+60000',
    'agent.looked eng-1 status=working reason="at its prompt" deadline=+1200000',
  ],
);

const inspected = { type: 'work.inspected', ...about, head: oid('h1'), commits: 1 } as const;
const stopped = { status: 'idle', nudged: true, deadline: 2_000_000 } as const;
check('stopped without a claim: judged by what it committed', working({}, stopped), inspected, [
  'attempt.submitted T-1/1 head=h1 summary="stopped without a claim"',
  'landing.started T-1/1',
]);
check(
  'stopped with nothing committed: a failure',
  working({}, stopped),
  { ...inspected, commits: 0 },
  [
    'attempt.failed T-1/1 reason=nothing-committed excerpt="The attempt ended without a commit and without a claim."',
    'attempt.started T-1/2 isRetry=true',
    'message.sent T-1/2 id=M-1 kind=failure from=belfry to=eng-1',
    'message.typed id=M-1 deadline=+1800000',
  ],
);
check(
  'it works again meanwhile: not judged',
  working({}, { ...stopped, status: 'working' }),
  inspected,
  [],
);
check('never nudged: not judged', working({}, { ...stopped, nudged: false }), inspected, []);

check(
  'the last retry is a fresh session',
  working({ retries: 1 }, stopped),
  { ...inspected, commits: 0 },
  [
    'attempt.failed T-1/1 reason=nothing-committed excerpt="The attempt ended without a commit and without a claim."',
    'attempt.started T-1/2 isRetry=true freshSession=true',
    'message.sent T-1/2 id=M-1 kind=failure from=belfry to=eng-1 freshSession=true',
    'agent.launched eng-1 session=eng-1-2-lfls deadline=+60000',
  ],
);
check(
  'after two retries the manager decides',
  working({ retries: 2 }, stopped),
  { ...inspected, commits: 0 },
  [
    'attempt.failed T-1/1 reason=nothing-committed excerpt="The attempt ended without a commit and without a claim."',
    'task.escalated T-1 to=manager from=eng-1 why="2 retries failed: nothing-committed" deadline=+600000',
    'message.sent T-1/1 id=M-1 kind=escalation from=belfry to=manager freshSession=true',
    'agent.launched manager session=manager-2-lfls deadline=+60000',
  ],
);
check(
  'the second escalation goes to the person',
  working({ retries: 2, escalations: 1 }, stopped),
  { ...inspected, commits: 0 },
  [
    'attempt.failed T-1/1 reason=nothing-committed excerpt="The attempt ended without a commit and without a claim."',
    'task.escalated T-1 to=person from=eng-1 why="2 retries failed: nothing-committed"',
  ],
);
check(
  'without a manager the person is asked',
  state({
    agents: [agent('eng-1', stopped)],
    tasks: [task('T-1', heldBy('eng-1', { retries: 2 }))],
  }),
  { ...inspected, commits: 0 },
  [
    'attempt.failed T-1/1 reason=nothing-committed excerpt="The attempt ended without a commit and without a claim."',
    'task.escalated T-1 to=person from=eng-1 why="2 retries failed: nothing-committed"',
  ],
);

const full = {
  type: 'agent.measured',
  agent: agentId('eng-1'),
  session: 'eng-1-1',
  contextUsed: 0.9,
  costUsd: null,
} as const;
check('a full context: a fresh session takes over the same attempt', working({}, watched), full, [
  'agent.measured eng-1 contextUsed=0.9',
  'attempt.handedOver eng-1 T-1/1 why="90 % of its context is used"',
  'message.sent T-1/1 id=M-1 kind=handoff from=belfry to=eng-1 freshSession=true',
  'agent.launched eng-1 session=eng-1-2-lfls deadline=+60000',
]);
check('the second exhaustion escalates as too broad', working({ exhaustions: 1 }, watched), full, [
  'agent.measured eng-1 contextUsed=0.9',
  'attempt.handedOver eng-1 T-1/1 why="90 % of its context is used"',
  'task.escalated T-1 to=manager from=eng-1 why="too broad for one context window: split it per module" deadline=+600000',
  'message.sent T-1/1 id=M-1 kind=escalation from=belfry to=manager freshSession=true',
  'agent.launched manager session=manager-2-lfls deadline=+60000',
  'agent.looked eng-1 status=working reason="at its prompt" deadline=+1200000',
]);
check('an old session decides nothing', working({}, watched), { ...full, session: 'eng-1-0' }, []);
check(
  'a session that has had no message yet is not handed over',
  working({}, { ...watched, messagesInSession: 0 }),
  full,
  ['agent.measured eng-1 contextUsed=0.9'],
);
