import { settingsFolder, settingsPath } from '../../adapters/config/settings.ts';
import { runProgram } from '../../adapters/system/run-program.ts';
import { TerminalNotifier } from '../../adapters/system/terminal-notifier.ts';
import { messageOf } from '../../lib/thrown.ts';
import { callPerson } from '../../ui/attention/call-person.ts';
import type { Choice } from '../../ui/model/model.ts';
import { mountPage } from '../../ui/mount.tsx';
import type { DeferredStore } from './deferred-store.ts';
import type { OpeningScreen } from './opening-screen.ts';
import type { LoadedPageSettings } from './page-settings.ts';

export type OpenPage = {
  /** Shows a sentence until the next key. */
  say(text: string): void;
  /** Gives the terminal back. May be called twice. */
  close(): void;
};

/** The terminal keeps the title of before on a stack (xterm, window operations 22 and 23). */
const saveTitle = '\x1b[22;0t';
const bringTitleBack = '\x1b[23;0t';

/** Draws the page and keeps the promise that the terminal is given back, whatever happens. */
export function openPage(
  store: DeferredStore,
  { settings, kept, greeting }: LoadedPageSettings,
  screen: OpeningScreen,
): OpenPage {
  const { isScreenReader } = settings;
  let isClosed = false;
  const page = mountPage({
    store,
    replays: store,
    teamFile: store.teamFile,
    settings,
    stdin: process.stdin,
    stdout: process.stdout,
    greeting,
    env: process.env,
    runProgram,
    keep: choice => keepChoice(choice),
    onQuit: () => screen.end({ kind: 'quit' }),
  });
  page.waitUntilExit().catch((error: unknown) => screen.end({ kind: 'failed', error }));
  // A bell is heard; what else a terminal could show is for eyes.
  const voice = new TerminalNotifier(
    text => void process.stdout.write(text),
    isScreenReader ? {} : process.env,
  );
  if (!isScreenReader) process.stdout.write(saveTitle);
  const stopCalling = callPerson(store, voice, {
    hasTitle: !isScreenReader,
    hasCalls: kept.notify,
  });
  return {
    say: page.say,
    close() {
      stopCalling();
      page.unmount();
      if (!isClosed && !isScreenReader) process.stdout.write(bringTitleBack);
      isClosed = true;
      screen.restore();
    },
  };
}

/** Loads what writes settings when something is to be written. */
async function keepChoice(choice: Choice): Promise<string | null> {
  const { saveSettings } = await import('../../adapters/config/settings-file.ts');
  try {
    saveSettings(settingsFolder(process.env), choice);
    return null;
  } catch (error) {
    const why = messageOf(error);
    return `not kept for the next start: ${settingsPath(process.env)}: ${why}`;
  }
}
