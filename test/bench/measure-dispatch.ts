import type { TaskId } from '../../src/core/ids.ts';
import { step } from '../../src/core/step.ts';
import { contentOf } from '../core/plan/plan-builder.ts';
import { TeamDriver } from '../support/team-driver.ts';
import { type Figure, quantile } from './figure.ts';

/** One turn over a board of 500 tasks, in time of this process's own. */
export async function measureDispatch(): Promise<readonly Figure[]> {
  const team = new TeamDriver(5);
  team.addTasks(
    Object.fromEntries(
      Array.from({ length: 500 }, (_, index) => [
        `T-${index + 1}` as TaskId,
        // Four files for five engineers: one is free, and every waiting task is looked at in vain.
        contentOf(`Part ${index}`, { files: [`src/${index % 4}.ts`] }),
      ]),
    ),
  );
  const times: number[] = [];
  for (let turn = 0; turn < 200; turn += 1) {
    const used = process.cpuUsage();
    step(team.state, { type: 'time.passed', at: team.now + turn }, team.policy);
    times.push(process.cpuUsage(used).user / 1_000);
  }
  return [
    {
      ...{ name: 'dispatch decision with 500 tasks, middle of 200', value: quantile(times, 0.5) },
      ...{ unit: 'ms', bound: 2 },
    },
  ];
}
