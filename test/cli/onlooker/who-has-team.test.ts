import { expect, test } from 'vitest';
import type { LockHolder } from '../../../src/adapters/journal/instance-lock.ts';
import { whoHasTeam } from '../../../src/cli/onlooker/who-has-team.ts';

function ask() {
  const holder: LockHolder = { pid: 7, host: 'here', startedAt: 1 };
  const stage = { now: 5_000, looks: 0, find: (): LockHolder | null => holder };
  const who = whoHasTeam(
    '/state/lock',
    () => stage.now,
    () => {
      stage.looks += 1;
      return stage.find();
    },
  );
  return { stage, who };
}

test('many pictures in a second look at the lock once', () => {
  const { stage, who } = ask();
  for (let picture = 0; picture < 50; picture += 1) {
    expect(who()).toEqual({
      ...{ why: 'read-only: the Belfry in process 7 works on this team', isLive: true },
    });
    stage.now += 10;
  }
  expect(stage.looks).toBe(1);
});

test('a second later, or when the clock was set back, it is looked at again', () => {
  const { stage, who } = ask();
  who();
  stage.find = () => null;
  stage.now += 1_000;
  expect(who()).toEqual({ why: 'read-only: no Belfry works on this team', isLive: false });
  stage.now = 1;
  who();
  expect(stage.looks).toBe(3);
});

test('a lock that cannot be read ends nothing', () => {
  const { stage, who } = ask();
  stage.find = () => {
    throw new Error('EACCES');
  };
  expect(who().isLive).toBe(false);
});
