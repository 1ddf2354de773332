import { expect, test } from 'vitest';
import { type Mutant, mutants } from './mutants.ts';
import { judge, mutated } from './mutate.ts';

const seedsMax = 500;
const nameOf = ({ file, breaks }: Mutant) => `${file}: ${breaks}`;

test.concurrent.each(mutants.map(mutant => [nameOf(mutant), mutant] as const))(
  'caught: %s',
  async (_name, mutant) => {
    const { isCaught, output } = await judge(mutant, seedsMax);
    expect(isCaught, output.slice(-200)).toBe(true);
  },
  60_000,
);

test('the core as it is passes', async () => {
  const { isCaught, output } = await judge(null, 20);
  expect(isCaught, output).toBe(false);
});

test('a mutant whose line is gone says so', () => {
  const mutant = { file: 'a.ts', line: 'gone();', replacement: '', breaks: 'nothing', seed: 1 };
  expect(() => mutated('here();\n', mutant)).toThrow('a.ts has no line “gone();” any more');
  expect(() => mutated('gone();\ngone();\n', mutant)).toThrow('2 times');
});
