import { defineConfig } from 'vitest/config';

/** Journeys wait for a whole program on a machine that may be busy: that is no reason to fail. */
const journeyTimeoutMs = 600_000;
/** The longest take ten seconds alone. What hangs is found by this, not what is slow. */
const partTimeoutMs = 120_000;

// biome-ignore lint/style/noDefaultExport: the test runner reads the default export.
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'parts',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: ['test/journey/**', 'test/agents/**'],
          testTimeout: partTimeoutMs,
          hookTimeout: partTimeoutMs,
          // The runner would leave one core free; most of these wait for git and gates.
          maxWorkers: '100%',
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'agents',
          include: ['test/agents/**/*.test.ts'],
          // Programs that are not ours, with races of their own. What passed at the second try only is named with
          // its first failure at the end of `npm test`: it is a fault to be found, not noise.
          retry: 1,
          // Real agent CLIs, where they are in the cache, after everything else. Most of the time they wait.
          maxWorkers: 2,
          // Of those tests of a file that may run beside each other.
          maxConcurrency: 2,
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          name: 'journeys',
          include: ['test/journey/**/*.test.ts'],
          // Minutes of kills: `npm run test:kill`.
          exclude: process.env['BELFRY_KILL'] === undefined ? ['test/journey/kill-*'] : [],
          testTimeout: journeyTimeoutMs,
          hookTimeout: journeyTimeoutMs,
          // Each drives a team of processes of its own; most of its time it waits for them.
          maxWorkers: 2,
          // After everything else: their teams would take the processor from tests that measure time.
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
