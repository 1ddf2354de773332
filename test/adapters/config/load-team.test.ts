import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadTeam, parseTeam } from '../../../src/adapters/config/load-team.ts';
import { fillTemplate } from '../../../src/adapters/config/write-team-template.ts';
import { defaultPolicy } from '../../../src/core/policy.ts';

const clis = ['claude', 'codex', 'scripted'];
const roles = `roles:
  architect: { cli: claude }
  manager: { cli: claude }
  engineer: { cli: codex }
`;
const problemsOf = (text: string) => {
  const loaded = parseTeam(text, clis);
  if (loaded.ok) throw new Error('no problem was found');
  return loaded.problems.map(
    ({ line, column, path, message }) => `${line}:${column} ${path} ${message}`,
  );
};
const teamOf = (text: string) => {
  const loaded = parseTeam(text, clis);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  return loaded.team;
};
const minute = 60_000;

describe('a team file', () => {
  it('needs a gate and an agent CLI for each role; the rest has defaults', () => {
    expect(teamOf(`gate: npm test\n${roles}`)).toEqual({
      trunk: null,
      gate: [
        { name: 'npm test', command: 'npm test', timeoutMs: 15 * minute, silenceMs: 5 * minute },
      ],
      acceptance: { timeoutMs: 15 * minute, silenceMs: 5 * minute },
      env: [],
      setup: { command: null, copy: [], timeoutMs: 10 * minute },
      roles: {
        architect: expect.objectContaining({ cli: 'claude', count: 1, permissions: 'ask' }),
        manager: expect.objectContaining({ cli: 'claude', count: 1, model: null, args: [] }),
        engineer: expect.objectContaining({ cli: 'codex', count: 3, prompt: null, env: [] }),
      },
      policy: defaultPolicy,
      scenario: null,
    });
  });

  it('says everything that can be said', () => {
    const team = teamOf(`trunk: dev
gate:
  - make lint
  - { name: tests, command: make test, timeout: 90s, silence: 500ms }
acceptance: { timeout: 1.5h }
env: [DATABASE_URL]
setup: { command: npm ci, copy: [.env.test], timeout: 20m }
roles:
  architect: { cli: claude, prompt: docs/a.md }
  manager: { cli: claude, model: big }
  engineer: { cli: codex, count: 20, args: [-c, x=1], env: [OPENAI_API_KEY], permissions: full }
policy:
  retriesMax: 1
  land: auto
  plan: review
  stallTimeout: 2h
  nudgeAfter: 45s
  answerPermissionsAfter: 12s
  contextHandoff: 0.9
  budget: { task: $5, run: [$40, 20M tokens] }
scenario: .belfry/scenario.yaml
`);
    expect(team.gate[0]).toMatchObject({ name: 'make lint', command: 'make lint' });
    expect(team.gate[1]).toEqual({
      ...{ name: 'tests', command: 'make test', timeoutMs: 90_000, silenceMs: 500 },
    });
    expect(team.acceptance.timeoutMs).toBe(90 * minute);
    expect(team.env).toEqual(['DATABASE_URL']);
    expect(team.setup).toEqual({
      ...{ command: 'npm ci', copy: ['.env.test'], timeoutMs: 20 * minute },
    });
    expect(team.roles.engineer).toEqual({
      ...{ cli: 'codex', count: 20, args: ['-c', 'x=1'], env: ['OPENAI_API_KEY'] },
      ...{ permissions: 'full', model: null, prompt: null },
    });
    expect(team.policy).toEqual({
      ...defaultPolicy,
      ...{ retriesMax: 1, land: 'auto', plan: 'review', stallTimeoutMs: 120 * minute },
      ...{ nudgeAfterMs: 45_000, answerPermissionsAfterMs: 12_000, contextHandoff: 0.9 },
      budgets: {
        task: { dollars: 5, tokens: null },
        run: { dollars: 40, tokens: 20_000_000 },
      },
    });
  });

  it('of the demo is one', async () => {
    const loaded = loadTeam('assets/demo/repository/.belfry/team.yaml', clis);
    expect(loaded.ok && loaded.team.scenario).toBe('.belfry/scenario.yaml');
  });

  it('from the template is one', () => {
    const template = readFileSync('assets/templates/team.yaml', 'utf8');
    const gate = { command: 'make "a: b" # c', foundIn: 'Makefile' };
    const setup = { command: 'npm ci # all', foundIn: 'package-lock.json' };
    const team = teamOf(fillTemplate(template, { gate, setup, cli: 'claude', engineers: 5 }));
    expect(team.setup.command).toBe(setup.command);
    expect(team.gate[0]?.command).toBe(gate.command);
    expect(team.roles.engineer).toMatchObject({ cli: 'claude', count: 5 });
    expect(team.roles.engineer.env).toEqual([]);
    const env = { architect: [], manager: ['A_KEY'], engineer: ['A_KEY', 'B_KEY'] };
    const passing = teamOf(fillTemplate(template, { gate, cli: 'claude', engineers: 1, env }));
    expect(Object.values(passing.roles).map(role => role.env)).toEqual(Object.values(env));
    const unfilled = fillTemplate(template, { gate: null, cli: 'claude', engineers: 3 });
    expect(problemsOf(unfilled)).toEqual([expect.stringContaining('gate is missing')]);
  });
});

describe('a mistake in a team file is named with its place', () => {
  const cases: readonly (readonly [string, string, readonly string[]])[] = [
    [
      'an unknown key',
      `gates: x\ngate: y\n${roles}`,
      ['1:1 gates there is no key “gates” here. Did you mean “gate”?'],
    ],
    [
      'an unknown key deep inside',
      `gate: x\n${roles.replace('codex }', 'codex, premissions: ask }')}`,
      [
        '5:27 roles.engineer.premissions there is no key “premissions” here. Did you mean “permissions”?',
      ],
    ],
    [
      'a budget that is none',
      `gate: x\n${roles}policy:\n  budget:\n    task: 5\n    rum: $4\n`,
      [
        '8:11 policy.budget.task write dollars like $5, tokens like 200k tokens, or both: [$5, 2M tokens]',
        '9:5 policy.budget.rum there is no key “rum” here. Did you mean “run”?',
      ],
    ],
    [
      'an unknown agent CLI',
      `gate: x\n${roles.replace('codex', 'cdex')}`,
      [
        '5:20 roles.engineer.cli there is no agent CLI “cdex”. Did you mean “codex”? Known agent CLIs: claude, codex, scripted',
      ],
    ],
    [
      'a role without an agent CLI',
      `gate: x\n${roles.replace('cli: codex', 'count: 2')}`,
      [
        '5:3 roles.engineer.cli is missing: name the agent CLI that fills this role. Known agent CLIs: claude, codex, scripted',
      ],
    ],
    [
      'a team that is too large',
      `gate: x\n${roles.replace('codex }', 'codex, count: 21 }')}`,
      ['5:34 roles.engineer.count must be at most 20'],
    ],
    [
      'two managers',
      `gate: x\n${roles.replace('manager: {', 'manager: { count: 2,')}`,
      ['4:21 roles.manager.count a team has exactly one'],
    ],
    [
      'a duration without a unit',
      `gate: { command: x, timeout: 15 }\n${roles}`,
      ['1:30 gate.timeout write a duration like 30s, 10m or 1h'],
    ],
    [
      'a duration that is none',
      `gate: x\n${roles}policy:\n  stallTimeout: 3 weeks\n`,
      [
        '7:17 policy.stallTimeout “3 weeks” is no duration up to a day: write one like 30s, 10m or 1h',
      ],
    ],
    [
      'a snake-case key',
      `gate: x\n${roles}policy:\n  stall_timeout: 3m\n`,
      [
        '7:3 policy.stall_timeout there is no key “stall_timeout” here. Did you mean “stallTimeout”?',
      ],
    ],
    [
      'a gate in a wrong form',
      `gate:\n  - comand: x\n  - 5\n${roles}`,
      [
        '2:5 gate.0.command is missing',
        '2:5 gate.0.comand there is no key “comand” here. Did you mean “command”?',
        '3:5 gate.1 write a command, or name, command, timeout and silence',
      ],
    ],
    [
      'more retries than two',
      `gate: x\n${roles}policy: { retriesMax: 3 }\n`,
      ['6:23 policy.retriesMax must be at most 2'],
    ],
    [
      'a handoff before the last task',
      `gate: x\n${roles}policy: { contextHandoff: 0.5 }\n`,
      ['6:27 policy.contextHandoff must not be below contextNoNewTask'],
    ],
    [
      'a prompt outside the repository',
      `gate: x\n${roles.replace('codex }', 'codex, prompt: ../x }')}`,
      ['5:35 roles.engineer.prompt must be a path inside the repository, relative to its root'],
    ],
    [
      'a secret written into env',
      `gate: x\n${roles.replace('codex }', 'codex, env: [KEY=1] }')}`,
      [
        '5:33 roles.engineer.env.0 must be the name of an environment variable, without a value: write KEY',
      ],
    ],
    [
      'a variable of the gate as the shell reads it, and a key that is nearly right',
      `gate: x\nenv: [A, "\${DB_URL}", "-"]\nenvs: [B]\n${roles}`,
      [
        '2:10 env.1 must be the name of an environment variable, without a value: write DB_URL',
        '2:23 env.2 must be the name of an environment variable, without a value',
        '3:1 envs there is no key “envs” here. Did you mean “env”?',
      ],
    ],
    [
      'broken YAML',
      'gate: "x\nroles:\n',
      [expect.stringMatching(/^3:1 {2}Missing closing "quote/)],
    ],
    [
      'a key that is there twice',
      `gate: x\ngate: y\n${roles}`,
      ['2:1  this key is there twice: keep one'],
    ],
    [
      'an alias',
      `gate: &a [x]\ntrunk: *a\n${roles}`,
      ['1:1  aliases (*name) are not taken: write the value out'],
    ],
    ['a nesting bomb', '['.repeat(10_000), ['1:1  the file is nested too deep']],
    [
      'a prototype',
      `gate: x\n${roles}__proto__: { polluted: yes }\n`,
      ['6:1 __proto__ there is no key “__proto__” here.'],
    ],
    [
      'nothing at all',
      '',
      [
        '1:1 gate is missing: name the command that must pass before work lands, like “npm test”',
        '1:1 roles is missing: name architect, manager and engineer below it',
      ],
    ],
  ];
  it.each(cases)('%s', (_what, text, expected) => {
    expect(problemsOf(text)).toEqual(expected);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});
