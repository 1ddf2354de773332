import { render } from 'ink';
import { cleanText } from '../lib/clean-text.ts';
import type { RunProgram } from '../ports/person-programs.ts';
import type { Replays } from '../ports/records/replays.ts';
import type { TeamFile } from '../ports/team-file.ts';
import type { TeamStore } from '../ports/team-store.ts';
import type { Terminal } from '../ports/terminals.ts';
import { App } from './app.tsx';
import { Presence } from './attention/presence.ts';
import { Feed, unwatchedTeamFile } from './feed.ts';
import { type Page, PageContext } from './hooks/page-context.ts';
import { Compositor, type Tally } from './io/compositor.ts';
import { inkOptions } from './io/ink-options.ts';
import { InkOutput, type TerminalOutput } from './io/ink-output.ts';
import { Keyboard, type TerminalInput } from './io/keyboard.ts';
import { reportModes } from './io/modes.ts';
import { stopProcess } from './io/stop-process.ts';
import { type Choice, initialUi } from './model/model.ts';
import { createUiStore } from './model/ui-store.ts';
import { ReaderApp } from './reader/reader-app.tsx';
import { SilentOutput } from './reader/silent-output.ts';
import { ReplayDesk } from './replay/replay-desk.ts';
import { controlByte, looksOf, type PageSettings, themeOf } from './settings.ts';

export type MountOptions = {
  readonly store: TeamStore;
  /** What the agents' terminals showed; left out: nothing. */
  readonly replays?: Replays;
  /** Left out: team.yaml never changes. */
  readonly teamFile?: TeamFile;
  readonly settings: PageSettings;
  readonly stdin: TerminalInput;
  readonly stdout: TerminalOutput;
  /** A sentence for the person at the start: what of their settings could not be followed. */
  readonly greeting?: string | null;
  /** Keeps a choice for later starts; resolves with a sentence when that was not possible. Left out: nothing is kept. */
  readonly keep?: (choice: Choice) => Promise<string | null>;
  /** The person confirmed that they want to quit. The page stays until `unmount`. */
  readonly onQuit: () => void;
  /** Stops the whole program like Ctrl+Z does, and resolves when it goes on. */
  readonly stopProcess?: () => Promise<void>;
  /** Runs the person's editor or shell on the terminal. */
  readonly runProgram: RunProgram;
  /** Where `$EDITOR` and `$SHELL` are found. */
  readonly env?: Readonly<Record<string, string | undefined>>;
};

export type MountedPage = {
  /** Gives the terminal back: modes off, main screen, cursor on. May be called twice. */
  unmount(): void;
  /** Shows a sentence where answers to keys stand, until the next key. */
  say(text: string): void;
  /** Resolves after `unmount`; rejects with the error that took the page down. */
  waitUntilExit(): Promise<void>;
  readonly tally: Tally;
};

const noReplays: Replays = { isRecording: true, replayOf: async () => null };

/** Draws the page on the terminal and reads its keys until `unmount`. */
export function mountPage(options: MountOptions): MountedPage {
  const { store, settings, stdin, stdout } = options;
  const uiStore = createUiStore(initialUi(store.now(), looksOf(options.settings)));
  const greeting = cleanText(options.greeting ?? '');
  if (greeting !== '' && !settings.isScreenReader)
    uiStore.dispatch({ type: 'notice', text: greeting, tone: 'warn' });
  const compositor = new Compositor(stdout, settings.theme !== 'mono');
  const { isScreenReader } = settings;
  const output = isScreenReader ? new SilentOutput() : new InkOutput(stdout, compositor);
  compositor.hold(isScreenReader);
  const teamFile = options.teamFile ?? unwatchedTeamFile;
  const feed = new Feed(store, uiStore, settings, teamFile);
  const mouse: Page['mouse'] = { listener: () => {} };
  const presence = new Presence(store, uiStore);
  const keyboard = keyboardFor(stdin, { store, uiStore, presence }, settings, mouse);
  const modes = isScreenReader ? { enter: '', leave: '' } : reportModes(settings);
  const replay = new ReplayDesk(options.replays ?? noReplays, uiStore);
  const page: Page = {
    store,
    teamFile,
    replay,
    uiStore,
    presence,
    feed,
    compositor,
    keyboard,
    mouse,
    modes,
    theme: themeOf(settings),
    settings,
    quit: options.onQuit,
    keep: options.keep ?? (async () => null),
    stopProcess: options.stopProcess ?? stopProcess,
    runProgram: options.runProgram,
    env: options.env ?? {},
    writeModes: text => !isScreenReader && stdout.write(text),
  };
  const ink = render(
    <PageContext value={page}>
      {isScreenReader ? <ReaderApp output={stdout} greeting={greeting} /> : <App />}
    </PageContext>,
    { ...inkOptions(output, keyboard), alternateScreen: !isScreenReader },
  );
  // The window was closed: the signal that comes with it ends the program in order, so here only silence.
  const terminalGone = (): void => compositor.close();
  stdout.on('error', terminalGone);
  stdout.write(modes.enter);
  let isMounted = true;
  return {
    tally: compositor.tally,
    unmount() {
      if (!isMounted) return;
      isMounted = false;
      compositor.close();
      replay.close();
      feed.close();
      stdout.write(modes.leave);
      ink.unmount();
      keyboard.close();
      output.close();
    },
    say: text => uiStore.dispatch({ type: 'notice', text: cleanText(text), tone: 'warn' }),
    waitUntilExit: async () => {
      await ink.waitUntilExit();
    },
  };
}

function keyboardFor(
  stdin: TerminalInput,
  { store, uiStore, presence }: Pick<Page, 'store' | 'uiStore' | 'presence'>,
  settings: PageSettings,
  mouse: Page['mouse'],
): Keyboard {
  return new Keyboard(stdin, {
    leaveKey: controlByte(settings.leaveKey),
    typingTo(): Terminal | null {
      const { typingTo } = uiStore.get();
      return typingTo && store.terminalOf(typingTo);
    },
    mouse: event => mouse.listener(event),
    leave: () => uiStore.dispatch({ type: 'type', to: null }),
    focusChanged: hasFocus =>
      uiStore.dispatch({ type: 'terminalFocus', hasFocus, at: store.now() }),
    typed: () => presence.acted(),
  });
}
