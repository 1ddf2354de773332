import { expect, test } from 'vitest';
import type { TeamFile, TeamFileChange } from '../../src/ports/team-file.ts';
import { morningStore } from '../support/morning.ts';
import { driveUi } from '../support/ui-driver.tsx';

const path = '/repository/.belfry/team.yaml';
const changed: TeamFileChange = {
  ...{ path, at: Date.UTC(2026, 0, 5, 9), problem: null },
  diff: ['-     count: 3', '+     count: 4'],
};

function teamFileAt(change: TeamFileChange) {
  let applied = 0;
  const teamFile: TeamFile = {
    change: () => change,
    subscribe: () => () => {},
    apply: () => {
      applied += 1;
    },
  };
  return { teamFile, applied: () => applied };
}

async function open(change: TeamFileChange, runProgram?: Parameters<typeof driveUi>[0]) {
  const { teamFile, applied } = teamFileAt(change);
  const ui = await driveUi({ store: morningStore(), teamFile, ...runProgram });
  await ui.press('4');
  while (!(await ui.row('▸!')).includes('team.yaml')) await ui.press('j');
  return { ui, applied };
}

test('a changed team file is shown and counts only after a yes', async () => {
  const { ui, applied } = await open(changed);
  expect(await ui.row('team.yaml changed')).toContain('2 lines');
  await ui.press('enter');
  const frame = await ui.frame();
  expect(frame).toContain('-     count: 3');
  expect(frame).toContain('+     count: 4');
  await ui.press('n');
  expect(applied()).toBe(0);
  await ui.press('enter', 'y');
  expect(applied()).toBe(1);
});

test('a file with mistakes names them, and can be edited but not applied', async () => {
  const edited: string[] = [];
  const problem = `the team file has mistakes:\n  ${path}:7:3  gaet: no such key`;
  const { ui, applied } = await open(
    { ...changed, problem },
    {
      env: { EDITOR: 'edit' },
      runProgram: async (file, args) => {
        edited.push(file, ...args);
        return { kind: 'ended', code: 0 };
      },
    },
  );
  expect(await ui.row('team.yaml changed')).toContain('line 7:3  gaet: no such key');
  await ui.press('enter');
  expect(await ui.frame()).toContain('The team goes on as it was.');
  await ui.press('y');
  await ui.until(() => edited.length > 0, 'the editor');
  expect(edited).toEqual(['edit', path]);
  expect(applied()).toBe(0);
});
