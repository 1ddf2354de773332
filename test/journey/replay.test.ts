// What an agent's terminal showed can be looked at again, on the page and as a file.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { quit } from '../support/demo-journey.ts';
import { JourneyStage, patience } from '../support/journey-stage.ts';
import { keys } from '../support/pty-driver.ts';
import { smallTeam } from '../support/small-repository.ts';

const scenario = `name: two words
engineer:
  any:
    task:
      - say: the first word is lantern
      - think: 2s
      - write: { file: half.txt, text: "x\\n" }
      - say: the last word is harbour
      - think: 10m
`;

let stage: JourneyStage;
let folder = '';
beforeEach(async () => {
  stage = new JourneyStage();
  folder = await smallTeam(stage, { scenario, tasks: { 'Write half a file': 'half.txt' } });
});
afterEach(() => stage.close());

test('a terminal is scrubbed back to before its last word, and recorded as an asciicast', async () => {
  const program = stage.open([], { cwd: folder, size: [140, 44] });
  await program.waitFor('the last word is harbour', patience);
  program.press('b');
  await program.waitFor(/REPLAY +eng-1 at \d\d:\d\d:\d\d/, patience);
  await program.waitFor('the last word is harbour', patience);
  program.press('[');
  await program.waitFor(
    screen => screen.includes('T-1/1 starts') && !screen.includes('harbour'),
    patience,
  );
  program.press(' ');
  await program.waitFor('playing', patience);
  await program.waitFor('the last word is harbour', patience);
  program.press(keys.escape);
  await program.waitFor(screen => !screen.includes('REPLAY'), patience);
  await quit(program);

  const run = stage.run(['record', 'T-1'], { cwd: folder });
  expect(run).toMatchObject({ code: 0, stderr: '' });
  expect(run.stdout).toMatch(/^Wrote .*T-1\.cast: 1 attempt by eng-1, \d+ seconds/);
  const cast = readFileSync(join(folder, 'T-1.cast'), 'utf8');
  expect(JSON.parse(cast.split('\n')[0] ?? '')).toMatchObject({ version: 2 });
  expect(cast).toContain('the first word is lantern');
  const again = stage.run(['record', 'T-1'], { cwd: folder });
  expect(again.code).toBe(1);
  expect(again.stderr).toMatch(/is there already; name another file with --out/);
  expect(readFileSync(join(folder, 'T-1.cast'), 'utf8')).toBe(cast);
  const none = stage.run(['record', 'T-9'], { cwd: folder });
  expect(none.stderr).toMatch(/nothing of T-9 is recorded here/);
});
