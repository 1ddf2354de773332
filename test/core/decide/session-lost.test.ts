import type { Observation } from '../../../src/core/input.ts';
import {
  agent,
  agentId,
  check,
  heldBy,
  message,
  state,
  task,
  taskId,
} from '../../support/core-builders.ts';

const lost: Observation = {
  ...{ type: 'agent.sessionLost', agent: agentId('eng-1'), session: 'eng-1-1' },
};
const worked = {
  status: 'starting',
  messagesInSession: 3,
  isCut: true,
  deadline: 2_000_000,
} as const;
const held = (more = {}, messages = {}) =>
  state({
    agents: [agent('eng-1', { ...worked, ...more })],
    tasks: [task('T-1', heldBy('eng-1'))],
    ...messages,
  });

check('a session that is gone is followed by a handoff, and not by a word to go on', held(), lost, [
  'agent.sessionLost eng-1',
  'message.sent T-1/1 id=M-1 kind=handoff from=belfry to=eng-1 freshSession=true',
]);
check(
  'and by nothing more than the message about the task that waits already',
  held(
    {},
    { messages: [message('M-1', 'eng-1', { kind: 'failure', task: taskId('T-1'), attempt: 1 })] },
  ),
  lost,
  ['agent.sessionLost eng-1'],
);
check(
  'that of an agent without a task by nothing',
  state({ agents: [agent('eng-1', worked)] }),
  lost,
  ['agent.sessionLost eng-1'],
);
check('word of an older session says nothing', held({ session: 'eng-1-2' }), lost, []);
