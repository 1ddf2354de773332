import { performance } from 'node:perf_hooks';
import { GateWorktree } from '../../src/adapters/gate/gate-worktree.ts';
import { createTrunk } from '../../src/adapters/git/trunk.ts';
import { openReceipts } from '../../src/adapters/receipts/open-receipts.ts';
import { details, task1, temporaryTeam } from '../adapters/git/temporary-team.ts';
import type { Figure } from './figure.ts';

const fileCount = 5_000;
const filesPerFolder = 50;
const landings = 7;

/**
 * From a claim to the person's checkout without the gate: build and sign, land, follow, on a repository of 5,000
 * files with the person's branch checked out. The median of several landings, each of three files. Beside
 * it, what the gate itself begins with: the merge result in its worktree, which the first landing creates.
 */
export async function measureLanding(): Promise<readonly Figure[]> {
  const files = Object.fromEntries(
    Array.from({ length: fileCount }, (_, index) => [
      `src/part-${Math.floor(index / filesPerFolder)}/file-${index}.ts`,
      `export const value${index} = ${index};\n`.repeat(20),
    ]),
  );
  const team = await temporaryTeam({ files });
  const gate = new GateWorktree(team.state);
  const { receipts: folder, gateLogs } = team.state;
  const { receipts, signer } = await openReceipts({ folder, gateLogs, facts: 0 });
  try {
    const taken: Record<'build' | 'gate' | 'land' | 'follow' | 'all', number[]> = {
      ...{ build: [], gate: [], land: [], follow: [], all: [] },
    };
    for (let round = 1; round <= landings; round += 1) {
      await team.work({
        'src/part-1/file-50.ts': `round ${round}\n`,
        'src/part-2/file-100.ts': `round ${round}\n`,
        [`src/new/file-${round}.ts`]: 'new\n',
      });
      const trunk = createTrunk({ ...team.given, signer });
      const start = performance.now();
      const built = await trunk.build(task1, round, details);
      if (built.kind !== 'built') throw new Error(built.kind);
      const afterBuild = performance.now();
      await trunk.land(task1, built.candidate);
      const afterLand = performance.now();
      const { why } = await trunk.followCheckout();
      if (why !== null) throw new Error(why);
      const end = performance.now();
      taken.build.push(afterBuild - start);
      taken.land.push(afterLand - afterBuild);
      taken.follow.push(end - afterLand);
      taken.all.push(end - start);
      await gate.checkOut(built.candidate.commit, null);
      taken.gate.push(performance.now() - end);
    }
    const figure = (name: string, values: readonly number[], bound: number | null) => ({
      ...{ name, value: Math.round(median(values)), unit: 'ms', bound },
    });
    return [
      figure('landing, 5,000 files, without the gate', taken.all, 400),
      figure('of it: building the merge result', taken.build, 400),
      figure('of it: moving the trunk', taken.land, 400),
      figure('of it: the person’s checkout', taken.follow, 400),
      figure('putting the merge result into the gate’s worktree', taken.gate, null),
    ];
  } finally {
    await receipts.close();
    team.remove();
  }
}

const median = (values: readonly number[]) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
