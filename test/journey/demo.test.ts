// The demo as a person sees it, from the first frame to the farewell.
import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import expected from '../../assets/demo/expected.json' with { type: 'json' };
import {
  countersOf,
  expectProven,
  expectSoundTrunk,
  quit,
  untilDemoIsOver,
  verifyUntil,
} from '../support/demo-journey.ts';
import { JourneyStage, patience } from '../support/journey-stage.ts';

let stage: JourneyStage;
afterEach(() => stage.close());

/** The report's figures are those that the page ended with. */
function expectReport(folder: string, page: string): void {
  const { code, stdout } = stage.run(['report', '--json'], { cwd: folder });
  expect(code).toBe(0);
  const { week, outcomes, tasks } = JSON.parse(stdout);
  const values = Object.fromEntries(
    [...week, ...outcomes].map(({ id, value }: { id: string; value: number | null }) => [
      id,
      value,
    ]),
  );
  const { landed, gateCatches, conflicts, exhaustions, reassigned, dropped } = expected.counters;
  expect(values).toMatchObject({
    ...{ completed: landed, gateCatches, conflicts, exhaustions, reassigned, dropped },
    // A claim that met what others had landed says nothing; so does its end.
    trueClaimsRate: landed / (landed + gateCatches - Object.keys(expected.collisionsByTask).length),
  });
  expect(page).toContain(`${values['completed']} landed · ${values['gateCatches']} catches`);
  expect(tasks).toHaveLength(expected.landed.length);
  const { linesAdded, linesRemoved } = stage.state(folder).counters;
  expect(values['lines']).toBe(linesAdded + linesRemoved);
  expect(values['supervisedMs']).toBeGreaterThan(10_000);
  // To leave, keys are pressed.
  expect(values['humanMs']).toBeGreaterThanOrEqual(60_000);
  expect(stage.run(['report', '--tasks'], { cwd: folder }).stdout).toMatch(
    new RegExp(`\\| tasks completed +\\| ${landed} +\\|`),
  );
}

const whole = { timeoutMs: 500_000 };

test('runs to its end: every task lands once, on a trunk that is always green', async () => {
  stage = new JourneyStage();
  const program = stage.open(['demo', '--fresh', '--speed', '8'], { size: [140, 44] });
  await program.waitFor('tally', patience);
  await program.waitFor(/\d of 5 working/, patience);

  const asked = await program.waitFor(/asks permission/, whole);
  expect(asked).toMatch(/1 needs you/);
  expect(asked).toContain('rm -r docs/old');
  expect(asked).toMatch(/y yes +N no/);

  const folder = join(stage.root, 'state/belfry/demos/1/tally');
  const over = untilDemoIsOver(program);
  const codes = await verifyUntil(stage, folder, over);
  await over;
  // A team that lands meanwhile is no fault, whatever moment it is looked at; before the first there is nothing to prove.
  expect(codes.filter(code => code !== 0 && code !== 3)).toEqual([]);
  expect(codes).toContain(0);
  const end = await program.waitFor('14 landed · 5 catches', patience);
  expect(end).toContain('nothing to do');
  expect(end).toContain('✓ green');

  expect(await quit(program)).toContain('all 14 tasks are done; everything is saved');
  expect(stage.processesOf(folder)).toEqual([]);
  const record = stage.run(['record', 'T-3', '--out', '-'], { cwd: folder });
  expect(record.code).toBe(0);
  expect(record.stdout).toMatch(/"m","T-3\/2 starts"/);

  expect(countersOf(stage, folder)).toEqual(expected.counters);
  expectReport(folder, end);
  const { tasks, endedCleanly } = stage.state(folder);
  expect(endedCleanly).toBe(true);
  const attemptsOf = (kind: string, reason: string | null) =>
    Object.fromEntries(
      Object.values(tasks).flatMap(({ id, attempts }) => {
        const count = attempts.filter(
          ({ end: how }) => how?.kind === kind && (how.kind !== 'failed' || how.reason === reason),
        ).length;
        return count === 0 ? [] : [[id, count]];
      }),
    );
  // What was red together with another task's work is caught all the same, and charged to nobody.
  const collided = attemptsOf('collided', null);
  expect({ ...attemptsOf('failed', 'gate'), ...collided }).toEqual(expected.gateCatchesByTask);
  expect(collided).toEqual(expected.collisionsByTask);
  expect(attemptsOf('conflicted', null)).toEqual(expected.conflictsByTask);
  const by = (key: 'exhaustions' | 'reassignments') =>
    Object.fromEntries(
      Object.values(tasks).flatMap(task => (task[key] > 0 ? [[task.id, task[key]]] : [])),
    );
  expect(by('exhaustions')).toEqual(expected.exhaustionsByTask);
  expect(Object.keys(by('reassignments'))).toEqual(expected.reassignedTasks);

  await expectSoundTrunk(stage, folder);
  const { receipts } = expectProven(stage, folder);
  const kept = ['--root', receipts.root, '--known', receipts.newest];
  const proof = stage.run(['verify', ...kept], { cwd: folder });
  expect(proof.stdout).toContain(
    'Proven: each of the 14 commits that Belfry landed passed the gate',
  );
  expect(proof.stdout).toContain('What this does not prove:');
  expect(proof.code).toBe(0);
  const log = join(stage.stateFolder(folder).gateLogs, 'T-1-1-1.log');
  appendFileSync(log, 'and all is well\n');
  const doubt = stage.run(['verify', ...kept], { cwd: folder });
  expect(doubt.stdout).toMatch(/^NOT PROVEN.*\n+Broken:\n {2}gate log .*T-1-1-1\.log/);
  expect(doubt.code).toBe(1);
  // The person's own checkout stands where the trunk stands; what differs are the board's own words.
  expect(await stage.must('git status --porcelain -- . ":!.belfry/tasks"', folder)).toBe('');
  expect(await stage.must('git branch --show-current', folder)).toBe('main');
  expect(readFileSync(join(folder, 'src/index.ts'), 'utf8')).toContain('./rules.ts');
}, 600_000);
