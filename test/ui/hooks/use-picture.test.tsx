import { Text } from 'ink';
import { cleanup, render } from 'ink-testing-library';
import { afterEach, expect, test, vi } from 'vitest';
import type { TaskId } from '../../../src/core/ids.ts';
import { Feed } from '../../../src/ui/feed.ts';
import { type Page, PageContext } from '../../../src/ui/hooks/page-context.ts';
import { isSameJson, usePicture } from '../../../src/ui/hooks/use-picture.ts';
import { initialUi } from '../../../src/ui/model/model.ts';
import { createUiStore } from '../../../src/ui/model/ui-store.ts';
import type { Picture } from '../../../src/ui/present/picture.ts';
import { MemoryTeamStore, noon, stateOf, taskOf } from '../../support/memory-team-store.ts';

const feeds: Feed[] = [];
afterEach(() => {
  cleanup();
  for (const feed of feeds.splice(0)) feed.close();
});

const titlesOf = ({ state }: Picture) => Object.values(state.tasks).map(task => task.title);

function Titles({ tally }: { tally: { drawn: number } }) {
  tally.drawn += 1;
  return <Text>{usePicture(titlesOf, isSameJson).join('\n')}</Text>;
}

/** A panel that shows the titles of all tasks, and how often it was drawn. */
function panelOf(...titles: readonly string[]) {
  const board = (now: readonly string[]) =>
    stateOf(
      [],
      now.map((title, index) => taskOf(`T-${index + 1}`, title)),
    );
  const store = new MemoryTeamStore(board(titles));
  const uiStore = createUiStore(initialUi(noon));
  const feed = new Feed(store, uiStore);
  feeds.push(feed);
  const tally = { drawn: 0 };
  const { lastFrame } = render(
    <PageContext value={{ feed } as Page}>
      <Titles tally={tally} />
    </PageContext>,
  );
  const publish = (...now: readonly string[]) => store.publish(board(now));
  return { lastFrame, publish, uiStore, feed, tally };
}

test('a component shows what it selected of the picture, and what that becomes', async () => {
  const { lastFrame, publish } = panelOf('Read tides', 'Print tides');
  expect(lastFrame()).toBe('Read tides\nPrint tides');
  publish('Read tides', 'Print tides', 'Warn of low water');
  await vi.waitFor(() => expect(lastFrame()).toBe('Read tides\nPrint tides\nWarn of low water'));
  publish('Read tides');
  await vi.waitFor(() => expect(lastFrame()).toBe('Read tides'));
});

test('a new picture in which the selected part is equal draws nothing again', async () => {
  const { lastFrame, publish, uiStore, feed, tally } = panelOf('Read tides');
  await vi.waitFor(() => expect(lastFrame()).toBe('Read tides'));
  const { drawn } = tally;
  const before = feed.picture();
  uiStore.dispatch({ type: 'chooseTask', task: 'T-1' as TaskId });
  uiStore.dispatch({ type: 'focus', panel: 'board' });
  expect(feed.picture()).not.toBe(before);
  expect(tally.drawn).toBe(drawn);
  publish('Read tides twice');
  await vi.waitFor(() => expect(lastFrame()).toBe('Read tides twice'));
  expect(tally.drawn).toBe(drawn + 1);
});
