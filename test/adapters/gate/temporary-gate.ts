import { createGate } from '../../../src/adapters/gate/shell-gate.ts';
import type { Oid } from '../../../src/core/ids.ts';
import type { TeamConfig } from '../../../src/ports/team-config.ts';
import { type Files, temporaryTeam } from '../git/temporary-team.ts';

/** A real gate beside a team's repositories, and commits in the hub for it to test. */
export async function temporaryGate(setup: Partial<TeamConfig['setup']> = {}) {
  const team = await temporaryTeam();
  const { state, repository } = team;
  const gate = createGate({
    ...{ state, repository, env: { PATH: process.env['PATH'] ?? '', HOME: team.root } },
    withheld: ['SECRET_TOKEN', 'ENV'],
    setup: { command: null, copy: [], timeoutMs: 20_000, ...setup },
  });
  /** As one tree of its own, whatever the person's checkout holds. */
  const commit = async (files: Files): Promise<Oid> => {
    team.git('checkout', '--quiet', '--orphan', 'draft');
    team.git('rm', '--quiet', '-r', '-f', '--ignore-unmatch', '.');
    const made = team.commit(files);
    team.git('checkout', '--quiet', 'main');
    team.git('branch', '--quiet', '-f', 'kept', made);
    team.git('branch', '--quiet', '-D', 'draft');
    team.hub('fetch', '--quiet', repository, '+kept:refs/belfry/test');
    return made;
  };
  return { ...team, gate, commit };
}
