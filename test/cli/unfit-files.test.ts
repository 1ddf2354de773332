// A commit or a slip puts something else where a file of the person is read: nobody waits, and one sentence says it.
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { guessGate } from '../../src/adapters/config/guess-gate.ts';
import { guessSetup } from '../../src/adapters/config/guess-setup.ts';
import { loadSettings } from '../../src/adapters/config/load-settings.ts';
import { saveSettings } from '../../src/adapters/config/settings-file.ts';
import { settingsFinding } from '../../src/cli/agent-clis/check-setup.ts';
import { explainRecording } from '../../src/cli/agent-clis/explain-recording.ts';
import { loadAgentManifests } from '../../src/cli/agent-clis/load-agent-manifests.ts';
import { taskContentOf } from '../../src/cli/agent-verbs/task-content.ts';
import { checkStart } from '../../src/cli/check-start.ts';
import { createDemoRepository } from '../../src/cli/demo/demo-repository.ts';
import { openState } from '../../src/cli/open-state.ts';
import { runLintCommand } from '../../src/cli/plan/lint-command.ts';
import { loadScenario } from '../../src/cli/scripted-agent/scenario/load-scenario.ts';
import { runTaskCommand } from '../../src/cli/task-command.ts';
import { hasTeamFile } from '../../src/cli/team-file/has-team-file.ts';
import { loadTeamFile } from '../../src/cli/team-file/load-team-file.ts';
import { UserError } from '../../src/cli/user-error.ts';
import { recordedIo } from './agent-verbs/worktree.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'belfry-unfit-'));
});
afterEach(() => rmSync(root, { recursive: true, maxRetries: 10, retryDelay: 200 }));

const kinds = ['a pipe', 'an endless device', 'a folder', 'too large'] as const;
type Kind = (typeof kinds)[number];

function put(kind: Kind, path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  rmSync(path, { force: true, recursive: true });
  if (kind === 'a pipe') execFileSync('mkfifo', [path]);
  else if (kind === 'a folder') mkdirSync(path);
  else if (kind === 'too large') writeFileSync(path, '#'.repeat(5_000_000));
  else symlinkSync('/dev/zero', path);
}

const reasons: Readonly<Record<Kind, string>> = {
  'a pipe': 'it is a pipe: put the file itself in its place',
  'an endless device': 'it leads to /dev/zero, which is a device: put the file itself in its place',
  'a folder': 'it is a folder: put the file itself in its place',
  'too large': 'that are read of such a file: shorten it',
};

test.each(kinds)('team.yaml that is %s', async kind => {
  const path = join(root, '.belfry', 'team.yaml');
  put(kind, path);
  const loaded = loadTeamFile(path);
  await expect(loaded).rejects.toThrow(`${path} cannot be read: `);
  await expect(loaded).rejects.toThrow(reasons[kind]);
});

test('a team file that is a link is read, and one that leads nowhere is not called missing', async () => {
  const path = join(root, '.belfry', 'team.yaml');
  mkdirSync(dirname(path));
  symlinkSync('../shared.yaml', path);
  await expect(loadTeamFile(path)).rejects.toThrow(
    'it leads to ../shared.yaml, which does not exist',
  );
  copyFileSync('assets/demo/repository/.belfry/team.yaml', join(root, 'shared.yaml'));
  expect((await loadTeamFile(path)).roles.engineer.cli).toBe('scripted');
});

test.each(kinds)('a manifest that is %s', kind => {
  const path = join(root, '.belfry', 'agent-clis', 'own.yaml');
  put(kind, path);
  expect(() => loadAgentManifests(root)).toThrow(
    `${path}, a manifest of an agent CLI, cannot be read`,
  );
  expect(() => loadAgentManifests(root)).toThrow(reasons[kind]);
});

test('a folder of manifests that is a file is said to be none', () => {
  const path = join(root, '.belfry', 'agent-clis');
  mkdirSync(dirname(path));
  writeFileSync(path, '');
  expect(() => loadAgentManifests(root)).toThrow(
    `${path}, the folder of agent CLIs, cannot be read`,
  );
});

test.each(kinds)('a prompt or a scenario that is %s is told before anything starts', async kind => {
  const folder = join(root, 'tally');
  await createDemoRepository(folder);
  const io = recordedIo(folder, { HOME: root, XDG_STATE_HOME: join(root, 'state') });
  const opened = await openState(folder, io);
  const team = await loadTeamFile(join(folder, '.belfry', 'team.yaml'));
  const engineer = { ...team.roles.engineer, prompt: 'engineer.md' };
  const roles = { ...team.roles, engineer };
  const start = () => checkStart(opened, { ...team, roles }, io);
  const prompt = join(opened.root, 'engineer.md');
  await expect(start()).rejects.toThrow(
    `${prompt}, the prompt of the engineer, cannot be read: it does not exist`,
  );
  put(kind, prompt);
  await expect(start()).rejects.toThrow(reasons[kind]);
  await expect(start()).rejects.toThrow('or change “prompt” of the engineer in .belfry/team.yaml.');
  const scenario = join(opened.root, '.belfry', 'scenario.yaml');
  put(kind, scenario);
  const scripted = checkStart(opened, team, io);
  await expect(scripted).rejects.toThrow(
    `the scenario ${scenario} of the scripted agents cannot be read: `,
  );
  await expect(scripted).rejects.toThrow(reasons[kind]);
  expect(() => loadScenario(scenario)).toThrow(reasons[kind]);
});

test('a board whose folder is a file is told in one sentence, by every command that reads it', async () => {
  mkdirSync(join(root, '.git'));
  mkdirSync(join(root, '.belfry'));
  writeFileSync(join(root, '.belfry', 'tasks'), '');
  const told = `${join(root, '.belfry', 'tasks')} cannot be read: it is not a folder: move it away`;
  for (const command of [runLintCommand, runTaskCommand]) {
    const run = command([], recordedIo(root));
    await expect(run).rejects.toBeInstanceOf(UserError);
    await expect(run).rejects.toThrow(told);
  }
});

test('a team file that leads nowhere is no first start', () => {
  expect(hasTeamFile(root)).toBe(false);
  mkdirSync(join(root, '.belfry'));
  symlinkSync('nowhere', join(root, '.belfry', 'team.yaml'));
  expect(hasTeamFile(root)).toBe(true);
});

test.each(kinds)('settings that are %s', async kind => {
  const env = { HOME: root, XDG_CONFIG_HOME: root };
  const path = join(root, 'belfry', 'settings.json');
  put(kind, path);
  expect((await loadSettings(env)).notice).toContain(reasons[kind]);
  expect(() => saveSettings(dirname(path), { panes: 2 })).toThrow(reasons[kind]);
  expect((await settingsFinding(env)).remedy).toContain(reasons[kind]);
});

test.each(kinds)('a recording that is %s', kind => {
  const path = join(root, 'own.cast');
  put(kind, path);
  const explained = () => explainRecording(path, null, recordedIo(root));
  if (kind === 'too large') expect(explained).toThrow('line 1: this is no asciicast');
  else expect(explained).toThrow(reasons[kind]);
});

test.each(kinds)('what a guess looks into that is %s is passed over', async kind => {
  for (const name of ['package.json', 'package-lock.json', 'Makefile', '.gitmodules'])
    put(kind, join(root, name));
  expect(await guessGate(root)).toBeNull();
  expect(await guessSetup(root)).toBeNull();
});

test('a body without an end is refused', () => {
  const add = () => taskContentOf(['--title', 'x', '--body-file', '/dev/zero'], recordedIo(root));
  expect(add).toThrow('--body-file is longer than 200 kB');
});
