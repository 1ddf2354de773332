import { expect, test } from 'vitest';
import type { LockHolder } from '../../../src/adapters/journal/instance-lock.ts';
import { followHolder, holderEveryMs } from '../../../src/cli/onlooker/follow-holder.ts';
import { FakeClock } from '../../support/fake-clock.ts';

function follow() {
  const holder: LockHolder = { pid: 7, host: 'here', startedAt: 1 };
  const stage = { looks: 0, told: 0, find: (): LockHolder | null => holder };
  const clock = new FakeClock();
  const followed = followHolder('/state/lock', clock, () => {
    stage.looks += 1;
    return stage.find();
  });
  followed.onChange(() => {
    stage.told += 1;
  });
  return { stage, clock, ...followed };
}

test('many pictures look at the lock once, and what stays as it is is not told', () => {
  const { stage, clock, readOnly } = follow();
  for (let picture = 0; picture < 50; picture += 1)
    expect(readOnly()).toEqual({
      ...{ why: 'read-only: the Belfry in process 7 works on this team', isLive: true },
    });
  expect(stage.looks).toBe(1);
  clock.advance(10 * holderEveryMs);
  expect(stage).toMatchObject({ looks: 11, told: 0 });
});

test('an end without a word, by kill -9, is told a few seconds later; so is who comes then', () => {
  const { stage, clock, readOnly, stop } = follow();
  stage.find = () => null;
  clock.advance(holderEveryMs);
  expect(readOnly()).toEqual({ why: 'read-only: no Belfry works on this team', isLive: false });
  stage.find = () => ({ pid: 8, host: 'here', startedAt: 2 });
  clock.advance(holderEveryMs);
  expect([readOnly().isLive, stage.told]).toEqual([true, 2]);
  stop();
  stage.find = () => null;
  clock.advance(holderEveryMs);
  expect(readOnly().isLive).toBe(true);
});

test('a lock that cannot be read ends nothing', () => {
  const { stage, clock, readOnly } = follow();
  stage.find = () => {
    throw new Error('EACCES');
  };
  clock.advance(holderEveryMs);
  expect(readOnly().isLive).toBe(false);
});
