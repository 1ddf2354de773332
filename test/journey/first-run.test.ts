// The first start on a repository without a team, as a person sees it.
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { quit } from '../support/demo-journey.ts';
import { JourneyStage, patience } from '../support/journey-stage.ts';
import { keys } from '../support/pty-driver.ts';
import { everythingIn } from '../support/small-repository.ts';

let stage: JourneyStage;
let folder = '';
let env: Record<string, string> = {};
beforeEach(async () => {
  stage = new JourneyStage();
  folder = join(stage.root, 'tally');
  mkdirSync(folder);
  writeFileSync(join(folder, 'Makefile'), 'test:\n\ttrue\n');
  await stage.must(
    'git init --quiet --initial-branch=main && git add --all && git commit --quiet -m first',
    folder,
  );
  const bin = join(stage.root, 'bin');
  mkdirSync(bin);
  writeFileSync(
    join(bin, 'claude'),
    '#!/bin/sh\n[ "$1" = --version ] && echo 9.9.9 && exit\necho at work; exec sleep 600\n',
  );
  writeFileSync(join(bin, 'make'), '#!/bin/sh\nexit 0\n');
  for (const name of ['claude', 'make']) chmodSync(join(bin, name), 0o755);
  env = { PATH: [bin, stage.env['PATH']].join(delimiter) };
});
afterEach(() => stage.close());

const teamFile = () => join(folder, '.belfry/team.yaml');

test('sets up a team, writes it, and starts with it', async () => {
  const program = stage.open([], { cwd: folder, env, size: [80, 24] });
  await program.waitFor(/claude +9\.9\.9/, patience);
  const screen = await program.waitFor('the target “test” of Makefile', patience);
  expect(screen).toContain('make test');
  program.press('-');
  program.press(keys.enter);
  await program.waitFor(/eng-2/, patience);
  await program.waitFor(screenNow => !screenNow.includes('first start'), patience);
  expect(await quit(program)).toContain('Belfry: ');
  const text = readFileSync(teamFile(), 'utf8');
  expect(text).toMatch(/^gate: make test$/m);
  expect(text).toMatch(/count: 2$/m);
  expect(text.match(/cli: claude$/gm)).toHaveLength(3);
  expect(existsSync(join(folder, '.belfry/tasks'))).toBe(true);
});

test('a gate that cannot run is refused on the page, and q leaves everything as it was', async () => {
  const before = await everythingIn(folder);
  const program = stage.open([], { cwd: folder, env, size: [100, 30] });
  await program.waitFor('first start in tally', patience);
  program.press('e');
  await program.waitFor('as found', patience);
  program.press('\x15no-such-command\r');
  await program.waitFor(/Test command +no-such-command/, patience);
  program.press(keys.enter);
  await program.waitFor(/there is no command “no-such-command”/, patience);
  program.press('q');
  const { code } = await program.exited;
  expect(code).toBe(0);
  expect(program.text()).toContain('Nothing was changed.');
  expect(await everythingIn(folder)).toEqual(before);
});

test('without a terminal it says so in one sentence', () => {
  const { code, stderr } = stage.run([], { cwd: folder, env });
  expect(code).toBe(1);
  expect(stderr).toMatch(/^belfry: the page needs a terminal.*\n$/);
});
