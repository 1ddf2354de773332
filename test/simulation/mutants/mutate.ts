import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Mutant } from './mutants.ts';

const root = join(import.meta.dirname, '../../..');
const copied = ['src/core', 'src/lib', 'test/simulation', 'test/support/random.ts'];
const timeoutMs = 50_000;

export type Verdict = { readonly isCaught: boolean; readonly output: string };

/** Replaces the one line that the mutant names, or says what is wrong with the mutant. */
export function mutated(text: string, { file, line, replacement }: Mutant): string {
  const lines = text.split('\n');
  const places = lines.flatMap((one, index) => (one.trim() === line ? [index] : []));
  const place = places[0];
  if (place === undefined) throw new Error(`${file} has no line “${line}” any more`);
  if (places.length > 1) throw new Error(`${file} has the line “${line}” ${places.length} times`);
  lines[place] = replacement;
  return lines.join('\n');
}

/** Runs the simulation on a copy of the core, with the mutant in it where one is given, up to its first failing seed. */
export async function judge(mutant: Mutant | null, seedsMax: number): Promise<Verdict> {
  const folder = mkdtempSync(join(tmpdir(), 'belfry-mutant-'));
  try {
    for (const path of [...copied, 'test/support/print-event.ts'])
      cpSync(join(root, path), join(folder, path), { recursive: true });
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
    if (mutant !== null) {
      const file = join(folder, 'src/core', mutant.file);
      writeFileSync(file, mutated(readFileSync(file, 'utf8'), mutant));
    }
    const first = mutant === null ? null : await simulated(folder, mutant.seed, 1);
    return first?.isCaught ? first : await simulated(folder, 1, seedsMax);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function simulated(folder: string, seed: number, seeds: number): Promise<Verdict> {
  const args = [
    join(folder, 'test/simulation/run.ts'),
    '--seed',
    String(seed),
    '--seeds',
    String(seeds),
  ];
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, { timeout: timeoutMs }, (error, stdout, stderr) => {
      const output = `${stderr}${stdout}`;
      if (error === null) return resolve({ isCaught: false, output });
      // A copy that does not even run proves nothing about the simulation.
      if (error.killed || !output.startsWith('seed '))
        return reject(new Error(output || 'timeout'));
      resolve({ isCaught: true, output });
    });
  });
}
