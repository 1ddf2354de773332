import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createBranchRadar } from '../../src/adapters/git/history/branch-radar.ts';
import type { TaskId } from '../../src/core/ids.ts';
import { TemporaryHub } from '../adapters/git/hub.ts';
import type { Figure } from './figure.ts';

/** Eight branches of a repository of 5,000 files. */
export async function measureRadar(): Promise<readonly Figure[]> {
  const hub = new TemporaryHub();
  for (let module = 0; module < 100; module += 1)
    hub.write(
      Object.fromEntries(
        Array.from({ length: 50 }, (_, file) => [
          `src/m${module}/f${file}.ts`,
          'export {};\n'.repeat(20),
        ]),
      ),
    );
  hub.commit({}, 'begin');
  await hub.open();

  const tasks = Array.from({ length: 8 }, (_, index) => `T-${index + 1}` as TaskId);
  const git = (cwd: string, ...args: string[]) => execFileSync('git', args, { cwd });
  const change = (task: TaskId, round: number) => {
    const cwd = join(hub.root, task);
    for (let file = 0; file < 10; file += 1)
      writeFileSync(
        join(cwd, `src/m${(file * 7 + Number(task.slice(2))) % 100}/f${round}.ts`),
        task,
      );
    git(cwd, 'add', '--all');
    const as = ['-c', 'user.name=Kim', '-c', 'user.email=kim@example.invalid'];
    git(cwd, ...as, 'commit', '--quiet', '--message', `${task} ${round}`);
  };
  for (const task of tasks) {
    const into = ['-b', `belfry/${task.toLowerCase()}`, join(hub.root, task), 'belfry-trunk'];
    git(hub.state.team, 'worktree', 'add', '--quiet', ...into);
    change(task, 0);
  }

  const radar = createBranchRadar(hub);
  const look = async (name: string): Promise<Figure> => {
    const start = performance.now();
    const pairs = await radar.look(tasks);
    const value = performance.now() - start;
    return { name: `radar over ${pairs.length} pairs, ${name}`, value, unit: 'ms', bound: 500 };
  };
  const figures = [await look('all new')];
  change(tasks[1] as TaskId, 1);
  figures.push(await look('after one commit'));
  hub.remove();
  return figures;
}
