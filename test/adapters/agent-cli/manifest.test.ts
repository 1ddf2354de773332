import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  loadManifests,
  parseManifest,
} from '../../../src/adapters/agent-cli/manifest/load-manifests.ts';
import { createManifestCli } from '../../../src/adapters/agent-cli/manifest/manifest-cli.ts';
import { createUsageParser } from '../../../src/adapters/agent-cli/manifest/manifest-usage.ts';
import type { AgentId } from '../../../src/core/ids.ts';

const minimal = `name: mine
program: mine
rules:
  - in: screen
    match: '^> $'
    status: idle
`;

test('those that ship are sound and name programs that Belfry has no code for', () => {
  expect([...loadManifests(['assets/agent-clis']).keys()]).toEqual([
    ...['aider', 'cline', 'copilot', 'gemini', 'opencode', 'qwen'],
  ]);
  expect(loadManifests(['no/such/folder']).size).toBe(0);
});

test.each<[string, string, RegExp]>([
  [
    'an unknown key',
    `${minimal}programm: x\n`,
    /^7:1 there is no key “programm” here. Did you mean/,
  ],
  ['a key of a rule', minimal.replace('status', 'state'), /^6:5 there is no key “state”/],
  ['no expression', minimal.replace("'^> $'", "'('"), /^5:12 rules.0.match is no regular expr/],
  ['an unknown status', minimal.replace('idle', 'lazy'), /^6:13 rules.0.status must be one of/],
  [
    'an unknown channel',
    `${minimal}channel: telepathy\n`,
    /^7:\d+ channel must be one of: gemini-/,
  ],
  ['no rules', 'name: mine\nprogram: mine\n', /rules write a list of rules/],
  ['no YAML', 'name: [', /^\d:\d+ /],
  ['a name that no file could have', minimal.replace('mine', '../x'), /^1:7 name must be small/],
])('%s is said with its place', (_name, text, expected) => {
  const parsed = parseManifest(text);
  const said = 'problems' in parsed ? parsed.problems : [];
  expect(
    said.map(({ line, column, message }) => `${line}:${column} ${message}`).join('\n'),
  ).toMatch(expected);
});

test('a launch fills what the manifest leaves open', () => {
  const parsed = parseManifest(`${minimal}launch:
  args: [--plain]
  session: [--session, '{session}']
  resume: [--resume, '{session}']
  model: [-m, '{model}']
  permissions: { ask: [], auto-edit: [], full: [--yes] }
  env: { NO_UPDATE: '1' }
`);
  if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems));
  const cli = createManifestCli(parsed.manifest);
  const home = mkdtempSync(join(tmpdir(), 'belfry-manifest-'));
  const launch = (resume: boolean) =>
    cli.launch({
      ...{ agent: 'eng-1' as AgentId, role: 'engineer', session: 's-1', resume, home },
      ...{ worktree: '/w', model: 'big', permissions: 'full', args: ['-x'], env: { HOME: '/h' } },
      systemPrompt: 'You are …',
    });
  // A session that never began is begun, whatever was asked.
  expect(launch(true).args).toEqual(['--plain', '--session', 's-1', '-m', 'big', '--yes', '-x']);
  expect(launch(true).args.slice(1, 3)).toEqual(['--resume', 's-1']);
  expect(launch(false).env).toEqual({ HOME: '/h', NO_UPDATE: '1' });
  expect(cli.takesInstructions).toBe(false);
  rmSync(home, { recursive: true });
});

test('usage is the newest line or the sum of all', () => {
  const usage = {
    file: '',
    input: 'u.in',
    cached: 'u.hit',
    output: 'u.out',
    costUsd: 'u.usd',
    window: 100,
  };
  const lines = [
    '{"u":{"in":10,"hit":4,"out":1,"usd":0.5}}',
    'torn {',
    '{"u":{"in":20,"out":2,"usd":1}}',
  ];
  const last = (counts: 'sum' | 'latest') => {
    const parse = createUsageParser({ ...usage, counts });
    return lines.flatMap(parse).at(-1);
  };
  expect(last('latest')).toMatchObject({
    contextUsed: 0.2,
    costUsd: 1,
    tokens: { input: 20, output: 2 },
  });
  expect(last('sum')).toMatchObject({ costUsd: 1.5, tokens: { input: 26, cached: 4, output: 3 } });
});
