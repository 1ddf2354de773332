import { expect, test } from 'vitest';
import type { TaskId } from '../../../src/core/ids.ts';
import { noBudget } from '../../../src/core/usage/budget.ts';
import { headerLine } from '../../../src/ui/present/header.ts';
import { lineText, lineWidth } from '../../../src/ui/present/line.ts';
import { busyState, noon } from '../../support/memory-team-store.ts';

const header = (width: number, more: Partial<Parameters<typeof headerLine>[0]> = {}) =>
  headerLine(
    {
      ...{ state: busyState(), repositoryName: 'harbour', needsCount: 3, runBudget: noBudget },
      ...{ gateStartedAt: noon - 64_000, now: noon },
      ...more,
    },
    width,
  );

const widths = Array.from({ length: 171 }, (_, index) => 80 + index);

test('trunk, team, gate, cost and clock are in every header from 80 columns on', () => {
  for (const width of widths) {
    const text = lineText(header(width));
    expect(text).toMatch(/main ✓ green .*2.*5 working .*gate T-7\/1.* \$5\.00 .*09:30 $/);
    expect(lineWidth(header(width))).toBe(width);
  }
});

test('a longer name, a queue and a cost of two digits have room, too', () => {
  const busy = busyState();
  const used = { ...busy.account.used, costUsd: 45.2 };
  const state = {
    ...busy,
    account: { ...busy.account, used },
    landingQueue: ['T-3' as TaskId],
  };
  for (const width of widths)
    expect(lineText(header(width, { state, repositoryName: 'harbour-master-app' }))).toMatch(
      / 3 need you .*main ✓.*working .*gate T-7\/1.* \+1 .*\$45\.20 .*09:30 $/,
    );
});

test('a long name of the trunk does not push out the gate and the cost', () => {
  const busy = busyState();
  const trunk = { ...busy.trunk, name: 'release/2030-summer-of-the-harbour', gate: 'unknown' };
  const state = { ...busy, trunk } as typeof busy;
  for (const width of widths)
    expect(lineText(header(width, { state }))).toMatch(
      /release.* ~ .*working .*gate T-7\/1.* \$5\.00 .*09:30 $/,
    );
});

test('a cost that nobody tells says so, in as many words as there is room for', () => {
  const busy = busyState();
  const account = { ...busy.account, used: { tokens: null, costUsd: null } };
  const state = { ...busy, account };
  expect(lineText(header(160, { state }))).toContain('cost not known');
  expect(lineText(header(80, { state }))).toContain('$?');
});

test('what has no room is left out whole, from the end', () => {
  expect(lineText(header(48)).trimEnd()).toBe(' harbour   ! 3 need you   main ✓          09:30');
  expect(lineText(header(24))).not.toContain('…');
});
