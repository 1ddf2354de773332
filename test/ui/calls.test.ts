import { describe, expect, test } from 'vitest';
import { defaultPolicy } from '../../src/core/policy.ts';
import { callPerson } from '../../src/ui/attention/call-person.ts';
import { callFor } from '../../src/ui/attention/calls.ts';
import type { Need } from '../../src/ui/present/facts/need.ts';
import { needsYou } from '../../src/ui/present/needs.ts';
import { MemoryTeamStore, stateOf } from '../support/memory-team-store.ts';
import { morningStore } from '../support/morning.ts';

const needOf = (key: string, since = 1, kind: Need['kind'] = 'question'): Need => ({
  ...{ key, since, kind, agent: null, task: null, question: null, message: null, concern: null },
  ...{ subject: `${key} asks`, text: 'may I?', answers: [], anywhere: 0 },
});

/** Looks at one list after the other; the texts of the calls. */
function calls(...lists: readonly (readonly Need[])[]): (string | null)[] {
  let called = callFor(null, []).called;
  return lists.map(needs => {
    const call = callFor(called, needs);
    called = call.called;
    return call.text;
  });
}

describe('the person is called', () => {
  test('once for each thing, however often it is looked at', () => {
    const one = needOf('a');
    const two = needOf('b');
    expect(calls([one], [one], [two, one], [two], [], [one])).toEqual([
      'a asks: may I?',
      null,
      'b asks: may I?',
      null,
      null,
      null,
    ]);
  });

  test('once for several at the same time, the most urgent by name', () => {
    expect(calls([needOf('a'), needOf('b'), needOf('c')])).toEqual(['a asks: may I? (and 2 more)']);
  });

  test('again when the same one comes up again, later', () => {
    expect(calls([needOf('escalation T-1', 1)], [], [needOf('escalation T-1', 9)])).toEqual([
      'escalation T-1 asks: may I?',
      null,
      'escalation T-1 asks: may I?',
    ]);
  });

  test('once for a red trunk, and again only after it was green', () => {
    const red = (since: number) => [needOf('trunk', since, 'trunk')];
    expect(calls(red(1), red(2), [], red(3))).toEqual([
      'trunk asks: may I?',
      null,
      null,
      'trunk asks: may I?',
    ]);
  });

  test('for a disk that is full, and not for an update that only wants to be known', () => {
    const about = { since: 1, agents: [], key: 'outside' };
    const disk = { kind: 'disk', folder: '/state', freeBytes: 0, holds: ['sessions'] } as const;
    const update = { kind: 'updated', cli: 'claude', from: '1', to: '2', wasSeen: true } as const;
    const needs = (concern: typeof disk | typeof update) =>
      needsYou(stateOf([], []), defaultPolicy, {
        ...{ teamFile: null, concerns: [{ ...about, ...concern }] },
      });
    expect(calls(needs(disk))).toEqual([expect.stringContaining('make room')]);
    expect(calls(needs(update))).toEqual([null]);
  });

  test('never for a branch that waits for their edits, nor for what is there when the page opens', () => {
    expect(calls([needOf('behind', 1, 'behind')])).toEqual([null]);
    const store = morningStore();
    const needs = needsYou(store.getState(), store.policy);
    expect(needs.length).toBeGreaterThan(0);
    expect(callFor(null, needs).text).toBeNull();
    expect(callFor(callFor(null, needs).called, needs).text).toBeNull();
  });
});

test('title and calls follow the team; what is there at the beginning rings no bell', () => {
  const said: string[] = [];
  const notifier = {
    notify: (text: string) => said.push(`call ${text}`),
    setTitle: (text: string) => said.push(`title ${text}`),
  };
  const morning = morningStore();
  const store = new MemoryTeamStore(stateOf([], []));
  const stop = callPerson(store, notifier, { hasTitle: true, hasCalls: true });
  const state = morning.getState();
  store.publish(state);
  expect(said).toEqual(['title harbour · Belfry', 'title ! 3 need you · harbour · Belfry']);
  const red = { ...state, trunk: { ...state.trunk, gate: 'red' as const, redExcerpt: 'x is 2' } };
  store.publish(red);
  store.publish({ ...red, at: red.at + 1 });
  expect(said.slice(2).filter(one => one.startsWith('call'))).toEqual([
    'call main is red: nothing lands until it is mended: x is 2',
  ]);
  stop();
  store.publish(state);
  expect(said).toHaveLength(5);
});
