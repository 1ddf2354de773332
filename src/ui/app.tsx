import { Box, useWindowSize } from 'ink';
import { useCallback, useEffect, useLayoutEffect } from 'react';
import { Block } from './components/block.tsx';
import { LivePane } from './components/live-pane.tsx';
import { usePage } from './hooks/page-context.ts';
import { useKeys } from './hooks/use-keys.ts';
import { usePerform } from './hooks/use-perform.ts';
import { isSameJson, usePicture } from './hooks/use-picture.ts';
import { keyWord } from './keymap/keymap.ts';
import {
  type Arrangement,
  arrange,
  inside,
  type Panel,
  type Rect,
  restingDetail,
} from './layout/arrange.ts';
import { lastLook } from './model/last-look.ts';
import type { Intent } from './model/model.ts';
import { hasCursor } from './model/view.ts';
import { forwardWheel } from './mouse/forward-wheel.ts';
import { type Area, mouseIntents } from './mouse/mouse-intents.ts';
import { footerLine } from './present/footer.ts';
import type { Line } from './present/line.ts';
import { overlayBox } from './present/overlay.ts';
import { boardRows, boardRowsWanted } from './present/panels/board-panel.ts';
import { detailRows, detailText } from './present/panels/detail-panel.ts';
import { headerRows, sinceRows } from './present/panels/header-row.ts';
import { latelyRows } from './present/panels/lately-panel.ts';
import { needsRows } from './present/panels/needs-panel.ts';
import { cellArea } from './present/panels/standstill.ts';
import { teamRows } from './present/panels/team-panel.ts';
import { panePlaces } from './present/panes.ts';
import type { Picture } from './present/picture.ts';
import { sinceLine } from './present/since.ts';
import { tinyRows } from './present/tiny.ts';
import { replayArea } from './present/views/replay-view.ts';

/** The whole page. Which rectangle shows what is decided here, and nothing else. */
export function App() {
  const { columns, rows } = useWindowSize();
  const { settings } = usePage();
  const leaveKey = keyWord(settings.leaveKey);
  const arrangement = usePicture(picture => layoutOf(picture, columns, rows), isSameJson);
  const perform = usePerform();
  useKeys(perform);

  const detail = useCallback(
    (picture: Picture, rect: Rect): Line[] => detailRows(picture, rect, leaveKey),
    [leaveKey],
  );
  const footer = useCallback(
    (picture: Picture, rect: Rect): Line[] => [footerLine(picture, rect.width, leaveKey)],
    [leaveKey],
  );
  const tiny = useCallback(
    (picture: Picture, rect: Rect): Line[] => tinyRows(picture, rect, leaveKey),
    [leaveKey],
  );
  const areas = areasOf(arrangement, detail, footer, tiny);
  useMouse({ areas, detail: arrangement.detail, columns, rows }, perform);
  return (
    // Nothing is drawn by Ink itself, and it lays out and paints all of its box for every change.
    <Box width={1} height={1}>
      {areas.map(area => (
        <Block key={area.name} name={area.name} rect={area.rect} rows={area.rows} />
      ))}
      <Overlay columns={columns} rows={rows} />
      <Panes layout={arrangement} columns={columns} rows={rows} />
    </Box>
  );
}

type Rows = Area['rows'];

/** Which rectangle shows what, those in front last. */
function areasOf(
  { kind, header, needs, since, team, lately, board, detail, footer }: Arrangement,
  detailOf: Rows,
  footerOf: Rows,
  tinyOf: Rows,
): (Area & { readonly name: string })[] {
  const area = (name: string, rect: Rect | null, rows: Rows, panel: Panel | null = null) =>
    rect ? [{ name, rect, rows, panel }] : [];
  if (kind === 'tiny') return area('tiny', header, tinyOf);
  return [
    ...area('header', header, headerRows),
    ...area('needs', needs, needsRows, 'needs'),
    ...area('since', since, sinceRows),
    ...area('team', team, teamRows, 'team'),
    ...area('lately', lately, latelyRows),
    ...area('board', board, boardRows, 'board'),
    ...area('detail', detail, detailOf, 'detail'),
    ...area('footer', footer, footerOf),
  ];
}

type Places = {
  readonly areas: readonly Area[];
  readonly detail: Rect | null;
  readonly columns: number;
  readonly rows: number;
};

/** Has clicks and the wheel do what the keys do at that place. */
function useMouse(
  { areas, detail, columns, rows }: Places,
  perform: (intents: readonly Intent[]) => void,
): void {
  const { feed, mouse, presence, store } = usePage();
  useEffect(() => {
    mouse.listener = event => {
      presence.acted();
      const picture = feed.picture();
      if (forwardWheel(event, picture, detail, agent => store.terminalOf(agent))) return;
      const box = overlayBox(picture, columns, rows);
      const front: Area[] = box ? [{ rect: box.rect, panel: null, rows: () => box.rows }] : [];
      perform(mouseIntents(picture, [...areas, ...front], event));
    };
  });
}

function Overlay({ columns, rows }: { readonly columns: number; readonly rows: number }) {
  const rect = usePicture(picture => overlayBox(picture, columns, rows)?.rect ?? null, isSameJson);
  const boxRows = useCallback(
    (picture: Picture): readonly Line[] => overlayBox(picture, columns, rows)?.rows ?? [],
    [columns, rows],
  );
  return rect && <Block name="overlay" rect={rect} rows={boxRows} isFront />;
}

type Layout = Arrangement & { readonly resting: Rect | null };

function layoutOf(picture: Picture, columns: number, rows: number): Layout {
  const wishes = {
    needsCount: picture.needs.length,
    hasSince: sinceLine({ ...picture, lookedAt: lastLook(picture.ui, picture.time) }) !== null,
    agentCount: Object.keys(picture.state.agents).length,
    boardRows: boardRowsWanted(picture.order, columns),
    isZoomed: picture.ui.isZoomed,
    focus: picture.ui.focus,
  };
  return { ...arrange(columns, rows, wishes), resting: restingDetail(columns, rows, wishes) };
}

/** Has the live terminals painted into the detail panel, and tells how far its content can scroll. */
function Panes({ layout, columns, rows }: { layout: Layout; columns: number; rows: number }) {
  const { detail, resting, needs } = layout;
  const { store, feed, compositor, replay, settings } = usePage();
  const { isAscii } = settings;
  const facts = usePicture(
    picture => (detail && resting ? paneFacts(picture, detail, resting, columns, rows) : []),
    isSameJson,
  );
  const panes = facts.flatMap(fact => {
    const terminal = store.terminalOf(fact.agent);
    return terminal ? [{ terminal, isAscii, ...fact }] : [];
  });
  const isReplaying = usePicture(picture => picture.ui.overlay?.kind === 'replay');
  const played = isReplaying && detail ? replay.view : null;
  const playedPanes =
    played && detail
      ? [
          {
            terminal: played,
            area: replayArea(detail),
            covers: [],
            hasKeyboard: false,
            scrolledRows: 0,
            isAscii,
          },
        ]
      : null;
  const hasColor = usePicture(picture => picture.ui.theme !== 'mono');
  useLayoutEffect(() => compositor.setColor(hasColor), [compositor, hasColor]);
  useLayoutEffect(() => compositor.showPanes(playedPanes ?? panes));
  useLayoutEffect(() => () => compositor.showPanes([]), [compositor]);

  const width = detail ? inside(detail).width : 0;
  const chosen = panes.find(pane => pane.isChosen);
  const height = chosen?.area.height ?? (detail ? inside(detail).height : 0);
  const scrollMax = usePicture(picture => {
    const text = detailText(picture, width);
    if (text) return Math.max(0, text.length - (hasCursor(picture.ui.view) ? 1 : height));
    return chosen?.terminal.screen.scrollbackRows ?? 0;
  });
  useLayoutEffect(
    () =>
      feed.setGeometry({
        ...{ scrollMax, pageRows: Math.max(1, height), columns: width },
        needsRoom: { width: needs.width, height: needs.height },
      }),
    [feed, scrollMax, height, width, needs.width, needs.height],
  );
  return panes.map(({ terminal, agent, size }) => (
    <LivePane key={agent} terminal={terminal} columns={size.width} rows={size.height} />
  ));
}

function paneFacts(picture: Picture, detail: Rect, resting: Rect, columns: number, rows: number) {
  const { ui, shownAgent, hasTerminal } = picture;
  if (ui.overlay?.kind === 'replay') return [];
  if (ui.view !== 'terminal' || !shownAgent || !hasTerminal) return [];
  const box = overlayBox(picture, columns, rows);
  const sizes = panePlaces(picture, resting);
  return panePlaces(picture, detail).map(({ agent, rect }, index) => {
    const isChosen = agent.id === shownAgent.id;
    return {
      agent: agent.id,
      isChosen,
      area: cellArea(agent, picture, rect),
      size: inside(sizes[index]?.rect ?? rect),
      covers: box ? [box.rect] : [],
      hasKeyboard: ui.typingTo === agent.id,
      scrolledRows: isChosen ? ui.scroll : 0,
    };
  });
}
