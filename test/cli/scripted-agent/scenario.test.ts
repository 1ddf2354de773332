import { describe, expect, test } from 'vitest';
import {
  findSteps,
  stepsWithoutScenario,
} from '../../../src/cli/scripted-agent/scenario/find-steps.ts';
import { parseScenario } from '../../../src/cli/scripted-agent/scenario/load-scenario.ts';
import { readPrompt } from '../../../src/cli/scripted-agent/scenario/prompt.ts';
import { UserError } from '../../../src/cli/user-error.ts';
import type { Role } from '../../../src/core/agent.ts';
import type { AgentId } from '../../../src/core/ids.ts';

const problemOf = (text: string): string => {
  try {
    parseScenario(text, 'scenario.yaml');
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
  return 'no problem';
};

describe('mistakes name their place', () => {
  test.each<[string, string, RegExp]>([
    ['broken YAML', 'name: [a', /^scenario\.yaml:1:\d+: /],
    ['no name', 'manager: {}', /^scenario\.yaml:1:1: name: /],
    ['an unknown key', 'name: x\nmanger: {}', /scenario.*manger/],
    [
      'an unknown step',
      'name: x\nengineer:\n  T-1:\n    task:\n      - sya: hello',
      /^scenario\.yaml:5:9: engineer\.T-1\.task\.0: there is no step “sya”; known steps: say, think,/,
    ],
    [
      'two steps in one',
      'name: x\nengineer:\n  T-1:\n    task:\n      - say: a\n        think: 1s',
      /^scenario\.yaml:5:9: .*a step has exactly one name/,
    ],
    [
      'a wrong duration',
      'name: x\nengineer:\n  T-1:\n    task:\n      - think: 5 minutes',
      /^scenario\.yaml:5:16: engineer\.T-1\.task\.0\.think: “5 minutes” is no such measure/,
    ],
    [
      'a path out of the repository',
      'name: x\nengineer:\n  T-1:\n    task:\n      - write: { file: ../a, text: b }',
      /^scenario\.yaml:5:24: engineer\.T-1\.task\.0\.write\.file: .*inside the repository/,
    ],
    [
      'a step inside a step',
      'name: x\nengineer:\n  T-1:\n    task:\n      - ask-permission: { command: a, on-yes: [{ say: 7 }] }',
      /ask-permission\.on-yes\.0\.say/,
    ],
    ['no task id', 'name: x\nmanager:\n  T12: []', /manager\.T12: .*is no task/],
    ['a bomb of aliases', `name: x\n${bomb()}`, /alias/i],
  ])('%s', (_name, text, expected) => {
    expect(problemOf(text)).toMatch(expected);
  });
});

function bomb(): string {
  const levels = Array.from({ length: 9 }, (_, level) => {
    const inner =
      level === 0
        ? '[x, x]'
        : `[${Array(9)
            .fill(`*a${level - 1}`)
            .join(', ')}]`;
    return `a${level}: &a${level} ${inner}`;
  });
  return levels.join('\n');
}

test('reads the first line of a prompt, and nothing else as one', () => {
  expect(readPrompt('Belfry M-7 failure T-12/2\n\nred\nagain\n')).toEqual({
    ...{ message: 'M-7', kind: 'failure', task: 'T-12', attempt: 2, text: 'red\nagain' },
  });
  expect(readPrompt('Belfry M-3 goal\n\nfaster')).toMatchObject({ kind: 'goal', task: null });
  for (const text of ['hello', 'Belfry M-7 dance', 'x Belfry M-7 goal', 'Belfry M-7 goal T-0/1'])
    expect(readPrompt(text)?.task ?? null, text).toBeNull();
});

describe('a prompt finds its steps', () => {
  const scenario = parseScenario(
    `
name: test
architect: { goals: [{ match: speed, steps: [say: faster] }] }
manager: { T-1: [guide: g], any: [ask: a] }
engineer:
  T-1:
    task: [say: first]
    reassigned: [say: again]
    failure: [[say: f0], [say: f1]]
    handoff: [say: handoff]
    by-agent: { eng-2: { task: [say: other] } }
  T-2: { task: [say: only] }
`,
    'test',
  );
  test.each<[string, Role, string, number, unknown]>([
    ['eng-1', 'engineer', 'task T-1/1', 0, 'first'],
    ['eng-1', 'engineer', 'task T-1/4', 0, 'again'],
    ['eng-2', 'engineer', 'task T-1/1', 0, 'other'],
    ['eng-2', 'engineer', 'handoff T-1/1', 0, 'handoff'],
    ['eng-1', 'engineer', 'failure T-1/2', 0, 'f0'],
    ['eng-1', 'engineer', 'failure T-1/3', 1, 'f1'],
    ['eng-1', 'engineer', 'failure T-1/4', 2, 'f1'],
    ['eng-1', 'engineer', 'task T-2/2', 0, 'only'],
    ['eng-1', 'engineer', 'conflict T-1/2', 0, undefined],
    ['eng-1', 'engineer', 'task T-9/1', 0, undefined],
    ['eng-1', 'engineer', 'escalation T-1/3', 0, undefined],
    ['manager', 'manager', 'escalation T-1/3', 0, 'g'],
    ['manager', 'manager', 'escalation T-2/3', 0, 'a'],
    ['manager', 'manager', 'task T-1/1', 0, undefined],
    ['architect', 'architect', 'goal', 0, 'faster'],
    ['architect', 'architect', 'note', 0, undefined],
  ])('%s as %s, %s (%i before): %s', (agent, role, line, occurrence, expected) => {
    const prompt = readPrompt(`Belfry M-1 ${line}\n\nmore Speed`);
    if (prompt === null) throw new Error('no prompt');
    const who = { role, agent: agent as AgentId };
    expect(findSteps(scenario, who, prompt, occurrence)?.[0]?.value).toBe(expected);
  });

  test('and where there are none, nobody is left waiting', () => {
    const names = (role: Role, line: string) => {
      const prompt = readPrompt(`Belfry M-1 ${line}`);
      return prompt === null ? null : stepsWithoutScenario(role, prompt).map(step => step.name);
    };
    expect(names('engineer', 'task T-9/1')).toEqual(['say', 'blocked']);
    expect(names('manager', 'escalation T-9/3')).toEqual(['say', 'ask']);
    expect(names('architect', 'goal')).toEqual(['say']);
    expect(names('engineer', 'note')).toEqual(['say']);
  });
});
