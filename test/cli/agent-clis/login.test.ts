import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runDoctorCommand } from '../../../src/cli/agent-clis/doctor-command.ts';
import { loadAgentManifests } from '../../../src/cli/agent-clis/load-agent-manifests.ts';
import { loginOf, plainCli } from '../../../src/cli/agent-clis/login.ts';
import { SetupFinder } from '../../../src/cli/first-run/setup-facts.ts';
import { runInitCommand } from '../../../src/cli/team-file/init-command.ts';

let folder = '';
let printed = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'belfry-login-'));
  printed = '';
  mkdirSync(join(folder, 'bin'));
  for (const name of ['claude', 'codex']) {
    writeFileSync(join(folder, 'bin', name), '#!/bin/sh\necho 2.1.330\n');
    chmodSync(join(folder, 'bin', name), 0o755);
  }
  const git = (...args: string[]) => execFileSync('git', args, { cwd: folder });
  git('init', '--quiet', '--initial-branch=main');
  const identity = ['-c', 'user.name=A', '-c', 'user.email=a@belfry.invalid'];
  git(...identity, 'commit', '--quiet', '--allow-empty', '--message', 'x');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const io = (more: Record<string, string> = {}) => ({
  stdout: (text: string) => {
    printed += text;
  },
  ...{ stderr: () => {}, cwd: folder },
  env: {
    PATH: `${join(folder, 'bin')}:${dirname(process.execPath)}:/usr/bin:/bin`,
    ...{ HOME: folder, XDG_STATE_HOME: join(folder, 'state'), ...more },
  },
});
const keys = { ANTHROPIC_API_KEY: 'very-secret', OPENAI_API_KEY: 'also-secret' };
const teamFile = () => readFileSync(join(folder, '.belfry/team.yaml'), 'utf8');
const abilitiesOf = (name: string) => plainCli(name, loadAgentManifests(null)).abilities;
const logIn = () => {
  mkdirSync(join(folder, '.claude'));
  writeFileSync(join(folder, '.claude', '.credentials.json'), '{}');
};

describe('a login', () => {
  const seen = (name: string, env: Record<string, string>, named: readonly string[] = []) =>
    loginOf({ ...abilitiesOf(name), hidesLogin: false }, { HOME: folder, ...env }, named);

  test('by a key is one once team.yaml names it', () => {
    expect(seen('gemini', { GEMINI_API_KEY: 'x' })).toMatchObject({
      ...{ isSeen: false, passes: ['GEMINI_API_KEY'] },
      words: expect.stringContaining('GEMINI_API_KEY is set; name it under “env”'),
    });
    const passed = seen('gemini', { GEMINI_API_KEY: 'x' }, ['GEMINI_API_KEY']);
    expect(passed).toMatchObject({ isSeen: true, passes: [] });
    const unset = seen('gemini', {}, ['GEMINI_API_KEY']);
    expect(unset.words).toBe('GEMINI_API_KEY is named in team.yaml, and not set');
  });

  test('by a file needs no key', () => {
    logIn();
    expect(seen('claude', keys)).toMatchObject({ isSeen: true, passes: [] });
  });

  test('of Codex is none by a variable alone, and the command that makes it one is named', () => {
    const codex = seen('codex', keys, ['OPENAI_API_KEY']);
    expect(codex).toMatchObject({ isSeen: false, passes: [] });
    expect(codex.words).toContain('“printenv OPENAI_API_KEY | codex login --with-api-key”');
  });

  test('that may be there unseen is not overruled by a key', () => {
    const hidden = { ...abilitiesOf('claude'), hidesLogin: true };
    expect(loginOf(hidden, { HOME: folder, ...keys }).passes).toEqual([]);
  });
});

describe.skipIf(process.platform === 'darwin')('a person who has keys alone', () => {
  test('gets a team file with their names from “belfry init”, and is told so', async () => {
    expect(await runInitCommand(['--gate', 'true'], io(keys))).toBe(0);
    expect(teamFile().match(/^ {4}env: .*$/gm)).toEqual([
      ...['    env: [ANTHROPIC_API_KEY]', '    env: [ANTHROPIC_API_KEY]'],
    ]);
    expect(printed).toContain('No login is seen for them, so the file names ANTHROPIC_API_KEY');
    expect(teamFile() + printed).not.toContain('secret');
  });

  test('gets none where a login is there', async () => {
    logIn();
    expect(await runInitCommand(['--gate', 'true'], io(keys))).toBe(0);
    expect(teamFile()).not.toMatch(/^ {4}env:/m);
    expect(printed).not.toContain('No login is seen');
  });

  test('sees in the set-up which of them agents will get', () => {
    const place = { root: folder, name: 'tally', gate: null, setup: null };
    const { offered } = new SetupFinder(place, io(keys).env).get();
    expect(offered.map(({ name, login }) => [name, login.passes])).toEqual([
      ['claude', ['ANTHROPIC_API_KEY']],
      ['codex', []],
    ]);
  });

  test('is told by “belfry doctor” which line is missing, and nothing once it is there', async () => {
    await runInitCommand(['--gate', 'true'], io());
    printed = '';
    expect(await runDoctorCommand([], io(keys))).toBe(1);
    expect(printed).toContain(
      'add “env: [ANTHROPIC_API_KEY]” under “architect” in .belfry/team.yaml',
    );
    expect(printed).not.toContain('under “engineer”');
    const file = join(folder, '.belfry/team.yaml');
    const named = teamFile().replaceAll('cli: claude', 'cli: claude\n    env: [ANTHROPIC_API_KEY]');
    writeFileSync(file, named);
    printed = '';
    await runDoctorCommand([], io(keys));
    expect(printed).not.toContain('a key that agents do not get');
    expect(printed).toContain('login: ANTHROPIC_API_KEY is set, and passed on');
  });
});
