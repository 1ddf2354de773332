import { expect, test } from 'vitest';
import { ownCommands } from '../../src/adapters/agent-cli/own-commands.ts';
import { taskContentOf } from '../../src/cli/agent-verbs/task-content.ts';
import { commands } from '../../src/cli/commands.ts';
import { details } from '../../src/cli/help/details.ts';
import { helpText } from '../../src/cli/help-text.ts';

/** The flags that a command takes, by its own word for one that it does not. */
function flagsOf(run: () => unknown): string[] {
  try {
    run();
  } catch (error) {
    return (error as Error).message.match(/--[a-z-]+/g)?.slice(1) ?? [];
  }
  return [];
}

test('the help of “task” has every flag of “task add”, and no other', () => {
  const io = { stdout: () => {}, stderr: () => {}, env: {}, cwd: '/' };
  const flags = flagsOf(() => taskContentOf(['--qqqqqqqq'], io));
  expect(flags).toContain('--accept');
  const told =
    helpText('task')
      .split('add, list or show')[1]
      ?.match(/^ {4}--[a-z-]+/gm) ?? [];
  expect(told.map(flag => flag.trim()).toSorted()).toEqual(flags.toSorted());
});

test('what an agent says to Belfry needs no permission, and nothing else of Belfry is in that list', () => {
  const verbs = Object.keys(commands).filter(name => commands[name]?.for === 'agent');
  expect(ownCommands.toSorted()).toEqual(
    [...verbs, 'task add'].map(verb => `belfry ${verb}`).toSorted(),
  );
});

test('details belong to a command, are in its help, and no row is wider than a terminal', () => {
  for (const [name, rows] of Object.entries(details)) {
    expect(Object.keys(commands)).toContain(name);
    const help = helpText(name)
      .split('\n')
      .map(row => row.trim().replace(/ {2,}/, '  '));
    for (const [what, meaning] of rows) expect(help).toContain(`${what.trim()}  ${meaning}`);
    for (const row of helpText(name).split('\n').slice(3))
      expect(row.length, row).toBeLessThanOrEqual(80);
  }
});

test('whatever flag a usage names, its help says what it does', () => {
  for (const [name, { usage, for: whom }] of Object.entries(commands)) {
    if (whom === 'belfry') continue;
    const told = (details[name] ?? []).map(([what]) => what.trim().split(' ')[0]);
    for (const flag of usage.match(/--[a-z-]+/g) ?? [])
      if (flag !== '--json' || name !== 'task') expect(told, `${name} ${flag}`).toContain(flag);
  }
});

test('the help of one command can be read without the others', () => {
  for (const name of Object.keys(commands)) expect(helpText(name)).not.toMatch(/\bthe same on\b/);
});
