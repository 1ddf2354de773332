import { constants } from 'node:os';
import { TerminalNotifier } from '../adapters/system/terminal-notifier.ts';
import { installTerminalRestore, writeDirectly } from '../adapters/terminal/restore-terminal.ts';
import type { Notifier } from '../ports/notifier.ts';
import type { TeamStore } from '../ports/team-store.ts';
import { mountPage } from '../ui/mount.tsx';
import { needsYou } from '../ui/present/needs.ts';
import { titleOf } from '../ui/present/title.ts';
import { loadPageSettings } from './page-settings.ts';

export type PageEnd =
  | { readonly kind: 'quit' }
  | { readonly kind: 'signal'; readonly number: number }
  | { readonly kind: 'failed'; readonly error: unknown };

export type OpenPage = {
  readonly notifier: Notifier;
  /** Resolves when the person quits, a signal asks for the end, or something failed. */
  readonly ended: Promise<PageEnd>;
  end(how: PageEnd): void;
  /** Gives the terminal back. May be called twice. */
  close(): void;
};

/** The terminal keeps the title of before on a stack (xterm, window operations 22 and 23). */
const saveTitle = '\x1b[22;0t';
const bringTitleBack = '\x1b[23;0t';

/** Draws the page and keeps the promise that the terminal is given back, whatever happens. */
export function openPage(store: TeamStore): OpenPage {
  let end: (how: PageEnd) => void = () => {};
  const ended = new Promise<PageEnd>(resolve => {
    end = resolve;
  });
  let isClosed = false;
  const { settings, kept, greeting } = loadPageSettings(process.env);
  const restore = installTerminalRestore(writeDirectly, signal =>
    end({ kind: 'signal', number: constants.signals[signal] }),
  );
  const page = mountPage({
    store,
    settings,
    stdin: process.stdin,
    stdout: process.stdout,
    greeting,
    env: process.env,
    onQuit: () => end({ kind: 'quit' }),
  });
  page.waitUntilExit().catch((error: unknown) => end({ kind: 'failed', error }));
  const voice = new TerminalNotifier(text => void process.stdout.write(text), process.env);
  const tellTitle = () => {
    const needs = needsYou(store.getState(), store.policy);
    voice.setTitle(titleOf(store.repositoryName, needs.length));
  };
  process.stdout.write(saveTitle);
  tellTitle();
  const stopTitle = store.subscribe(tellTitle);
  return {
    notifier: kept.notify ? voice : { notify: () => {}, setTitle: text => voice.setTitle(text) },
    ended,
    end: how => end(how),
    close() {
      stopTitle();
      page.unmount();
      if (!isClosed) process.stdout.write(bringTitleBack);
      isClosed = true;
      restore();
    },
  };
}
