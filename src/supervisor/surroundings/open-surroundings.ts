import type { Agents } from '../agents.ts';
import type { Member, World } from '../world.ts';
import type { Ground } from './disk-watch.ts';
import { Surroundings } from './surroundings.ts';

/** Watches what the programs of these members rest on, from their start on. */
export function openSurroundings(
  { host, clock, worktrees, log }: World,
  members: readonly Member[],
  agents: Agents,
): Surroundings {
  const residents = members.map(({ agent, cli, environment }) => ({
    ...{ agent, cli, env: environment(worktrees.pathOf(agent)) },
    terminal: () => agents.terminalOf(agent),
  }));
  const sessions = residents.flatMap(({ agent, cli, env }): readonly Ground[] => {
    const folder = cli.sessionsFolder(env);
    return folder === null ? [] : [{ folder, holds: `${cli.name}’s sessions`, agents: [agent] }];
  });
  const own = members.map(
    ({ agent, home }): Ground => ({
      ...{ folder: home, holds: 'Belfry’s journal and worktrees', agents: [agent] },
    }),
  );
  const surroundings = new Surroundings({
    ...{ host, clock, residents, grounds: [...sessions, ...own] },
    say: text => log.write(text),
  });
  agents.onReplaced(() => surroundings.agentStarted());
  return surroundings;
}
