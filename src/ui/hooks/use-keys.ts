import { useInput, usePaste } from 'ink';
import { keyNames } from '../keymap/key-names.ts';
import { routeKey } from '../keymap/route-key.ts';
import type { Intent } from '../model/model.ts';
import { usePage } from './page-context.ts';

/** The program's only reader of keys. */
export function useKeys(perform: (intents: readonly Intent[]) => void): void {
  const { uiStore, feed, presence } = usePage();
  useInput((input, key) => {
    for (const name of keyNames(input, key)) {
      presence.acted();
      perform(routeKey(feed.picture(), name));
    }
  });
  usePaste(text => {
    if (uiStore.get().overlay === null) return;
    const change = { type: 'edit', edit: { kind: 'insert', text } } as const;
    perform([{ kind: 'ui', change: { type: 'overlay', change } }]);
  });
}
