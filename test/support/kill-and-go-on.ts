import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'vitest';
import { expectTerminalRestored } from './demo-journey.ts';
import { type JourneyStage, patience } from './journey-stage.ts';

const pollMs = 20;
/** A run records so many facts before its agents work again. */
const factsOfStart = 20;
/** Facts of work that a run may record before it is killed: about an eighth of what the whole demo records. */
const factsMax = 55;
/** Behind a fact, so that the kill falls between two. */
const moreMsMax = 300;
/** A start takes about this long; one kill in four falls into it. */
const startMsMax = 1_500;
/** As long as the longest wait in the demo, a message that was not taken. */
const quietMsMax = 15_000;
/** Agents that lost their terminal get this long to end before a test looks at what they left. */
const settleMsMax = 5_000;

type Given = {
  readonly folder: string;
  readonly args: readonly string[];
  readonly random: () => number;
  /** What the kill before this one left uncommitted. */
  readonly unsaved: readonly string[];
};

/**
 * Starts the program, kills Belfry with KILL at a random moment, and looks at what the person sees then.
 * Resolves with how many facts the journal holds.
 */
export async function runAndKill(stage: JourneyStage, given: Given): Promise<number> {
  const { folder, args, random, unsaved } = given;
  const before = factsOf(stage, folder);
  const program = stage.open(args);
  if (unsaved.length > 0) {
    // Its first fact is that its run began: by then everything is saved.
    await until(() => factsOf(stage, folder) > before);
    await expectSaved(stage, folder, unsaved);
  }
  if (random() < 0.25) await delay(random() * startMsMax);
  else {
    await untilFacts(stage, folder, before + factsOfStart + Math.floor(random() * factsMax));
    await delay(random() * moreMsMax);
  }
  await until(() => stage.belfryUnder(program) !== null);
  process.kill(stage.belfryUnder(program) ?? 0, 'SIGKILL');
  await program.exited.then(({ code }) => expect(code).toBe(128 + 9));
  expectTerminalRestored(program);
  await program.close();
  return factsOf(stage, folder);
}

function factsOf(stage: JourneyStage, folder: string): number {
  try {
    return readFileSync(stage.stateFolder(folder).journal, 'latin1').split('\n').length - 1;
  } catch {
    return 0;
  }
}

/** Also returns when nothing has been recorded for a while: the demo may be over before. */
async function untilFacts(stage: JourneyStage, folder: string, wanted: number): Promise<void> {
  let facts = 0;
  let since = performance.now();
  await until(() => {
    const seen = factsOf(stage, folder);
    if (seen !== facts) since = performance.now();
    facts = seen;
    return facts > wanted || performance.now() - since > quietMsMax;
  });
}

async function until(condition: () => boolean): Promise<void> {
  const end = performance.now() + patience.timeoutMs;
  while (!condition()) {
    if (performance.now() > end) throw new Error('what was waited for did not come');
    await delay(pollMs);
  }
}

/** Trees of worktrees with something typed that is not committed, when no agent works on them any more. */
export async function unsavedTrees(
  stage: JourneyStage,
  folder: string,
): Promise<readonly string[]> {
  const end = performance.now() + settleMsMax;
  while (stage.processesOf(folder).length > 0) {
    if (performance.now() > end) return [];
    await delay(pollMs);
  }
  const { worktrees, team } = stage.stateFolder(folder);
  if (!existsSync(team)) return [];
  const index = `GIT_INDEX_FILE=${join(stage.root, 'index')}`;
  const trees: string[] = [];
  for (const agent of ['eng-1', 'eng-2', 'eng-3']) {
    const at = join(worktrees, agent);
    const isThere = (await stage.shell(`git -C ${at} rev-parse --verify HEAD`, team)).code === 0;
    if (!isThere) continue;
    await stage.must(`${index} git read-tree HEAD && ${index} git add --all`, at);
    const tree = await stage.must(`${index} git write-tree`, at);
    if (tree !== (await stage.must('git rev-parse HEAD^{tree}', at))) trees.push(tree);
  }
  return trees;
}

async function expectSaved(
  stage: JourneyStage,
  folder: string,
  trees: readonly string[],
): Promise<void> {
  const refs = await stage.must(
    "git for-each-ref --format='%(tree)' refs/belfry/wip",
    stage.stateFolder(folder).team,
  );
  for (const tree of trees) expect(refs.split('\n')).toContain(tree);
}
