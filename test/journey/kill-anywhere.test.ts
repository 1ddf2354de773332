// Belfry is killed with KILL at random moments of the demo and started again, over and over: it goes on,
// and ends as if nothing had happened. BELFRY_SEED repeats a run's choices; what they hit depends on the
// machine, too.
import { afterAll, expect, test } from 'vitest';
import expected from '../../assets/demo/expected.json' with { type: 'json' };
import {
  countersOf,
  createJourneyDemo,
  expectProven,
  expectSoundTrunk,
  quit,
  untilDemoIsOver,
} from '../support/demo-journey.ts';
import { JourneyStage } from '../support/journey-stage.ts';
import { runAndKill, unsavedTrees } from '../support/kill-and-go-on.ts';
import { seededRandom } from '../support/seeded-random.ts';

const seed = Number(process.env['BELFRY_SEED'] ?? Date.now() % 1_000_000);
// What was chosen must be known when it fails.
process.stderr.write(`kill-anywhere: BELFRY_SEED=${seed}\n`);
const killsPerDemo = 16;

let savedCount = 0;
// Otherwise nothing was ever caught half-typed, and what is saved was never looked at.
afterAll(() => expect(savedCount).toBeGreaterThan(0));

test.concurrent.each([seed, seed + 1])(
  'goes on after 16 kills (seed %i)',
  async seedOfThis => {
    const stage = new JourneyStage();
    try {
      await killAndGoOn(stage, seededRandom(seedOfThis));
    } finally {
      await stage.close();
    }
  },
  600_000,
);

async function killAndGoOn(stage: JourneyStage, random: () => number): Promise<void> {
  const folder = await createJourneyDemo(stage, yaml =>
    // What a kill cuts off is asked for again after these: here soon, since it is what happens all the time.
    yaml
      .replace(/answerPermissionsAfter: \S+/, 'answerPermissionsAfter: 1s\n  nudgeAfter: 4s')
      .replace(/deliveryTimeout: \S+/, 'deliveryTimeout: 6s'),
  );
  const args = ['demo', '--folder', folder, '--speed', '15'];
  let unsaved: readonly string[] = [];
  for (let kill = 0; kill < killsPerDemo; kill += 1) {
    const facts = await runAndKill(stage, { folder, args, random, unsaved });
    process.stderr.write(`kill-anywhere: kill ${kill + 1} at ${facts} facts\n`);
    unsaved = random() < 0.5 ? await unsavedTrees(stage, folder) : [];
    savedCount += unsaved.length;
  }
  const program = stage.open(args);
  await untilDemoIsOver(program);
  expect(await quit(program)).toContain('all 14 tasks are done');
  expect(stage.processesOf(folder)).toEqual([]);
  expect(countersOf(stage, folder)).toEqual(expected.counters);
  await expectSoundTrunk(stage, folder);
  expectProven(stage, folder);
  expect(await stage.must('git status --porcelain -- . ":!.belfry/tasks"', folder)).toBe('');
}
