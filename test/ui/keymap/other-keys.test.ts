import { afterEach, expect, test } from 'vitest';
import { Feed } from '../../../src/ui/feed.ts';
import { keymap, otherKeys } from '../../../src/ui/keymap/keymap.ts';
import { routeKey } from '../../../src/ui/keymap/route-key.ts';
import { type Intent, initialUi, type Ui } from '../../../src/ui/model/model.ts';
import { createUiStore } from '../../../src/ui/model/ui-store.ts';
import { noon } from '../../support/memory-team-store.ts';
import { morningStore } from '../../support/morning.ts';

const feeds: Feed[] = [];
afterEach(() => {
  for (const feed of feeds.splice(0)) feed.close();
});

/** Presses the keys one after the other at the start of the morning, as pure intents, and tells where that ends. */
function after(...keys: readonly string[]): { readonly ui: Ui; readonly last: readonly Intent[] } {
  const uiStore = createUiStore(initialUi(noon));
  const feed = new Feed(morningStore(), uiStore);
  feeds.push(feed);
  let last: readonly Intent[] = [];
  for (const key of keys) {
    last = routeKey(feed.picture(), key);
    for (const intent of last) if (intent.kind === 'ui') uiStore.dispatch(intent.change);
  }
  return { ui: uiStore.get(), last };
}

const isOpen = ({ overlay }: Ui): boolean => overlay !== null;

/** What help says of the keys of each place, as what must be so. One for every row of it. */
const trials: Readonly<Record<string, () => void>> = {
  'Form ctrl+s': () => expect(after('n', 'x', 'ctrl+s').last).toEqual([{ kind: 'submit' }]),
  'Form tab': () => expect(after('n', 'tab').ui.overlay).toMatchObject({ index: 1 }),
  'Form esc': () => {
    const { ui } = after('n', 'x', 'esc');
    expect(isOpen(ui)).toBe(false);
    expect(ui.drafts['New task']?.fields[0]?.field.text).toBe('x');
    expect(after('n', 'x', 'esc', 'n').ui.overlay).toMatchObject({
      fields: [{ field: { text: 'x' } }, {}, {}, {}],
    });
  },
  'Question y': () => {
    expect(after('q', 'y').last).toContainEqual({ kind: 'quit' });
    for (const key of ['n', 'x', 'enter', 'esc', 'q']) {
      const { ui, last } = after('q', key);
      expect(
        last.map(intent => intent.kind),
        key,
      ).toEqual(['ui']);
      expect(isOpen(ui)).toBe(false);
    }
  },
  'List enter': () => {
    const { ui } = after(':', ...Array.from('go to the board'), 'enter');
    expect([isOpen(ui), ui.focus]).toEqual([false, 'board']);
  },
  'Filter enter': () => {
    const { ui } = after('/', '@', 'e', 'n', 'g', '-', '2', 'enter');
    expect([isOpen(ui), ui.filter.board, ui.focus]).toEqual([false, '@eng-2', 'board']);
  },
  'Filter esc': () => expect(after('/', 'q', 'esc').ui.filter.board).toBe(''),
  'Search enter': () => {
    expect(after('3', '/', 'q', 'enter').last).toContainEqual({
      kind: 'search',
      direction: 'older',
    });
    expect(after('3', '/', 'q', 'enter', 'K').last).toEqual([
      { kind: 'search', direction: 'older' },
    ]);
    expect(after('3', '/', 'q', 'enter', 'J').last).toEqual([
      { kind: 'search', direction: 'newer' },
    ]);
  },
};

/** Obeyed below the page, where bytes go to a terminal or a recording is at hand: tried there. */
const triedElsewhere = ['Agent’s terminal', 'Replay'];

const rows = otherKeys.filter(({ where }) => !triedElsewhere.includes(where));

test.each(rows.map(({ where, keys }) => `${where} ${keys}`))('%s', name => {
  expect(trials).toHaveProperty([name]);
  trials[name]?.();
});

test('no trial is about a key that help does not name', () => {
  const names = rows.map(({ where, keys }) => `${where} ${keys}`);
  expect(Object.keys(trials).filter(name => !names.includes(name))).toEqual([]);
});

test('every key of the page is taken by what lies in front of it, and none acts behind it', () => {
  for (const opened of ['n', 'q', ':', '?', '/']) {
    for (const key of keymap.flatMap(row => row.keys)) {
      const kinds = after('2', opened, key).last.map(intent => intent.kind);
      const isChoice = key === 'enter' && (opened === ':' || opened === '?');
      if (isChoice || (opened === 'q' && /^y$/i.test(key))) continue;
      expect(
        kinds.filter(kind => kind !== 'ui' && kind !== 'submit'),
        `${key} in ${opened}`,
      ).toEqual([]);
    }
  }
});
