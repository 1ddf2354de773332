import type { RunProgram } from '../../src/ports/person-programs.ts';
import type { Replays } from '../../src/ports/records/replays.ts';
import type { TeamFile } from '../../src/ports/team-file.ts';
import type { ActionId } from '../../src/ui/actions/action-ids.ts';
import { actions } from '../../src/ui/actions/actions.ts';
import { keyFor, keymap } from '../../src/ui/keymap/keymap.ts';
import { type MountedPage, type MountOptions, mountPage } from '../../src/ui/mount.tsx';
import { defaultSettings, type PageSettings } from '../../src/ui/settings.ts';
import { bytesOf, FakeInput, FakeOutput, screenText, settled } from './fake-terminal.ts';
import { MemoryTeamStore } from './memory-team-store.ts';

/** Ink holds a lone ESC back this long, because it may begin a sequence. */
const escapeHoldMs = 30;

export type UiDriver = {
  readonly store: MemoryTeamStore;
  readonly input: FakeInput;
  readonly output: FakeOutput;
  readonly page: MountedPage;
  readonly quits: () => number;
  /** Names of keys as the keymap spells them, or texts to type. */
  press(...keys: string[]): Promise<void>;
  /** Keys as fast as they can come: nothing is waited for. */
  type(...keys: string[]): void;
  /** The key that the keymap gives this action, with the focus where it is. */
  act(...ids: ActionId[]): Promise<void>;
  /** What a person sees, right-trimmed rows. */
  frame(): Promise<string>;
  /** The row that contains the text. */
  row(text: string): Promise<string>;
  until(isSo: (frame: string) => boolean, what: string): Promise<string>;
  resize(columns: number, rows: number): Promise<void>;
  bytes(): string;
};

const open: UiDriver[] = [];

/** The whole page on a terminal of that size that exists only in memory. */
export async function driveUi(
  options: {
    columns?: number;
    rows?: number;
    store?: MemoryTeamStore;
    settings?: Partial<PageSettings>;
    stopProcess?: () => Promise<void>;
    runProgram?: RunProgram;
    env?: Record<string, string>;
    replays?: Replays;
    teamFile?: TeamFile;
    keep?: MountOptions['keep'];
  } = {},
): Promise<UiDriver> {
  const { columns = 120, rows = 36, store = new MemoryTeamStore(), settings = {} } = options;
  const input = new FakeInput();
  const output = new FakeOutput(columns, rows);
  let quitCount = 0;
  const page = mountPage({
    store,
    settings: { ...defaultSettings, ...settings },
    stdin: input,
    stdout: output,
    onQuit: () => {
      quitCount += 1;
    },
    // No test runs an editor, runs a shell or stops its own process.
    runProgram: options.runProgram ?? (async () => ({ kind: 'ended', code: 0 })),
    stopProcess: options.stopProcess ?? (async () => {}),
    ...(options.keep && { keep: options.keep }),
    ...(options.replays && { replays: options.replays }),
    ...(options.teamFile && { teamFile: options.teamFile }),
    ...(options.env && { env: options.env }),
  });
  const driver: UiDriver = {
    store,
    input,
    output,
    page,
    quits: () => quitCount,
    async press(...keys) {
      for (const key of keys) {
        input.emit('data', bytesOf(key));
        if (key === 'esc') await new Promise(resolve => setTimeout(resolve, escapeHoldMs));
        await settled(output);
      }
    },
    type(...keys) {
      for (const key of keys) input.emit('data', bytesOf(key));
    },
    async act(...ids) {
      for (const id of ids) {
        const key = keyFor(keymap, id);
        if (key === null) throw new Error(`no key for ${id} (${actions[id].title})`);
        await driver.press(key);
      }
    },
    async frame() {
      await settled(output);
      return screenText(output.emulator);
    },
    async row(text) {
      const frame = await driver.frame();
      return frame.split('\n').find(one => one.includes(text)) ?? '';
    },
    async until(isSo, what) {
      const deadline = Date.now() + 5_000;
      for (;;) {
        const frame = await driver.frame();
        if (isSo(frame)) return frame;
        if (Date.now() > deadline) throw new Error(`never saw ${what} in\n${frame}`);
        await new Promise(resolve => setTimeout(resolve, 5));
      }
    },
    async resize(nextColumns, nextRows) {
      output.columns = nextColumns;
      output.rows = nextRows;
      output.emulator.resize(nextColumns, nextRows);
      const before = page.tally.frames;
      output.emit('resize');
      await driver.until(() => page.tally.frames > before, 'a frame of the new size');
    },
    bytes: () => output.writes.join(''),
  };
  open.push(driver);
  await settled(output);
  return driver;
}

/** To be called after each test. */
export function closeDrivers(): void {
  for (const driver of open.splice(0)) driver.page.unmount();
}
