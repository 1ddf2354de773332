// The page for a screen reader, in a real terminal: lines, and never a sequence.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { JourneyStage, patience } from '../support/journey-stage.ts';
import { smallTeam } from '../support/small-repository.ts';

const scenario = `name: one question
engineer:
  any:
    task:
      - ask-permission: { command: rm -r build, on-yes: [{ say: thank you }], on-no: [] }
      - think: 10m
`;

let stage: JourneyStage;
let folder = '';
beforeEach(async () => {
  stage = new JourneyStage();
  folder = await smallTeam(stage, { scenario, tasks: { 'Remove the build': 'build/**' } });
});
afterEach(() => stage.close());

test('says what happens and what needs the person, takes its keys, and moves no cursor', async () => {
  const program = stage.open(['--screen-reader'], { cwd: folder, size: [100, 30] });
  await program.waitFor(/Needs you: eng-1 asks permission: .*rm -r build.*y yes/s, patience);
  program.press('y');
  await program.waitFor('Nothing needs you any more.', patience);
  program.press('2');
  await program.waitFor(/Board: T-1 Remove the build, doing, eng-1/, patience);
  program.press('q');
  await program.waitFor('any other key no', patience);
  program.press('y');
  const { code } = await program.exited;
  expect(code).toBe(0);
  expect(program.rawOutput()).not.toContain('\u001b');
  expect(program.isAltScreen).toBe(false);
});
