import type { Observation } from '../../../src/core/input.ts';
import {
  agent,
  agentId,
  atGate,
  check,
  heldBy,
  oid,
  state,
  task,
} from '../../support/core-builders.ts';

const began = (...ids: string[]): Observation => ({
  ...{ type: 'run.began', trunk: 'main', head: oid('c0') },
  team: ids.map(id => ({ agent: agentId(id), role: 'engineer' as const, cli: 'scripted' })),
});
const started = 'run.started trunk=main head=c0';
const launched = 'agent.launched eng-1 session=eng-1-1 resumed=true deadline=+60000';

check('a first start', state(), began('eng-1'), [
  started,
  'agent.joined eng-1 role=engineer cli=scripted',
  'agent.launched eng-1 session=eng-1-1-lfls deadline=+60000',
]);
check(
  'a next start resumes sessions and keeps tasks',
  state({ agents: [agent('eng-1')], tasks: [task('T-1', heldBy('eng-1'))] }),
  began('eng-1'),
  [started, launched],
);
check(
  'and a session in which a person typed, or that began by itself',
  state({ agents: [agent('eng-1', { messagesInSession: 0 })] }),
  began('eng-1'),
  [started, launched],
);
check(
  'what is paused or stopped stays so',
  state({
    agents: [
      agent('eng-1', { paused: true, pausedAt: 0 }),
      agent('eng-2', { stopped: true, status: 'exited' }),
    ],
  }),
  began('eng-1', 'eng-2'),
  [started],
);
check(
  'an engineer that left gives its task back',
  state({ agents: [agent('eng-2')], tasks: [task('T-1', heldBy('eng-2', { paused: true }))] }),
  began(),
  [started, 'attempt.withdrawn T-1/1 why="its engineer left the team"', 'agent.left eng-2'],
);
check(
  'one whose task is landing at this moment leaves at the next start',
  atGate({ passed: true, running: null, isCleared: true }),
  began(),
  [started, 'agent.stopped eng-1'],
);
check('the trunk moved from outside', state(), { type: 'trunk.seen', head: oid('p1') }, [
  'trunk.moved head=p1 by=outside',
]);
check('or did not', state(), { type: 'trunk.seen', head: oid('c0') }, []);
check(
  "how the person's branch stands",
  state(),
  { type: 'checkout.seen', behind: 2, why: 'src/a.ts has your edits' },
  ['checkout.followed behind=2 why="src/a.ts has your edits"'],
);
check('is said once', state(), { type: 'checkout.seen', behind: 0, why: null }, []);
