import { createRepositoryFacts } from '../../src/adapters/git/history/repository-facts.ts';
import { lintBoard } from '../../src/core/plan/lint.ts';
import { TemporaryHub } from '../adapters/git/hub.ts';
import { planTask } from '../core/plan/plan-builder.ts';
import { type Figure, quantile } from './figure.ts';

/** A hundred tasks on a repository of 5,000 files. */
export async function measurePlanLint(): Promise<readonly Figure[]> {
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
  for (let count = 0; count < 40; count += 1)
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
  const lint = async () => {
    const start = performance.now();
    lintBoard(board, await facts.read(board.flatMap(task => task.files)), 4);
    return performance.now() - start;
  };
  const cold = await lint();
  const warm: number[] = [];
  for (let turn = 0; turn < 9; turn += 1) warm.push(await lint());
  hub.remove();
  const shared = { unit: 'ms', bound: 100 };
  return [
    { name: 'lint of 100 tasks, cold', value: cold, unit: 'ms', bound: 1_000 },
    { name: 'lint of 100 tasks, warm, middle of 9', value: quantile(warm, 0.5), ...shared },
  ];
}
