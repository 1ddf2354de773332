// The radar over 8 branches of a repository of 5,000 files: at most 500 ms.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createBranchRadar } from '../../src/adapters/git/history/branch-radar.ts';
import type { TaskId } from '../../src/core/ids.ts';
import { TemporaryHub } from '../adapters/git/hub.ts';

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
    writeFileSync(join(cwd, `src/m${(file * 7 + Number(task.slice(2))) % 100}/f${round}.ts`), task);
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
const measure = async (name: string) => {
  const start = performance.now();
  const pairs = await radar.look(tasks);
  const conflicts = pairs.filter(({ state }) => state === 'conflict').length;
  process.stdout.write(
    `radar, ${name}: ${(performance.now() - start).toFixed(0)} ms, ${pairs.length} pairs, ${conflicts} in conflict\n`,
  );
};
await measure('8 branches at once');
for (let round = 1; round <= 3; round += 1) {
  change(tasks[round] as TaskId, round);
  await measure('after one commit');
}
await measure('nothing new');
hub.remove();
