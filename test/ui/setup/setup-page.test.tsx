import { afterEach, describe, expect, test } from 'vitest';
import { defaultSettings } from '../../../src/ui/settings.ts';
import { type MountedSetup, mountSetup } from '../../../src/ui/setup/mount-setup.tsx';
import type { Choice, OfferedCli, SetupFacts } from '../../../src/ui/setup/setup.ts';
import {
  bytesOf,
  FakeInput,
  FakeOutput,
  screenText,
  settled,
} from '../../support/fake-terminal.ts';

const facts: SetupFacts = {
  repository: 'tally',
  gate: { command: 'npm test', foundIn: 'scripts.test of package.json' },
  setup: null,
  offered: [
    {
      name: 'claude',
      version: '2.1.330 (Claude Code)',
      login: { isSeen: false, words: 'not seen: run “claude” once', passes: [] },
    },
    {
      name: 'codex',
      version: undefined,
      login: { isSeen: true, words: 'auth.json is there', passes: [] },
    },
  ],
  missing: ['gemini', 'opencode'],
  defaults: { architect: 'claude', manager: 'claude', engineer: 'codex' },
};

let page: MountedSetup | null = null;
afterEach(() => page?.unmount());

async function drive(
  given: Partial<SetupFacts> = {},
  [columns, rows] = [100, 30] as readonly [number, number],
  refusal: string | null = null,
) {
  const input = new FakeInput();
  const output = new FakeOutput(columns, rows);
  const asked: string[] = [];
  const choices: Choice[] = [];
  let shown: SetupFacts = { ...facts, ...given };
  const listeners = new Set<() => void>();
  page = mountSetup({
    facts: {
      get: () => shown,
      subscribe: listener => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    ...{ settings: defaultSettings, stdin: input, stdout: output },
    start: choice => {
      choices.push(choice);
      return Promise.resolve(refusal);
    },
    lookAgain: () => asked.push('look'),
    leave: () => asked.push('leave'),
  });
  await settled(output);
  return {
    asked,
    choices,
    async press(...keys: readonly string[]) {
      for (const key of keys) {
        input.emit('data', bytesOf(key));
        if (key === 'esc') await new Promise(resolve => setTimeout(resolve, 30));
        await settled(output);
      }
    },
    async frame() {
      await settled(output);
      return screenText(output.emulator).replace(/ +$/gm, '');
    },
    async find(change: Partial<SetupFacts>) {
      shown = { ...shown, ...change };
      for (const listener of listeners) listener();
      await settled(output);
    },
  };
}

describe.each([
  [80, 24],
  [100, 30],
  [44, 14],
  [160, 50],
  [250, 70],
] as const)('%i×%i', (columns, rows) => {
  test('shows what was found and what will be written', async () => {
    const setup = await drive({}, [columns, rows]);
    await setup.press('down', 'down', 'down');
    const name = `../frames/setup-${columns}x${rows}.txt`;
    await expect(`${await setup.frame()}\n`).toMatchFileSnapshot(name);
  });
});

test('Enter starts with what stands there', async () => {
  const setup = await drive();
  await setup.press('enter');
  expect(setup.choices).toEqual([
    {
      gate: { command: 'npm test', foundIn: 'scripts.test of package.json' },
      setup: null,
      engineers: 3,
      clis: { architect: 'claude', manager: 'claude', engineer: 'codex' },
      env: { architect: [], manager: [], engineer: [] },
    },
  ]);
});

test('a key in place of a login is said, and written by its name for the roles that use it', async () => {
  const [claude, codex] = facts.offered as [OfferedCli, OfferedCli];
  const login = { ...claude.login, passes: ['ANTHROPIC_API_KEY'] };
  const setup = await drive({ offered: [{ ...claude, login }, codex] }, [120, 30]);
  await setup.press('down');
  const words = (await setup.frame()).replace(/[\s┃]+/g, ' ');
  expect(words).toContain('claude 2.1.330 (Claude Code) · ANTHROPIC_API_KEY is set');
  expect(words).toContain('team.yaml will name ANTHROPIC_API_KEY, so that they get it');
  await setup.press('enter');
  const names = ['ANTHROPIC_API_KEY'];
  expect(setup.choices).toMatchObject([
    { env: { architect: names, manager: names, engineer: [] } },
  ]);
});

test('what a worktree needs first is said with the test command, and written with it', async () => {
  const found = { command: 'npm ci', foundIn: 'package-lock.json' };
  const setup = await drive({ setup: found }, [120, 30]);
  const words = (await setup.frame()).replace(/[\s┃]+/g, ' ');
  expect(words).toContain('First “npm ci” runs, as package-lock.json asks.');
  await setup.press('enter');
  expect(setup.choices).toMatchObject([{ setup: found }]);
});

test('what has a key can be clicked, and a row is chosen by a click', async () => {
  const setup = await drive();
  const click = async (text: string, after = '') => {
    const rows = (await setup.frame()).split('\n');
    const y = rows.findIndex(row => row.includes(after) && row.includes(text));
    const x = (rows[y] ?? '').lastIndexOf(text);
    await setup.press(`\u001b[<0;${x + 1};${y + 1}M`);
  };
  await click('Engineers');
  expect(await setup.frame()).toContain('‹ codex ›');
  await click('›', '‹ codex');
  expect(await setup.frame()).toContain('‹ scripted ›');
  await click('‹', '‹ scripted');
  await click('+-');
  expect(await setup.frame()).toContain('‹ 4 ›');
  await setup.press('\u001b[<64;5;5M', '\u001b[<64;5;5M');
  expect(await setup.frame()).toContain('▸ Manager');
  await click('npm test');
  await click('npm test');
  await setup.press('!');
  await click('Enter', 'keep');
  await click('Enter', 'q leave');
  expect(setup.choices).toMatchObject([{ gate: { command: 'npm test!' }, engineers: 4 }]);
});

test('every choice can be changed, and stays within what is possible', async () => {
  const setup = await drive();
  await setup.press('+', '+', '-', 'k', 'right', 'up', 'l', 'l', 'enter');
  expect(setup.choices).toMatchObject([
    { engineers: 4, clis: { architect: 'claude', manager: 'scripted', engineer: 'scripted' } },
  ]);
  const few = await drive();
  await few.press('-', '-', '-', '-', 'enter');
  expect(few.choices).toMatchObject([{ engineers: 1 }]);
});

test('the test command is edited in place: every key is text until Enter, and Esc takes the guess back', async () => {
  const setup = await drive();
  await setup.press('e', ' ', 'q', '+', 'enter');
  expect(await setup.frame()).toContain('npm test q+');
  expect(setup.asked).toEqual([]);
  await setup.press('enter');
  expect(setup.choices).toMatchObject([
    { gate: { command: 'npm test q+', foundIn: 'you, at the set-up' } },
  ]);
  const other = await drive();
  await other.press('e', 'ctrl+u', 'esc', 'enter');
  expect(other.choices).toMatchObject([{ gate: { command: 'npm test' } }]);
});

test('without a test command nothing starts; it is asked for at once', async () => {
  const setup = await drive({ gate: null });
  expect(await setup.frame()).toContain('none found');
  await setup.press('enter');
  expect(setup.choices).toEqual([]);
  expect(await setup.frame()).toContain('nothing lands without it');
  await setup.press('m', 'enter', 'enter');
  expect(setup.choices).toMatchObject([{ gate: { command: 'm' } }]);
});

test('a refused start says why and can be tried again', async () => {
  const setup = await drive({}, [80, 24], 'there is no command “npm”');
  await setup.press('enter');
  expect(await setup.frame()).toContain('there is no command “npm”');
  await setup.press('enter');
  expect(setup.choices).toHaveLength(2);
});

test('q and Ctrl+c leave, r looks again, and what is found then is shown', async () => {
  const setup = await drive({ offered: [], missing: ['claude'] });
  expect(await setup.frame()).toMatch(/None was found\. Install Claude Code/);
  expect(await setup.frame()).toContain('“belfry demo” shows such');
  await setup.press('r', 'q', 'ctrl+c');
  expect(setup.asked).toEqual(['look', 'leave', 'leave']);
  await setup.find({ offered: facts.offered });
  expect(await setup.frame()).toContain('✓ claude');
});

test('a long command is shown around its cursor, and a hostile one is cleaned', async () => {
  const command = `run ${'x'.repeat(300)} end\u001b[31m\u202e`;
  const setup = await drive({ gate: { command, foundIn: 'Makefile' } }, [80, 24]);
  expect(await setup.frame()).not.toContain('end');
  await setup.press('e');
  expect(await setup.frame()).toMatch(/x end/);
});

test('too small a terminal still says how to leave', async () => {
  const setup = await drive({}, [30, 8]);
  expect(await setup.frame()).toMatch(/q leaves/);
  await setup.press('q');
  expect(setup.asked).toEqual(['leave']);
});
