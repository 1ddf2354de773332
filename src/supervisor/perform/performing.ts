import type { AgentId, TaskId } from '../../core/ids.ts';
import type { Observation } from '../../core/input.ts';
import type { State } from '../../core/state.ts';
import type { Agents } from '../agents.ts';
import type { Lanes } from '../lanes.ts';
import type { Radar } from '../radar.ts';
import type { Member, Team, World } from '../world.ts';

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
