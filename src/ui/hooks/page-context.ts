import { createContext, useContext } from 'react';
import type { RunProgram } from '../../ports/person-programs.ts';
import type { TeamFile } from '../../ports/team-file.ts';
import type { TeamStore } from '../../ports/team-store.ts';
import type { Presence } from '../attention/presence.ts';
import type { Feed } from '../feed.ts';
import type { Compositor } from '../io/compositor.ts';
import type { Keyboard } from '../io/keyboard.ts';
import type { Choice } from '../model/model.ts';
import type { UiStore } from '../model/ui-store.ts';
import type { MouseEvent } from '../mouse/mouse-input.ts';
import type { ReplayDesk } from '../replay/replay-desk.ts';
import type { PageSettings } from '../settings.ts';
import type { Theme } from '../theme/theme.ts';

/** What the parts of the page share. Made once by `mountPage`; nothing in it is ever replaced. */
export type Page = {
  readonly store: TeamStore;
  readonly uiStore: UiStore;
  readonly presence: Presence;
  readonly feed: Feed;
  readonly compositor: Compositor;
  readonly keyboard: Keyboard;
  /** The terminal that is played back. */
  readonly replay: ReplayDesk;
  /** Told of every click and turn of the wheel. */
  readonly mouse: { listener: (event: MouseEvent) => void };
  readonly modes: { readonly enter: string; readonly leave: string };
  readonly theme: Theme;
  readonly settings: PageSettings;
  readonly teamFile: TeamFile;
  readonly quit: () => void;
  readonly keep: (choice: Choice) => Promise<string | null>;
  /** Stops the process until the person brings it back. */
  readonly stopProcess: () => Promise<void>;
  readonly runProgram: RunProgram;
  /** The person's environment: their editor, their shell. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Switches modes of the real terminal, past the compositor. */
  readonly writeModes: (text: string) => void;
};

export const PageContext = createContext<Page | null>(null);

export function usePage(): Page {
  const page = useContext(PageContext);
  if (!page) throw new Error('the page is drawn without its context');
  return page;
}
