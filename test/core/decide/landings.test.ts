import type { Observation } from '../../../src/core/input.ts';
import { gateFaultsMax, rebuildsMax } from '../../../src/core/limits.ts';
import {
  agent,
  atGate,
  candidate,
  check,
  heldBy,
  oid,
  state,
  task,
  taskId,
} from '../../support/core-builders.ts';

const about = { task: taskId('T-1'), attempt: 1 };
type Result = Extract<Observation, { type: 'gate.finished' }>['result'];
const passed: Result = { outcome: 'passed', durationMs: 5 };
const failed: Result = { outcome: 'failed', durationMs: 5, excerpt: 'red' };
const faulted: Result = { outcome: 'faulted', durationMs: 5, reason: 'no memory' };

const gate = (
  result: Result,
  more: Partial<Extract<Observation, { type: 'gate.finished' }>> = {},
): Observation => ({
  ...{ type: 'gate.finished', ...about, run: 1, subject: 'candidate', subjectCommit: oid('m1') },
  result,
  ...more,
});
const answer = (kind: 'landed' | 'stale' | 'failed', head = 'm1'): Observation => ({
  ...{ type: 'landing.answered', ...about, commit: oid('m1'), answer: kind, head: oid(head) },
  reason: kind,
});
const built = { type: 'candidate.built', ...about, candidate, risks: [] } as const;
const printed =
  'candidate={"base":"c0","head":"h1","commit":"m1","tree":"t1","files":["a.ts"],"linesAdded":3,"linesRemoved":1}';
const building = { candidate: null, runs: 0, running: null } as const;
const red = { excerpt: 'red' };
const green = { gate: 'green' } as const;

check('a merge result is tested', atGate(building), built, [
  `candidate.built T-1/1 ${printed} risks=[]`,
  'gate.started T-1/1 run=1 subject=candidate',
]);
check(
  'a merge result on a trunk that moved says so',
  { ...atGate(building), trunk: { ...atGate().trunk, head: oid('older') } },
  built,
  [
    'trunk.moved head=c0 by=outside',
    `candidate.built T-1/1 ${printed} risks=[]`,
    'gate.started T-1/1 run=1 subject=candidate',
  ],
);
check('a second answer to the building decides nothing', atGate(), built, []);
check(
  'an answer about another attempt decides nothing',
  atGate(),
  gate(passed, { attempt: 2 }),
  [],
);
check('an answer about another run decides nothing', atGate(), gate(passed, { run: 2 }), []);
check(
  'an answer about another commit decides nothing',
  atGate(),
  gate(passed, { subjectCommit: oid('m0') }),
  [],
);
check('green lands', atGate(), gate(passed), [
  'gate.passed T-1/1 run=1 durationMs=5',
  'landing.cleared T-1/1',
]);
check(
  'green waits for the person when policy says so',
  atGate(),
  gate(passed),
  ['gate.passed T-1/1 run=1 durationMs=5', 'review.requested T-1/1 risks=[]'],
  { land: 'review' },
);
check(
  'green waits for the person when tests look weakened',
  atGate({}, { risks: ['a test is gone'] }),
  gate(passed),
  ['gate.passed T-1/1 run=1 durationMs=5', 'review.requested T-1/1 risks=["a test is gone"]'],
);
check(
  'weakened tests land by themselves where policy says auto',
  atGate({}, { risks: ['a test is gone'] }),
  gate(passed),
  ['gate.passed T-1/1 run=1 durationMs=5', 'landing.cleared T-1/1'],
  { land: 'auto' },
);
check(
  'green during a pause of the team waits for its end',
  { ...atGate(), teamPaused: true, teamPausedAt: 0 },
  gate(passed),
  ['gate.passed T-1/1 run=1 durationMs=5'],
);
check('after the first red run the trunk is looked at', atGate(), gate(failed), [
  'gate.failed T-1/1 run=1 durationMs=5 excerpt=red',
  'gate.started T-1/1 run=2 subject=trunk',
]);
check(
  'a trunk known to be green is not run again',
  { ...atGate(), trunk: { ...atGate().trunk, ...green } },
  gate(failed),
  [
    'gate.failed T-1/1 run=1 durationMs=5 excerpt=red',
    'gate.started T-1/1 run=2 subject=candidate',
  ],
);
check(
  'a green trunk: the same tree runs once more',
  atGate({ red, running: 'trunk' }),
  gate(passed, { subject: 'trunk', subjectCommit: oid('c0') }),
  ['trunk.checked head=c0 green=true', 'gate.started T-1/1 run=2 subject=candidate'],
);
check(
  'a red trunk: the line stops and nobody is charged',
  atGate({ red, running: 'trunk' }),
  gate(failed, { subject: 'trunk', subjectCommit: oid('c0') }),
  [
    'trunk.checked head=c0 excerpt=red',
    'landing.abandoned T-1/1 why="the trunk itself is red: nobody is charged, nothing lands until it is mended" requeue=true',
  ],
);
check('green at the second run is flaky, and lands', atGate({ red }), gate(passed), [
  'gate.passed T-1/1 run=1 durationMs=5 flaky=true',
  'landing.cleared T-1/1',
]);
check('red twice is a gate catch: the same session tries again', atGate({ red }), gate(failed), [
  'attempt.failed T-1/1 reason=gate excerpt=red',
  'attempt.started T-1/2 isRetry=true',
  'message.sent T-1/2 id=M-1 kind=failure from=belfry to=eng-1',
  'message.typed id=M-1 deadline=+1800000',
]);
check('a gate that could not run is tried again later', atGate(), gate(faulted), [
  'gate.faulted T-1/1 run=1 reason="no memory" retryAt=+10000',
]);
check(
  'a gate that never runs goes to the person, and no engineer is blamed',
  atGate({ faults: gateFaultsMax - 1 }),
  gate(faulted),
  ['task.escalated T-1 to=person why="the gate cannot run: no memory"'],
);
check(
  'a merge result that could not be built is tried again later',
  atGate(building),
  { type: 'candidate.failed', ...about, reason: 'disk full' },
  ['gate.faulted T-1/1 run=0 reason="disk full" retryAt=+10000'],
);
check(
  'a branch with nothing new is charged',
  atGate(building),
  { type: 'candidate.empty', ...about },
  [
    'attempt.failed T-1/1 reason=nothing-committed excerpt="The branch holds nothing that the trunk lacks."',
    'attempt.started T-1/2 isRetry=true',
    'message.sent T-1/2 id=M-1 kind=failure from=belfry to=eng-1',
    'message.typed id=M-1 deadline=+1800000',
  ],
);
const conflicted = { type: 'candidate.conflicted', ...about, files: ['a.ts'] } as const;
check('a conflict goes back, and is not a retry', atGate(building), conflicted, [
  'attempt.conflicted T-1/1 files=["a.ts"]',
  'attempt.started T-1/2',
  'message.sent T-1/2 id=M-1 kind=conflict from=belfry to=eng-1',
  'message.typed id=M-1 deadline=+1800000',
]);
check('the second conflict escalates', atGate(building, { conflicts: 1 }), conflicted, [
  'attempt.conflicted T-1/1 files=["a.ts"]',
  'task.escalated T-1 to=person from=eng-1 why="second conflict, in a.ts"',
]);

const cleared = { passed: true, running: null, isCleared: true } as const;
check('landed is done', atGate(cleared), answer('landed'), [
  'trunk.moved head=m1 by=belfry',
  'landing.finished T-1/1 commit=m1',
]);
check('landed, and the person has committed on top', atGate(cleared), answer('landed', 'p2'), [
  'trunk.moved head=m1 by=belfry',
  'trunk.moved head=p2 by=outside',
  'landing.finished T-1/1 commit=m1',
]);
check('found on the trunk already after a crash', atGate(building), answer('landed'), [
  'trunk.moved head=m1 by=belfry',
  'landing.finished T-1/1 commit=m1',
]);
check(
  'the trunk moved meanwhile: built and tested again, nobody is charged',
  atGate(cleared),
  answer('stale', 'p1'),
  ['trunk.moved head=p1 by=outside', 'landing.restarted T-1/1 why=stale'],
);
check(
  'a trunk that never stands still goes to the person',
  atGate({ ...cleared, rebuilds: rebuildsMax }),
  answer('stale', 'p1'),
  [
    'trunk.moved head=p1 by=outside',
    'task.escalated T-1 to=person why="the trunk moved again and again while the gate ran"',
  ],
);
check(
  'a land command that failed is asked again, however often: the trunk may have moved',
  atGate({ ...cleared, faults: gateFaultsMax }),
  answer('failed'),
  ['gate.faulted T-1/1 run=1 reason=failed retryAt=+80000'],
);
check(
  '… and after the wait it is',
  atGate({ ...cleared, retryAt: 1_000_000 }),
  { type: 'time.passed' },
  ['landing.cleared T-1/1'],
);
check(
  'a gate that could not run starts afresh after the wait',
  atGate({ running: null, retryAt: 1_000_000 }),
  { type: 'time.passed' },
  ['landing.restarted T-1/1 why="the gate is tried again"'],
);

const waiting = state({
  agents: [agent('eng-1'), agent('eng-2')],
  tasks: ['eng-1', 'eng-2'].map((who, index) =>
    task(`T-${index + 1}`, heldBy(who, { column: 'gate', gateStep: 'queued' })),
  ),
  landingQueue: [taskId('T-2'), taskId('T-1')],
});
check('first come, first served', waiting, { type: 'time.passed' }, ['landing.started T-2/1']);
check(
  'nothing lands on a red trunk',
  { ...waiting, trunk: { ...waiting.trunk, gate: 'red' } },
  { type: 'time.passed' },
  [],
);
check(
  'until it has moved',
  { ...waiting, trunk: { ...waiting.trunk, gate: 'red' } },
  { type: 'trunk.seen', head: oid('p1') },
  ['trunk.moved head=p1 by=outside', 'landing.started T-2/1'],
);
check(
  'nothing lands while the team is paused',
  { ...waiting, teamPaused: true, teamPausedAt: 0 },
  { type: 'time.passed' },
  [],
);
