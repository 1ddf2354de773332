import type { Effect } from '../core/effect.ts';
import type { AgentId, TaskId } from '../core/ids.ts';
import type { Observation } from '../core/input.ts';
import type { State } from '../core/state.ts';
import type { Agents } from './agents.ts';
import type { Lanes } from './lanes.ts';
import { performOnAgent } from './perform-agent.ts';
import { performLanding } from './perform-landing.ts';
import { writeBatch } from './plan/write-batch.ts';
import type { Radar } from './radar.ts';
import type { Member, Team, World } from './world.ts';

/** What performing an effect needs. */
export type Performing = {
  readonly world: World;
  readonly team: Team;
  readonly members: ReadonlyMap<AgentId, Member>;
  readonly agents: Agents;
  readonly lanes: Lanes;
  readonly radar: Radar;
  /** The task for which an agent's worktree is being prepared, or could not be: its prompt must not be typed there. */
  readonly unprepared: Map<AgentId, TaskId>;
  state(): State;
  observe(observation: Observation): void;
  /** The id under which the agent CLI knows a session of ours. */
  cliSessionOf(session: string): string;
};

/** Starts one effect. Neither throws nor waits; what comes of it arrives as an observation. */
export function perform(effect: Effect, given: Performing): void {
  switch (effect.type) {
    case 'buildCandidate':
    case 'runGate':
    case 'cancelGate':
    case 'landCandidate':
    case 'followCheckout':
      return performLanding(effect, given);
    case 'writeBoard': {
      const { task } = effect;
      return given.lanes.run('board', async () => {
        // The newest column, not the one of the time of asking: writes must not overtake each other.
        const column = given.state().tasks[task]?.column;
        if (column !== undefined) await given.world.boardFiles.writeStatus(task, column);
      });
    }
    case 'writeBatch':
      return given.lanes.run('board', () => writeBatch(effect.tasks, given));
    default:
      return performOnAgent(effect, given);
  }
}
