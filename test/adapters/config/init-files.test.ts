import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { guessGate } from '../../../src/adapters/config/guess-gate.ts';
import { guessSetup } from '../../../src/adapters/config/guess-setup.ts';
import { loadSettings } from '../../../src/adapters/config/load-settings.ts';
import {
  defaultSettings,
  settingsFolder,
  settingsPath,
} from '../../../src/adapters/config/settings.ts';
import { saveSettings } from '../../../src/adapters/config/settings-file.ts';
import { writeTeamTemplate } from '../../../src/adapters/config/write-team-template.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'belfry-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const withFiles = (files: Readonly<Record<string, string>>) => {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return guessGate(folder);
};
const scripts = (test: string) => JSON.stringify({ scripts: { test } });

describe('the gate is guessed from', () => {
  const cases: readonly (readonly [string, Readonly<Record<string, string>>, string | null])[] = [
    ['package.json', { 'package.json': scripts('vitest') }, 'npm test'],
    ['package.json with pnpm', { 'package.json': scripts('x'), 'pnpm-lock.yaml': '' }, 'pnpm test'],
    ['Cargo.toml', { 'Cargo.toml': '' }, 'cargo test'],
    ['go.mod', { 'go.mod': '' }, 'go test ./...'],
    ['pyproject.toml', { 'pyproject.toml': '[tool.pytest.ini_options]' }, 'pytest -q'],
    ['a Makefile', { Makefile: 'all:\n\ntest: all\n\techo\n' }, 'make test'],
    ['the first that has tests', { 'package.json': '{}', Makefile: 'check:\n' }, 'make check'],
    [
      'nothing that always fails',
      { 'package.json': scripts('echo "Error: no test specified" && exit 1') },
      null,
    ],
    ['nothing that is broken', { 'package.json': '{"scripts": []' }, null],
    ['no assignment of make', { Makefile: 'test := 1\ntests:\n' }, null],
    ['nothing', {}, null],
  ];
  it.each(cases)('%s', async (_what, files, command) => {
    const guess = await withFiles(files);
    expect(guess?.command ?? null).toBe(command);
    for (const name of Object.keys(files).slice(-1))
      if (guess !== null) expect(guess.foundIn).toContain(name);
  });
});

describe('what a fresh worktree needs is guessed from', () => {
  const needing = JSON.stringify({ devDependencies: { vitest: '5.0.0' } });
  const submodule = '[submodule "lib"]\n\tpath = lib\n';
  const cases: readonly (readonly [string, Readonly<Record<string, string>>, string | null])[] = [
    ['npm', { 'package.json': needing, 'package-lock.json': '{}' }, 'npm ci'],
    ['pnpm', { 'package.json': needing, 'pnpm-lock.yaml': '' }, 'pnpm install --frozen-lockfile'],
    [
      'an old yarn',
      { 'package.json': needing, 'yarn.lock': '# v1' },
      'yarn install --frozen-lockfile',
    ],
    ['yarn', { 'package.json': needing, 'yarn.lock': '__metadata:\n' }, 'yarn install --immutable'],
    ['workspaces', { 'package.json': '{"workspaces":["a"]}', 'package-lock.json': '{}' }, 'npm ci'],
    [
      'submodules as well',
      { '.gitmodules': submodule, 'package.json': needing, 'package-lock.json': '{}' },
      'git submodule update --init --recursive && npm ci',
    ],
    ['no lock file, which would be written', { 'package.json': needing }, null],
    ['nothing to install', { 'package.json': scripts('x'), 'package-lock.json': '{}' }, null],
    ['nothing that is broken', { 'package.json': '[', 'package-lock.json': '{}' }, null],
  ];
  it.each(cases)('%s', async (_what, files, command) => {
    await withFiles(files);
    const guess = await guessSetup(folder);
    expect(guess?.command ?? null).toBe(command);
    if (guess !== null) expect(guess.foundIn).toContain(Object.keys(files).at(-1));
  });

  it('and stands in the team file', async () => {
    const template = 'assets/templates/team.yaml';
    const path = join(folder, 'team.yaml');
    const setup = { command: 'npm ci', foundIn: 'package-lock.json' };
    await writeTeamTemplate(path, { template, gate: null, setup, cli: 'claude', engineers: 3 });
    expect(readFileSync(path, 'utf8')).toContain(
      '# From package-lock.json.\nsetup:\n  command: npm ci\n  # copy:',
    );
  });
});

describe('a new team file', () => {
  const template = 'assets/templates/team.yaml';
  const given = { template, gate: null, cli: 'claude', engineers: 3 };

  it('is written once and never over another', async () => {
    const path = join(folder, '.belfry', 'team.yaml');
    expect(await writeTeamTemplate(path, { ...given, scenario: 'play.yaml' })).toBe(true);
    expect(readFileSync(path, 'utf8')).toContain('scenario: play.yaml');
    expect(readFileSync(path, 'utf8')).not.toContain('{{');
    writeFileSync(path, 'mine');
    expect(await writeTeamTemplate(path, given)).toBe(false);
    expect(readFileSync(path, 'utf8')).toBe('mine');
    expect(readdirSync(dirname(path))).toEqual(['team.yaml']);
  });
});

describe('settings', () => {
  const env = () => ({ XDG_CONFIG_HOME: folder });

  it('are the defaults, and no file, until something is saved', async () => {
    expect(await loadSettings(env())).toEqual({ settings: defaultSettings, notice: null });
    expect(readdirSync(folder)).toEqual([]);
    saveSettings(settingsFolder(env()), { notify: false });
    saveSettings(settingsFolder(env()), { leaveKey: 'ctrl+o' });
    expect(await loadSettings(env())).toEqual({
      settings: { ...defaultSettings, notify: false, leaveKey: 'ctrl+o' },
      notice: null,
    });
  });

  it('that are no JSON are kept aside', async () => {
    const path = settingsPath(env());
    mkdirSync(dirname(path));
    writeFileSync(path, '{oops');
    const { settings, notice } = await loadSettings(env());
    expect(settings).toEqual(defaultSettings);
    const [kept = ''] = readdirSync(dirname(path));
    expect(notice).toContain(kept);
    expect(readFileSync(join(dirname(path), kept), 'utf8')).toBe('{oops');
    expect((await loadSettings(env())).notice).toBeNull();
  });

  it.each([
    ['{"notfy": true}', 'Did you mean “notify”?'],
    ['{"notify": "no"}', 'notify must be true or false'],
    ['{"leaveKey": "ctrl+c"}', 'leaveKey must be'],
    ['{"__proto__": {"notify": false}}', 'there is no setting “__proto__”'],
  ])('%s is left for the person to mend', async (text, reason) => {
    const path = settingsPath(env());
    mkdirSync(dirname(path));
    writeFileSync(path, text);
    const { settings, notice } = await loadSettings(env());
    expect(settings).toEqual(defaultSettings);
    expect(notice).toContain(reason);
    expect(notice).toContain(path);
    expect(readFileSync(path, 'utf8')).toBe(text);
  });

  it('that cannot be read never stop the program', async () => {
    mkdirSync(settingsPath(env()), { recursive: true });
    expect((await loadSettings(env())).notice).toContain('cannot be read');
  });
});
