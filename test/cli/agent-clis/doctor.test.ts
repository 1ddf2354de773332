import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runDoctorCommand } from '../../../src/cli/agent-clis/doctor-command.ts';
import { runExplainCommand } from '../../../src/cli/agent-clis/explain-command.ts';
import { foundClis } from '../../../src/cli/agent-clis/found-clis.ts';

let folder = '';
let printed = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'belfry-doctor-'));
  printed = '';
  mkdirSync(join(folder, 'bin'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const env = (more: Record<string, string> = {}) => ({
  PATH: `${join(folder, 'bin')}:${dirname(process.execPath)}:/usr/bin:/bin`,
  ...{ HOME: folder, XDG_STATE_HOME: join(folder, 'state'), ...more },
});
const io = (more: Record<string, string> = {}) => ({
  stdout: (text: string) => {
    printed += text;
  },
  ...{ stderr: () => {}, env: env(more), cwd: folder },
});
const install = (name: string, script: string) => {
  writeFileSync(join(folder, 'bin', name), `#!/bin/sh\n${script}\n`);
  chmodSync(join(folder, 'bin', name), 0o755);
};

test('says what is there, what is missing, and how to mend it', async () => {
  install('claude', 'echo "9.9.9 (Claude Code)"');
  install('codex', 'exit 3');
  expect(await runDoctorCommand([], io())).toBe(1);
  expect(printed).toMatch(/✓ git version/);
  expect(printed).toMatch(/✗ no repository to work on\n +.*git init/);
  expect(printed).toMatch(/✓ claude: 9\.9\.9 \(Claude Code\)/);
  expect(printed).toMatch(/seen at work: 2\.1\.197 and 2\.1\.330/);
  expect(printed).toMatch(/✓ codex: does not tell its version/);
  expect(printed).toMatch(/· gemini: “gemini” is not on the PATH/);
  expect(printed).toMatch(/login: not seen: run “claude” once/);
});

test('sees a login by what is there, and reads none of it', async () => {
  install('claude', 'echo 1');
  install('codex', 'echo 1');
  mkdirSync(join(folder, '.codex'));
  writeFileSync(join(folder, '.codex', 'auth.json'), '{"token":"very-secret"}');
  chmodSync(join(folder, '.codex', 'auth.json'), 0);
  await runDoctorCommand([], io({ ANTHROPIC_API_KEY: 'also-secret' }));
  expect(printed).toMatch(/ANTHROPIC_API_KEY is set; name it under “env”/);
  expect(printed).toMatch(/\.codex\/auth\.json is there/);
  expect(printed).not.toContain('secret');
});

/** A repository with one commit and a team of agents that need nothing. */
function teamOf(gate: string, more = ''): void {
  const git = (...args: string[]) => execFileSync('git', args, { cwd: folder });
  git('init', '--quiet', '--initial-branch=main');
  const identity = ['-c', 'user.name=A', '-c', 'user.email=a@belfry.invalid'];
  git(...identity, 'commit', '--quiet', '--allow-empty', '--message', 'x');
  mkdirSync(join(folder, '.belfry'));
  const roles = ['architect', 'manager', 'engineer'].map(role => `  ${role}: { cli: scripted }\n`);
  writeFileSync(
    join(folder, '.belfry/team.yaml'),
    `gate: "${gate}"\n${more}roles:\n${roles.join('')}`,
  );
}

const writeSettings = (name: string, text: string): void => {
  mkdirSync(join(folder, '.config/belfry'), { recursive: true });
  writeFileSync(join(folder, '.config/belfry', name), text);
};

test('a team that can land is well', async () => {
  teamOf('true');
  writeSettings('settings.json', '{"theme": "dusk"}');
  expect(await runDoctorCommand([], io())).toBe(0);
  expect(printed).toMatch(/✓ lands on main/);
  expect(printed).toMatch(/✓ gate /);
  expect(printed).toMatch(/✓ your settings: terminals are recorded, up to 512 MB/);
});

test('says when terminals are not recorded', async () => {
  teamOf('true');
  writeSettings('settings.json', '{"record": false}');
  expect(await runDoctorCommand([], io())).toBe(0);
  expect(printed).toMatch(/✓ your settings: terminals are not recorded \(“record: false”\)/);
});

test('every mistake of a team file stands below its finding, and doctor does not speak of a start', async () => {
  teamOf('true', 'trunkk: main\nsetupp: x\n');
  expect(await runDoctorCommand([], io())).toBe(1);
  const rows = printed.split('\n');
  const at = rows.indexOf('  ✗ the team file');
  const mistakes = rows.slice(at + 1).filter(row => row.includes('team.yaml:'));
  expect(mistakes).toHaveLength(2);
  for (const row of [rows[at + 1], ...mistakes]) expect(row).toMatch(/^ {6}/);
  expect(printed).not.toContain('started');
});

test('a gate without its command and a trunk without its branch are said, with what helps', async () => {
  teamOf('no-such-check --all', 'trunk: nowhere\n');
  expect(await runDoctorCommand([], io())).toBe(1);
  expect(printed).toMatch(/✗ no branch to land on\n +.*no branch “nowhere”.*change “trunk”/);
  expect(printed).toMatch(/✗ the gate\n +.*no command “no-such-check”.*change “gate”/);
});

test('what a fresh worktree needs first is said, and so is that its command is not there', async () => {
  teamOf('true', 'setup: { command: sh install.sh }\n');
  expect(await runDoctorCommand([], io())).toBe(0);
  expect(printed).toMatch(/✓ setup sh install\.sh/);
  rmSync(join(folder, '.belfry'), { recursive: true });
  teamOf('true', 'setup: { command: no-such-installer --all }\n');
  expect(await runDoctorCommand([], io())).toBe(1);
  expect(printed).toMatch(/✗ the setup\n +.*no command “no-such-installer”.*change “setup”/);
});

test('settings, theme and keys that cannot be followed are said, and no file is moved', async () => {
  teamOf('true');
  writeSettings('settings.json', '{"theme": "own", "keys": {"agent.pause": "q"}}');
  writeSettings('theme.json', '{"accent": "red"}');
  expect(await runDoctorCommand([], io())).toBe(1);
  expect(printed).toMatch(/✗ your settings\n +.*theme\.json.*q cannot mean agent\.pause/);
  writeSettings('settings.json', '{oops');
  expect(await runDoctorCommand([], io())).toBe(1);
  expect(printed).toMatch(/settings\.json is no valid JSON: mend it, or delete it/);
  expect(readFileSync(join(folder, '.config/belfry/settings.json'), 'utf8')).toBe('{oops');
});

test('a team whose agent CLI is missing is not well', async () => {
  const git = (...args: string[]) => execFileSync('git', args, { cwd: folder });
  git('init', '--quiet');
  const identity = ['-c', 'user.name=A', '-c', 'user.email=a@belfry.invalid'];
  git(...identity, 'commit', '--quiet', '--allow-empty', '--message', 'x');
  mkdirSync(join(folder, '.belfry'));
  const roles = ['architect', 'manager', 'engineer'].map(role => `  ${role}: { cli: codex }\n`);
  writeFileSync(join(folder, '.belfry/team.yaml'), `gate: "true"\nroles:\n${roles.join('')}`);
  expect(await runDoctorCommand([], io())).toBe(1);
  expect(printed).toMatch(
    /· codex: “codex” is not on the PATH\n +used by this team: install it, or change “cli”/,
  );
  install('codex', 'echo 1');
  expect(await runDoctorCommand([], io())).toBe(0);
  expect(printed).toMatch(/pause: stands still for up to 20 s, then its turn is interrupted/);
  const budget = 'policy: { budget: { task: $5, run: 1M tokens } }\n';
  const silent = roles.map(role => role.replace('codex', 'cline'));
  writeFileSync(
    join(folder, '.belfry/team.yaml'),
    `gate: "true"\nroles:\n${silent.join('')}${budget}`,
  );
  await runDoctorCommand([], io());
  expect(printed).toMatch(/asks permission: with the command itself · answered from the page/);
  install('opencode', 'echo 1.18.33');
  install('cline', 'echo 3.0.65');
  await runDoctorCommand([], io());
  expect(printed).toMatch(/opencode.*\n(?:.*\n){4,8} +note: its event port is not opened/);
  expect(printed).toMatch(
    /state from its plugin, its screen · resumes its session · usage: context, tokens, cost/,
  );
  expect(printed).toMatch(/cline.*\n(?:.*\n){3,8}.*not told apart · answered in its terminal only/);
  install('codex', 'echo codex-cli 0.42.0');
  await runDoctorCommand([], io());
  expect(printed).toMatch(/0\.42\.0.*\n +! older than any that was seen at work/);
  expect(printed).toContain('budget of each task in dollars does not see cline');
});

test('a new team gets what is installed', () => {
  const bare = { PATH: join(folder, 'bin') };
  expect(foundClis(bare)).toBeNull();
  install('gemini', '');
  expect(foundClis(bare)).toEqual({ cli: 'gemini', engineerCli: 'gemini' });
  install('codex', '');
  expect(foundClis(bare)).toEqual({ cli: 'codex', engineerCli: 'codex' });
  install('claude', '');
  expect(foundClis(bare)).toEqual({ cli: 'claude', engineerCli: 'codex' });
});

test('a recording is explained, mark by mark', async () => {
  const recording = 'test/fixtures/recordings/claude/claude-permission-bash.cast';
  await runExplainCommand(['--recording', recording], io());
  expect(printed).toMatch(/as claude, told by hooks, title and screen/);
  expect(printed).toMatch(/permission .*asks: touch .*\[waiting-permission\]/);
  const name = ['--recording', recording, '--cli', 'nobody'];
  await expect(runExplainCommand(name, io())).rejects.toThrow(/Name one with --cli: claude/);
  const text = ['--recording', 'package.json'];
  await expect(runExplainCommand(text, io())).rejects.toThrow(/line 1: this is no asciicast/);
});

test.each([
  ['off', /tmux keeps desktop notifications to itself.*\n.*allow-passthrough on/],
  ['on', /✓ tmux hands desktop notifications on/],
  // Before the option was there.
  ['', /✓ tmux hands desktop notifications on/],
])('inside tmux it says whether notifications get through: “%s”', async (option, expected) => {
  install('tmux', `echo "${option}"`);
  await runDoctorCommand([], io({ TMUX: 'socket,1,0' }));
  expect(printed).toMatch(expected);
});

test('of a tmux that does not answer, and outside of it, it says nothing', async () => {
  install('tmux', 'exit 1');
  await runDoctorCommand([], io({ TMUX: 'socket,1,0' }));
  await runDoctorCommand([], io());
  expect(printed).not.toContain('tmux');
});

test('what a folder and a team file are called does not reach the terminal as orders', async () => {
  const hostile = '\u001b[31mred';
  const cwd = join(folder, hostile);
  mkdirSync(join(cwd, '.belfry'), { recursive: true });
  await runDoctorCommand([], { ...io(), cwd });
  execFileSync('git', ['init', '-q', cwd]);
  const person = ['-c', 'user.name=p', '-c', 'user.email=p@example.com'];
  execFileSync('git', [...person, '-C', cwd, 'commit', '-q', '--allow-empty', '-m', 'Begin']);
  writeFileSync(join(cwd, '.belfry', 'team.yaml'), '"k\\e[31mey\\a": 1\n');
  await runDoctorCommand([], { ...io(), cwd });
  expect(printed).toContain('key: there is no key');
  expect(printed).not.toContain('\u001b');
  expect(printed).not.toContain('\u0007');
});
