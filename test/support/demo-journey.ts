import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'vitest';
import expected from '../../assets/demo/expected.json' with { type: 'json' };
import { createDemoRepository } from '../../src/cli/demo/demo-repository.ts';
import { belfryCommand, type JourneyStage } from './journey-stage.ts';
import type { PtyProgram } from './pty-driver.ts';

/** How the demo's own tests are run, as in its team file. */
const gate = 'node --test --test-isolation=none "test/*.test.ts"';

/** A demo repository in a folder of its own. Resolves with the folder. */
export async function createJourneyDemo(
  stage: JourneyStage,
  changeTeam: (yaml: string) => string = yaml => yaml,
): Promise<string> {
  const folder = join(stage.root, 'tally');
  await createDemoRepository(folder);
  const file = join(folder, '.belfry/team.yaml');
  writeFileSync(file, changeTeam(readFileSync(file, 'utf8')));
  await stage.must('git commit --quiet --all --allow-empty --message "The team"', folder);
  return folder;
}

const doneCount = new RegExp(`done ${expected.counters.landed}\\b`);
const waitsForPerson = /T-\d+ escalated: .*/;

/** Waits until every task is through and no gate is at work. Fails at once when the story goes wrong. */
export async function untilDemoIsOver(program: PtyProgram): Promise<string> {
  const isOver = (screen: string) => doneCount.test(screen) && !/gate T-/.test(screen);
  const screen = await program.waitFor(one => isOver(one) || waitsForPerson.test(one), {
    timeoutMs: 500_000,
    what: 'the end of the demo',
  });
  expect(screen).not.toMatch(waitsForPerson);
  return screen;
}

/** Asks for the end as a person does, and gives the screen that is left. */
export async function quit(program: PtyProgram): Promise<string> {
  program.press('q');
  await program.waitFor('Quit Belfry?', { timeoutMs: 60_000 });
  program.press('y');
  const { code } = await program.exited;
  expect(code).toBe(0);
  expectTerminalRestored(program);
  return program.text();
}

/** What a shell needs of the terminal that it gets back. */
export function expectTerminalRestored(program: PtyProgram): void {
  expect(program.isAltScreen).toBe(false);
  const { mouseTrackingMode, bracketedPasteMode, sendFocusMode } = program.modes;
  expect({ mouseTrackingMode, bracketedPasteMode, sendFocusMode }).toEqual({
    ...{ mouseTrackingMode: 'none', bracketedPasteMode: false, sendFocusMode: false },
  });
  const output = program.rawOutput();
  // Equal only where the cursor was neither hidden nor shown: nothing was drawn.
  expect(output.lastIndexOf('\x1b[?25h')).toBeGreaterThanOrEqual(output.lastIndexOf('\x1b[?25l'));
}

/** Counters of the demo by their names, without those that depend on the texts of merges. */
export function countersOf(stage: JourneyStage, folder: string): Record<string, number> {
  const { linesAdded: _added, linesRemoved: _removed, ...counters } = stage.state(folder).counters;
  return counters;
}

const landedWords = /^Belfry-Task: (T-\d+)$/gm;

/**
 * Every commit of the trunk passes the demo's tests, and each task that should land is on it once.
 * Tests run on files taken out of git, not in anybody's worktree.
 */
export async function expectSoundTrunk(stage: JourneyStage, folder: string): Promise<void> {
  const commits = (await stage.must('git rev-list --first-parent --reverse main', folder)).split(
    '\n',
  );
  for (const [index, commit] of commits.entries()) {
    const into = join(stage.root, `check-${index}`);
    await stage.must(`mkdir -p ${into} && git archive ${commit} | tar -x -C ${into}`, folder);
    const { code, stdout } = await stage.shell(gate, into);
    expect(code, `${commit}: ${stdout}`).toBe(0);
  }
  const log = await stage.must('git log --first-parent --format=%B main', folder);
  const landed = [...log.matchAll(landedWords)].map(([, task]) => task);
  expect(landed.toSorted()).toEqual(expected.landed.toSorted());
}

type Verified = {
  readonly commits: readonly { readonly state: string; readonly task: string | null }[];
  readonly flaws: readonly { readonly level: string }[];
  readonly receipts: { readonly lines: number; readonly newest: string; readonly root: string };
};

/** Each task that should have landed did so with a passing gate on its tree, once, by the receipts. */
export function expectProven(stage: JourneyStage, folder: string): Verified {
  const { code, stdout } = stage.run(['verify', '--json'], { cwd: folder });
  const found = JSON.parse(stdout) as Verified;
  // Of what a kill kept from being written it is said that it was written afterwards, and no more.
  expect(found.flaws.filter(({ level }) => level !== 'note')).toEqual([]);
  expect(code).toBe(0);
  const proven = found.commits.filter(({ state }) => state === 'proven');
  expect(proven.map(({ task }) => task).toSorted()).toEqual(expected.landed.toSorted());
  expect(found.commits.length).toBe(proven.length);
  return found;
}

const verifyEveryMs = 1_500;

/** Looks at the receipts beside the running team, over and over. The exit codes of `belfry verify`. */
export async function verifyUntil(
  stage: JourneyStage,
  folder: string,
  over: Promise<unknown>,
): Promise<readonly (number | null)[]> {
  const codes: (number | null)[] = [];
  let isOver = false;
  const end = () => {
    isOver = true;
  };
  over.then(end, end);
  while (!isOver) {
    codes.push((await stage.shell(`${belfryCommand} verify`, folder)).code);
    await Promise.race([delay(verifyEveryMs), over.catch(() => {})]);
  }
  return codes;
}
