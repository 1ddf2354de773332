// Lint of 100 tasks on a repository of 5,000 files: at most 1 s cold, 100 ms warm.

import { createRepositoryFacts } from '../../src/adapters/git/history/repository-facts.ts';
import { lintBoard } from '../../src/core/plan/lint.ts';
import { TemporaryHub } from '../adapters/git/hub.ts';
import { planTask } from '../core/plan/plan-builder.ts';

const hub = new TemporaryHub();
const modules = 100;
const filesPerModule = 50;
const source = (module: number, file: number) =>
  `import { f${file + 1} } from './f${file + 1}.ts';\n` +
  `export function f${file}(a: number): number {\n  return f${file + 1}(a) + ${module};\n}\n`.repeat(
    20,
  );
for (let module = 0; module < modules; module += 1)
  hub.write(
    Object.fromEntries(
      Array.from({ length: filesPerModule }, (_, file) => [
        `src/m${module}/f${file}.ts`,
        source(module, file),
      ]),
    ),
  );
hub.commit({}, 'begin');
for (let count = 0; count < 200; count += 1)
  hub.commit({
    [`src/m${count % 100}/f0.ts`]: `export const a = ${count};\n`,
    [`src/m${count % 100}/f1.ts`]: `export const b = ${count};\n`,
  });
await hub.open();

/** Words of their own for each task: a board of a hundred likenesses would be refused long before. */
const word = (index: number, place: number) => `w${(index * 31 + place * 17) % 997}x${place}`;
const board = Array.from({ length: 100 }, (_, index) =>
  planTask(`T-${index + 1}`, `Rework ${word(index, 1)} of ${word(index, 2)}`, {
    files: [
      `src/m${index}/f0.ts`,
      `src/m${index}/f1.ts`,
      `src/m${index}/f48.ts`,
      `src/m${index}/f49.ts`,
    ],
    body: Array.from({ length: 200 }, (_, place) => word(index, place)).join(' '),
  }),
);
const facts = createRepositoryFacts({ gitDir: hub.state.hub });
for (const name of ['cold', 'warm', 'warm', 'warm']) {
  const start = performance.now();
  const used = process.cpuUsage();
  const known = await facts.read(board.flatMap(task => task.files));
  const read = performance.now() - start;
  const findings = lintBoard(board, known, 4);
  const all = performance.now() - start;
  process.stdout.write(
    `plan lint, ${name}: ${all.toFixed(0)} ms (facts ${read.toFixed(0)} ms, own CPU ${Math.round(process.cpuUsage(used).user / 1000)} ms), ` +
      `${known.files.length} files, ${board.length} tasks, ${findings.length} findings\n`,
  );
}
hub.remove();
