// Paths, addresses and hashes are longer than a panel is wide: what is cut cannot be looked up.
import { afterEach, expect, test } from 'vitest';
import {
  agentOf,
  attemptOf,
  MemoryTeamStore,
  noon,
  stateOf,
  taskOf,
} from '../support/memory-team-store.ts';
import { morningStore } from '../support/morning.ts';
import { closeDrivers, driveUi, type UiDriver } from '../support/ui-driver.tsx';

afterEach(closeDrivers);

const path = `src/${'adapters-of-the-outside/'.repeat(7)}read-manifest-with-positions.ts`;
const hash = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'.repeat(2);

/** What the detail panel shows, its rows joined. */
const detail = async (ui: UiDriver): Promise<string> =>
  (await ui.frame())
    .split('\n')
    .flatMap(row => row.match(/┃(.*)┃/)?.[1] ?? [])
    .map(row => row.trim())
    .join('');

test('the details of a task hold its title, its files and its text whole', async () => {
  const long = { files: [path], body: `See ${hash} first.` };
  const task = taskOf('T-4', `Mend ${path}`, long);
  const store = new MemoryTeamStore(stateOf([agentOf('eng-1')], [task], {}));
  const ui = await driveUi({ store, columns: 80, rows: 60 });
  await ui.press('2', 'enter', 'z');
  const shown = await detail(ui);
  expect(shown.split(path)).toHaveLength(3);
  expect(shown).toContain(`${hash} first.`);
});

test('why an attempt was withdrawn is told whole, on the task and at the gate', async () => {
  const why = `blocked: nobody can read ${path}`;
  const attempts = [attemptOf(1, 'eng-1', { endedAt: noon, end: { kind: 'withdrawn', why } })];
  const task = taskOf('T-4', 'Read it', { attempts });
  const store = new MemoryTeamStore(stateOf([agentOf('eng-1')], [task], {}));
  const ui = await driveUi({ store, columns: 80, rows: 60 });
  await ui.press('2', 'enter', 'z');
  expect(await detail(ui)).toContain(path);
  await ui.press('t');
  expect(await detail(ui)).toContain(path);
});

test('the gate names its whole command and the file that holds its output', async () => {
  const store = morningStore();
  const run = store.gateRun();
  if (run === null) throw new Error('no gate runs in the morning of the test');
  const logFile = `/var/lib/ada/belfry/${hash}/gate/T-7-1-1.log`;
  store.runGate({ ...run, command: `npm test && node ${path}`, logFile });
  const ui = await driveUi({ store, columns: 80, rows: 60 });
  await ui.press('t', 'z');
  const shown = (await detail(ui)).replaceAll(' ', '');
  expect(shown).toContain(`whole output: ${logFile}`.replaceAll(' ', ''));
  expect(shown).toContain(`$npmtest&&node${path}`);
});

test('why the person’s branch is behind is read whole, with the file that is to be deleted', async () => {
  const lock = `/var/lib/ada/${path}/.git/index.lock`;
  const behindWhy = `another git is at work there, or was killed: delete ${lock} then`;
  const trunk = { ...stateOf([], [], {}).trunk, behind: 2, behindWhy };
  const store = new MemoryTeamStore(stateOf([agentOf('eng-1')], [], { trunk }));
  const ui = await driveUi({ store, columns: 80, rows: 40 });
  await ui.press('4', 'enter');
  expect(await ui.frame()).toContain('━ main is 2 behind ━');
  expect((await detail(ui)).replaceAll(' ', '')).toContain(`delete${lock}then`);
});
