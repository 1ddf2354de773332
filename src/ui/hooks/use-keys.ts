import { useInput, usePaste } from 'ink';
import { actions } from '../actions/actions.ts';
import { keyNames } from '../keymap/key-names.ts';
import { actionFor, keyWord } from '../keymap/keymap.ts';
import { overlayKey } from '../keymap/overlay-keys.ts';
import type { Intent } from '../model/model.ts';
import { type Page, usePage } from './page-context.ts';

/** The program's only reader of keys: the overlay first, then the focused panel. */
export function useKeys(perform: (intents: readonly Intent[]) => void): void {
  const page = usePage();
  useInput((input, key) => {
    for (const name of keyNames(input, key)) press(page, name, perform);
  });
  usePaste(text => {
    if (page.uiStore.get().overlay === null) return;
    const change = { type: 'edit', edit: { kind: 'insert', text } } as const;
    perform([{ kind: 'ui', change: { type: 'overlay', change } }]);
  });
}

function press(page: Page, key: string, perform: (intents: readonly Intent[]) => void): void {
  const { uiStore, feed, store } = page;
  uiStore.dispatch({ type: 'active', at: store.now() });
  const picture = feed.picture();
  const { overlay, focus } = picture.ui;
  if (overlay) {
    perform(overlayKey(overlay, key, picture));
    return;
  }
  const id = actionFor(focus, key);
  if (!id) return;
  const reason = actions[id].unavailable(picture);
  if (reason === null) {
    perform(actions[id].run(picture));
    return;
  }
  uiStore.dispatch({
    type: 'notice',
    text: `${keyWord(key)} ${actions[id].title}: ${reason}`,
    tone: 'warn',
  });
}
