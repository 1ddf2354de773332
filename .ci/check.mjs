// Everything that must be green, in the order in which it fails fastest. Prints one line per step and
// ends with the counts of the test runner as `N passed, N failed`.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const steps = [
  ['format and lint', 'biome', ['ci', '--error-on-warnings', '.']],
  ['types', 'tsc', ['-p', 'tsconfig.json']],
  ['types of the pure rooms', 'tsc', ['-p', 'src/core/tsconfig.json']],
];

/** Some tests say what every agent showed. */
const firstFailureCharsMax = 6_000;

let failed = 0;
for (const [name, command, args] of steps) {
  process.stdout.write(`— ${name}\n`);
  const run = spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  if (run.status !== 0) failed += 1;
}

process.stdout.write('— tests\n');
const folder = mkdtempSync(join(tmpdir(), 'belfry-test-'));
const report = join(folder, 'report.json');
const run = spawnSync(
  'vitest',
  [
    'run',
    '--config=test/vitest.config.ts',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...process.argv.slice(2),
  ],
  { stdio: ['ignore', 'inherit', 'inherit'] },
);
let counts = { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, testResults: [] };
try {
  counts = JSON.parse(readFileSync(report, 'utf8'));
} catch {
  process.stdout.write('the test runner left no report\n');
  failed += 1;
}
rmSync(folder, { recursive: true, force: true });
if (run.status !== 0 && counts.numFailedTests === 0) failed += 1;

const atSecondTry = counts.testResults
  .flatMap(file => file.assertionResults)
  .filter(test => test.status === 'passed' && test.failureMessages.length > 0);
for (const { fullName, failureMessages } of atSecondTry)
  process.stdout.write(
    `PASSED AT THE SECOND TRY ONLY: ${fullName}\nfirst: ${failureMessages[0].slice(0, firstFailureCharsMax)}\n`,
  );

const { stdout } = spawnSync('node', ['test/agents/missing.ts'], { encoding: 'utf8' });
if (stdout)
  process.stdout.write(`NOT RUN, not in the cache (npm run test:agents installs them): ${stdout}`);

const passed = counts.numPassedTests + steps.length - Math.min(failed, steps.length);
process.stdout.write(
  `${passed} passed, ${counts.numFailedTests + failed} failed, ${counts.numPendingTests} skipped\n`,
);
process.exit(run.status !== 0 || failed > 0 ? 1 : 0);
