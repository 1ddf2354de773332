import { assertNever } from '../../lib/assert.ts';
import { isLandingNow } from '../board.ts';
import type { Instant, TaskId } from '../ids.ts';
import type { ObservationOf } from '../input.ts';
import { stepOf } from '../numbers/attention.ts';
import type { Facts } from './facts.ts';

type RunObservation = ObservationOf<
  'run.began' | 'clock.jumped' | 'person.acted' | 'trunk.seen' | 'checkout.seen'
>;

/** Start, end and time of the run itself. */
export function takeRunObservation(facts: Facts, input: RunObservation & { at: Instant }): void {
  switch (input.type) {
    case 'run.began':
      return begin(facts, input);
    case 'clock.jumped':
      return facts.emit({ type: 'clock.jumped', gapMs: input.gapMs });
    case 'person.acted':
      if (stepOf(input.at) !== facts.state.attention.actedStep)
        facts.emit({ type: 'person.acted' });
      return;
    case 'trunk.seen':
      if (input.head !== facts.state.trunk.head)
        facts.emit({ type: 'trunk.moved', head: input.head, by: 'outside' });
      return;
    case 'checkout.seen': {
      const { behind, behindWhy } = facts.state.trunk;
      if (behind !== input.behind || behindWhy !== input.why)
        facts.emit({ type: 'checkout.followed', behind: input.behind, why: input.why });
      return;
    }
    default:
      return assertNever(input);
  }
}

function begin(facts: Facts, input: ObservationOf<'run.began'>): void {
  facts.emit({ type: 'run.started', trunk: input.trunk, head: input.head });
  const wanted = new Map(input.team.map(one => [one.agent, one]));
  for (const agent of Object.values(facts.state.agents)) {
    const place = wanted.get(agent.id);
    if (place?.role === agent.role && place.cli === agent.cli) continue;
    withdrawFrom(facts, agent.task, 'its engineer left the team');
    // One whose task is landing stays, stopped, until the next start.
    const isHolder = facts.state.agents[agent.id]?.task !== null;
    const type = isHolder ? 'agent.stopped' : 'agent.left';
    facts.emit({ type, agent: agent.id });
  }
  for (const { agent, role, cli } of input.team) {
    if (facts.state.agents[agent] === undefined)
      facts.emit({ type: 'agent.joined', agent, role, cli });
    const known = facts.state.agents[agent];
    if (known !== undefined && !known.paused && !known.stopped) facts.launch(agent, false);
  }
}

/** Gives a task back without a charge, unless it is landing at this moment: then its answer is awaited. */
export function withdrawFrom(facts: Facts, id: TaskId | null, why: string): void {
  const task = id === null ? undefined : facts.state.tasks[id];
  if (task === undefined || task.assignee === null || isLandingNow(facts.state, task.id)) return;
  facts.emit({ type: 'attempt.withdrawn', task: task.id, attempt: task.attempt, why });
}
