import { expect, test } from 'vitest';
import type { Oid, TaskId } from '../../src/core/ids.ts';
import type { Observation } from '../../src/core/input.ts';
import type { BranchPair, SignatureChange } from '../../src/core/radar.ts';
import { Lanes } from '../../src/supervisor/lanes.ts';
import { Radar } from '../../src/supervisor/radar.ts';
import { contentOf } from '../core/plan/plan-builder.ts';
import { TeamDriver } from '../support/team-driver.ts';

const gone: SignatureChange = {
  ...{ symbol: 'formatDuration', path: 'src/duration.ts' },
  ...{ before: 'function formatDuration(): string', after: null },
};
const candidate = {
  ...{ base: 'a' as Oid, head: 'b' as Oid, commit: 'c' as Oid, tree: 'd' as Oid },
  ...{ files: [], linesAdded: 0, linesRemoved: 0 },
};

function stage(fails = false) {
  const team = new TeamDriver(2);
  team.addTasks({ 'T-4': contentOf('Rename it'), 'T-5': contentOf('Print a timesheet') });
  const looks: (readonly TaskId[])[] = [];
  const observed: Observation[] = [];
  const logged: string[] = [];
  const lanes = new Lanes(() => {});
  const world = {
    log: { write: (line: string) => void logged.push(line) },
    radar: {
      async look(tasks: readonly TaskId[]): Promise<readonly BranchPair[]> {
        if (fails) throw new Error('no git');
        looks.push(tasks);
        return [{ one: 'T-5' as TaskId, other: 'T-4' as TaskId, state: 'clear', files: [] }];
      },
      changesFor: async (task: TaskId) => (task === 'T-5' ? [gone] : []),
    },
  };
  const observe = (observation: Observation) => void observed.push(observation);
  const radar = new Radar({ world, lanes, state: () => team.state, observe });
  return { team, lanes, looks, observed, logged, radar };
}

test('many commits at once are one look, and whoever listens is told', async () => {
  const { radar, lanes, looks } = stage();
  let told = 0;
  radar.onChange(() => {
    told += 1;
  });
  for (let count = 0; count < 5; count += 1) radar.refresh();
  await lanes.drained();
  expect(looks).toEqual([['T-4', 'T-5']]);
  expect([told, radar.pairs.length]).toEqual([1, 1]);
});

test('a landing tells those who use what it changed, and not itself', async () => {
  const { radar, lanes, observed, team } = stage();
  radar.landed('T-4' as TaskId, candidate);
  await lanes.drained();
  expect(observed).toEqual([
    { type: 'signatures.changed', task: 'T-5', by: 'T-4', changes: [gone] },
  ]);
  team.input(observed[0] as Observation);
  const note = team.state.messages.at(-1);
  expect(note).toMatchObject({ kind: 'note', from: 'belfry', to: team.task('T-5').assignee });
  expect(note?.text).toContain('formatDuration in src/duration.ts\n  was: function formatDuration');
  expect(note?.text).toContain('is gone');
});

test('what was told before a restart is not told again', () => {
  const { team } = stage();
  const seen = (by: string): Observation => ({
    ...{ type: 'signatures.changed', task: 'T-5' as TaskId, by: by as TaskId, changes: [gone] },
  });
  const before = team.state.messageCount;
  team.input(seen('T-4'));
  team.input(seen('T-4'));
  expect(team.state.messageCount).toBe(before + 1);
  team.input(seen('T-3'));
  expect(team.state.messageCount).toBe(before + 2);
});

test('at the gate nobody is told: the merge result tells', () => {
  const { team } = stage();
  team.claim('T-5');
  const before = team.state.messageCount;
  team.input({
    type: 'signatures.changed',
    task: 'T-5' as TaskId,
    by: 'T-4' as TaskId,
    changes: [gone],
  });
  expect(team.state.messageCount).toBe(before);
});

test('a radar that cannot see stops nothing', async () => {
  const { radar, lanes, logged } = stage(true);
  radar.refresh();
  await lanes.drained();
  expect(radar.pairs).toEqual([]);
  expect(logged[0]).toContain('no git');
});
