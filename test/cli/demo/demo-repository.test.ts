// The demo's story, replayed on real git without agents: what should be red is red, what should be green
// is green, and the counters that the demo must end with are those that the story gives.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import expected from '../../../assets/demo/expected.json' with { type: 'json' };
import { createDemoRepository } from '../../../src/cli/demo/demo-repository.ts';
import { changeFile } from '../../../src/cli/scripted-agent/change-files.ts';
import { findSteps } from '../../../src/cli/scripted-agent/scenario/find-steps.ts';
import { loadScenario } from '../../../src/cli/scripted-agent/scenario/load-scenario.ts';
import { readPrompt } from '../../../src/cli/scripted-agent/scenario/prompt.ts';
import type { Steps } from '../../../src/cli/scripted-agent/scenario/steps.ts';
import { UserError } from '../../../src/cli/user-error.ts';

const folder = join(mkdtempSync(join(tmpdir(), 'belfry-')), 'tally');
const env = {
  HOME: dirname(folder),
  PATH: `${dirname(process.execPath)}${delimiter}${process.env['PATH']}`,
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
};
const catches: Record<string, number> = {};

beforeAll(() => createDemoRepository(folder));
afterAll(() => rmSync(dirname(folder), { recursive: true, force: true }));

function shell(command: string) {
  const run = spawnSync('/bin/sh', ['-c', command], { cwd: folder, env, encoding: 'utf8' });
  return { isGreen: run.status === 0, output: run.stdout + run.stderr };
}

function must(command: string): string {
  const { isGreen, output } = shell(command);
  if (!isGreen) throw new Error(`${command}: ${output}`);
  return output.trim();
}

/** The gate's tests in one process: the same verdict in a sixth of the time. */
const quickGate = () => shell('node --test --test-isolation=none "test/*.test.ts"');

function stepsFor(task: string, kind: string, occurrence = 0, attempt = occurrence + 1): Steps {
  const scenario = loadScenario(join(folder, '.belfry/scenario.yaml'));
  const prompt = readPrompt(`Belfry M-1 ${kind} ${task}/${attempt}\n\ntext`);
  if (prompt === null) throw new Error('no prompt');
  const who = { role: 'engineer', agent: 'eng-1' } as const;
  const steps = findSteps(scenario, who as Parameters<typeof findSteps>[1], prompt, occurrence);
  if (steps === null) throw new Error(`the scenario has nothing for ${kind} of ${task}`);
  return steps;
}

function play(steps: Steps): void {
  for (const step of steps) {
    switch (step.name) {
      case 'edit':
      case 'write':
      case 'append':
      case 'delete':
      case 'resolve':
        changeFile(folder, step);
        break;
      case 'run':
        if (/^(git merge|rm) /.test(step.value)) must(step.value);
        break;
      case 'commit':
        must('git add --all');
        must(`git commit --quiet --message '${step.value}'`);
        break;
      case 'ask-permission':
        play(step.value['on-yes']);
        break;
    }
  }
}

/** On the task's branch, which starts at the trunk. */
function work(task: string, kind: string, occurrence = 0, attempt?: number): void {
  const branch = `belfry/${task.toLowerCase()}`;
  const isThere = shell(`git rev-parse --quiet --verify ${branch}`).isGreen;
  // In the midst of a merge git does not switch, not even to where it is.
  if (must('git branch --show-current') !== branch)
    must(`git switch --quiet ${isThere ? '' : '--create'} ${branch} ${isThere ? '' : 'main'}`);
  play(stepsFor(task, kind, occurrence, attempt));
  expect(must('git status --porcelain')).toBe('');
  must('git switch --quiet main');
}

const mergeOf = (task: string) =>
  `git merge --quiet --no-edit --no-ff belfry/${task.toLowerCase()}`;

/** The verdict on the merge result; it is taken back when red. */
function submit(task: string): { isGreen: boolean; output: string } {
  must(mergeOf(task));
  const verdict = [...accepts(task).map(shell), quickGate()];
  const output = verdict.map(one => one.output).join('\n');
  const isGreen = verdict.every(one => one.isGreen);
  if (isGreen) return { isGreen, output };
  catches[task] = (catches[task] ?? 0) + 1;
  must('git reset --quiet --hard HEAD~1');
  return { isGreen, output };
}

function land(task: string): void {
  const { isGreen, output } = submit(task);
  expect(isGreen, output).toBe(true);
}

type TaskFile = { id: string; files: string[]; accept: string[] };

function taskFiles(): TaskFile[] {
  const tasks = join(folder, '.belfry/tasks');
  const onBoard = readdirSync(tasks).map(name => {
    const [, front = ''] = readFileSync(join(tasks, name), 'utf8').split(/^---$/m);
    return parse(front) as TaskFile;
  });
  const start = loadScenario(join(folder, '.belfry/scenario.yaml')).architect.start ?? [];
  const added = start.flatMap(step => (step.name === 'add-task' ? [step.value] : []));
  const planned = added.map((task, index) => ({
    ...{ id: `T-${onBoard.length + index + 1}` },
    ...{ files: [...task.files], accept: [...task.accept] },
  }));
  return [...onBoard, ...planned];
}

/** Whether an engineer who waits for another would go on by now. */
const mayGoOn = (task: string) =>
  stepsFor(task, 'task').every(step => step.name !== 'until' || shell(step.value.run).isGreen);

const accepts = (task: string) => taskFiles().find(({ id }) => id === task)?.accept ?? [];

describe('the repository', () => {
  test('is one commit on main by a fixed identity, with nothing left over', () => {
    expect(must('git log --format="%an <%ae>"')).toBe('Belfry demo <demo@belfry.invalid>');
    expect(must('git branch --show-current')).toBe('main');
    expect(must('git status --porcelain')).toBe('');
  });

  test('refuses a folder with something in it', async () => {
    await expect(createDemoRepository(folder)).rejects.toThrow(UserError);
  });

  test('passes its own gate', () => {
    const team = parse(readFileSync(join(folder, '.belfry/team.yaml'), 'utf8'));
    const { isGreen, output } = shell(team.gate[0].command);
    expect(output).toMatch(/^. fail 0$/m);
    expect(isGreen).toBe(true);
  });

  test('has a board in which each acceptance is open and each task has steps', () => {
    const tasks = taskFiles();
    expect(tasks.map(({ id }) => id).sort()).toEqual([...expected.landed].sort());
    for (const { id, accept } of tasks) {
      expect(stepsFor(id, 'task').length, id).toBeGreaterThan(0);
      const isDone = accept.length > 0 && accept.map(shell).every(one => one.isGreen);
      // Tests that exist already stay green until the new ones are written.
      const isOpen = !isDone || accept.every(command => command.startsWith('node --test'));
      expect(isOpen, `${id} is done before it began`).toBe(true);
    }
  });
});

describe('the story', () => {
  test('T-1 and T-2 conflict in a file that neither declares, and both exports live', () => {
    expect(mayGoOn('T-1')).toBe(false);
    must('git branch belfry/t-2 main');
    expect(mayGoOn('T-1')).toBe(true);
    work('T-1', 'task');
    expect(mayGoOn('T-2')).toBe(false);
    work('T-2', 'task');
    land('T-1');
    expect(mayGoOn('T-2')).toBe(true);
    const { isGreen, output } = shell(mergeOf('T-2'));
    expect(isGreen).toBe(false);
    expect(output).toContain('src/index.ts');
    expect(must('git diff --name-only --diff-filter=U')).toBe('src/index.ts');
    must('git merge --abort');

    must('git switch --quiet --detach belfry/t-1');
    expect(shell('git merge --quiet belfry/t-2').isGreen, 'T-1 as the second').toBe(false);
    play(stepsFor('T-1', 'conflict'));
    expect(quickGate().isGreen).toBe(true);

    for (const id of ['T-1', 'T-2'])
      expect(taskFiles().find(task => task.id === id)?.files).not.toContain('src/index.ts');
    must('git switch --quiet belfry/t-2');
    shell('git merge --quiet main');
    work('T-2', 'conflict');
    land('T-2');
  });

  test('T-3 passes its own tests, is caught by the gate, and lands with the first retry', () => {
    work('T-3', 'task');
    must('git switch --quiet belfry/t-3');
    expect(shell('node --test test/money.test.ts').isGreen).toBe(true);
    must('git switch --quiet main');
    const { isGreen, output } = submit('T-3');
    expect(isGreen).toBe(false);
    expect(output).toContain(',820.00');
    work('T-3', 'failure', 0, 2);
    land('T-3');
  });

  test('T-4 and T-5 are green alone and merge cleanly, and only the merge result is red', () => {
    work('T-4', 'task');
    expect(mayGoOn('T-4')).toBe(false);
    work('T-5', 'task');
    expect(mayGoOn('T-4')).toBe(true);
    for (const branch of ['belfry/t-4', 'belfry/t-5']) {
      must(`git switch --quiet ${branch}`);
      expect(quickGate().isGreen, branch).toBe(true);
    }
    must('git switch --quiet main');
    const before = must('git rev-parse main');
    land('T-5');
    expect(submit('T-4').isGreen).toBe(false);
    must(`git reset --quiet --hard ${before}`);
    delete catches['T-4'];
    expect(mayGoOn('T-5')).toBe(false);
    land('T-4');
    expect(mayGoOn('T-5')).toBe(true);
    const { isGreen, output } = submit('T-5');
    expect(isGreen).toBe(false);
    expect(output).toContain('formatDuration');
    work('T-5', 'failure', 0, 2);
    land('T-5');
  });

  test('T-6 mends one case per attempt, and the next engineer mends all', () => {
    work('T-6', 'task');
    const failing = [0, 1, 2].map(failures => {
      if (failures > 0) work('T-6', 'failure', failures - 1, failures + 1);
      return /^. fail (\d+)$/m.exec(submit('T-6').output)?.[1];
    });
    expect(failing).toEqual(['3', '2', '1']);
    work('T-6', 'task', 0, 4);
    land('T-6');
  });

  test('T-7 lands with what the first session committed and the second added', () => {
    expect(stepsFor('T-7', 'task').at(-1)?.name).toBe('exhaust');
    work('T-7', 'task');
    work('T-7', 'handoff');
    land('T-7');
    expect(must('git show main:src/statistics.ts')).toMatch(
      /function variance(?:.*\n)*.*function quantile/,
    );
  });

  test.each(['T-8', 'T-9', 'T-10', 'T-11', 'T-12', 'T-13', 'T-14'])('%s lands at once', task => {
    work(task, 'task');
    land(task);
  });

  test('ends with a green trunk and the counters that the demo promises', () => {
    const { isGreen, output } = shell('node --test "test/*.test.ts"');
    expect(isGreen, output).toBe(true);
    expect(catches).toEqual(expected.gateCatchesByTask);
    const sum = Object.values(catches).reduce((total, count) => total + count, 0);
    expect(expected.counters.gateCatches).toBe(sum);
    expect(expected.counters.landed).toBe(expected.landed.length);
  });
});
