import { afterEach, describe, expect, test } from 'vitest';
import type { Command } from '../../../src/core/input.ts';
import { type ActionId, actionIds } from '../../../src/ui/actions/action-ids.ts';
import { actions } from '../../../src/ui/actions/actions.ts';
import { Feed } from '../../../src/ui/feed.ts';
import { keymap } from '../../../src/ui/keymap/keymap.ts';
import { routeKey } from '../../../src/ui/keymap/route-key.ts';
import { panels } from '../../../src/ui/layout/arrange.ts';
import { type Change, type Intent, initialUi, type Ui } from '../../../src/ui/model/model.ts';
import { createUiStore } from '../../../src/ui/model/ui-store.ts';
import type { Picture } from '../../../src/ui/present/picture.ts';
import { rowsOfPlan } from '../../../src/ui/present/views/plan-view.ts';
import { defaultSettings, looksOf } from '../../../src/ui/settings.ts';
import { noon } from '../../support/memory-team-store.ts';
import { morningDiff, morningMessages, morningStore, withDraft } from '../../support/morning.ts';

const feeds: Feed[] = [];
afterEach(() => {
  for (const feed of feeds.splice(0)) feed.close();
});

/** Everything that a key press did. */
type Trial = {
  readonly before: Picture;
  readonly after: Ui;
  readonly intents: readonly Intent[];
  readonly commands: readonly Command[];
};

const asks = ({ after }: Trial): boolean => after.overlay?.kind === 'confirm';
const form = ({ after }: Trial): string =>
  after.overlay?.kind === 'form' ? after.overlay.purpose.kind : '';
const commands = (trial: Trial): string => trial.commands.map(one => one.type).join(' ');
const has = (trial: Trial, kind: Intent['kind']): boolean =>
  trial.intents.some(intent => intent.kind === kind);
const place = (ui: Ui): string => JSON.stringify([ui.agent, ui.task, ui.need, ui.scroll, ui.focus]);
const moves = ({ before, after }: Trial): boolean => place(before.ui) !== place(after);
/** At the end of a list a step may rest. */
const movesOrRests = (trial: Trial): boolean => trial.intents.length === 0 || moves(trial);
const shows =
  (view: Ui['view']) =>
  (trial: Trial): boolean =>
    trial.after.view === view && trial.after.focus === 'detail';
const isAt =
  (panel: Ui['focus']) =>
  (trial: Trial): boolean =>
    trial.after.focus === panel;

/** What help promises, as what must be so afterwards. The compiler asks for every action. */
const does: Readonly<Record<ActionId, (trial: Trial) => boolean>> = {
  'panel.team': isAt('team'),
  'panel.board': isAt('board'),
  'panel.detail': isAt('detail'),
  'panel.needs': isAt('needs'),
  'panel.next': trial => trial.after.focus !== trial.before.ui.focus,
  'panel.previous': trial => trial.after.focus !== trial.before.ui.focus,
  'move.up': movesOrRests,
  'move.down': movesOrRests,
  'move.left': movesOrRests,
  'move.right': movesOrRests,
  // From where one already is nothing moves, but nothing else happens either.
  'move.start': trial => trial.intents.every(intent => intent.kind === 'ui'),
  'move.end': trial => trial.intents.every(intent => intent.kind === 'ui'),
  'scroll.up': movesOrRests,
  'scroll.down': movesOrRests,
  'item.open': trial => trial.after.focus === 'detail',
  'page.back': trial =>
    JSON.stringify(trial.after) !== JSON.stringify(trial.before.ui) || trial.intents.length === 0,
  'needs.next': trial => trial.after.focus === 'needs' && trial.after.need !== null,
  'view.diff': trial => shows('diff')(trial) && has(trial, 'loadDiff'),
  'view.gate': shows('gate'),
  'view.threads': shows('threads'),
  'view.events': shows('events'),
  'view.replay': trial => has(trial, 'replay'),
  'view.next': trial => trial.after.view !== trial.before.ui.view,
  'view.previous': trial => trial.after.view !== trial.before.ui.view,
  'view.zoom': trial => trial.after.isZoomed !== trial.before.ui.isZoomed,
  'view.panes': trial =>
    trial.after.panes !== trial.before.ui.panes || trial.before.ui.view !== 'terminal',
  'hunk.next': trial => has(trial, 'search') || trial.after.scroll > trial.before.ui.scroll,
  'hunk.previous': trial => has(trial, 'search') || trial.after.scroll < trial.before.ui.scroll,
  'file.next': trial => trial.after.scroll > trial.before.ui.scroll,
  'file.previous': trial => trial.after.scroll < trial.before.ui.scroll,
  'line.comment': trial => form(trial) === 'comment',
  'page.filter': trial => /^(filter|search)$/.test(trial.after.overlay?.kind ?? ''),
  'page.copy': trial => has(trial, 'copy'),
  'page.palette': trial => trial.after.overlay?.kind === 'palette',
  'page.help': trial => trial.after.overlay?.kind === 'help',
  'page.theme': trial => trial.after.theme !== trial.before.ui.theme && has(trial, 'keep'),
  'page.redraw': trial => has(trial, 'redraw'),
  'page.suspend': trial => has(trial, 'suspend'),
  'page.quit': asks,
  'agent.pause': trial => /^agent\.(pause|resume)$/.test(commands(trial)),
  'team.pause': trial => /^team\.(pause|resume)$/.test(commands(trial)),
  'agent.stop': trial => asks(trial) || commands(trial) === 'agent.start',
  'question.yes': trial => trial.commands.some(one => 'answer' in one && one.answer === 'yes'),
  'question.no': trial => trial.commands.some(one => 'answer' in one && one.answer === 'no'),
  'goal.give': trial => form(trial) === 'goal',
  'message.write': trial => trial.after.overlay?.kind === 'pick',
  'message.say': trial => /^(say|guide|sendBack)$/.test(form(trial)),
  'terminal.type': trial => trial.after.typingTo !== null && trial.after.view === 'terminal',
  'task.add': trial => form(trial) === 'task',
  'task.pause': trial => /^task\.(pause|resume)$/.test(commands(trial)),
  'task.approve': trial => commands(trial) === 'task.approve',
  'task.retry': trial => /^(task\.retry|trunk\.recheck)$/.test(commands(trial)),
  'task.drop': asks,
  'needs.drop': trial => asks(trial) || commands(trial) === 'agent.start',
  'task.reassign': trial => trial.after.overlay?.kind === 'pick',
  'task.escalate': trial => form(trial) === 'escalate',
  'task.split': trial => form(trial) === 'split',
  'view.plan': shows('plan'),
  'view.numbers': shows('numbers'),
  'plan.toggle': trial => trial.after.excluded.length !== trial.before.ui.excluded.length,
  'plan.accept': trial => commands(trial) === 'plan.accept',
  'plan.sendBack': trial => form(trial) === 'replan',
  'task.raise': trial => has(trial, 'setPriority'),
  'task.lower': trial => has(trial, 'setPriority'),
  'task.edit': trial => has(trial, 'editTask'),
  'agent.shell': trial => has(trial, 'openShell'),
  'page.undo': trial => commands(trial) === 'team.resume',
  'task.forward': trial => commands(trial) === 'task.move',
  'task.backward': trial => commands(trial) === 'task.move',
};

type Scene = {
  readonly name: string;
  readonly changes: readonly Change[];
  readonly isRed?: boolean;
  readonly hasPlan?: boolean;
};
const diffText: Change = { type: 'diff', task: 'T-4' as never, text: morningDiff };

/** Where the plan of the morning names its first task. */
const firstTaskRow = rowsOfPlan({
  ...{ state: withDraft(morningStore().getState()), excluded: [], width: 80 },
}).findIndex(row => row.task !== null);

/** Places at which every key is tried, beside the four panels as they are at the start. */
const scenes: readonly Scene[] = [
  { name: 'at rest', changes: [] },
  { name: 'a red trunk', changes: [], isRed: true },
  { name: 'zoomed', changes: [{ type: 'zoom', isZoomed: true }] },
  { name: 'filtered', changes: [{ type: 'filter', of: 'board', text: 'queue' }] },
  { name: 'the first row of a diff', changes: [{ type: 'view', view: 'diff' }, diffText] },
  {
    name: 'code in a diff',
    changes: [{ type: 'view', view: 'diff' }, diffText, { type: 'scrollTo', row: 14 }],
  },
  {
    name: 'the timeline',
    changes: [
      { type: 'view', view: 'events' },
      { type: 'scrollTo', row: 2 },
    ],
  },
  {
    name: 'the messages',
    changes: [
      { type: 'view', view: 'threads' },
      { type: 'scrollTo', row: 4 },
    ],
  },
  {
    name: 'a plan',
    hasPlan: true,
    changes: [
      { type: 'view', view: 'plan' },
      { type: 'scrollTo', row: firstTaskRow },
    ],
  },
  { name: 'the gate', changes: [{ type: 'view', view: 'gate' }] },
  { name: 'a task', changes: [{ type: 'view', view: 'task' }] },
  { name: 'four terminals', changes: [{ type: 'panes', panes: 4 }] },
  { name: 'a search in a terminal', changes: [{ type: 'search', text: 'queue' }] },
  {
    name: 'a timeline narrowed to nothing',
    changes: [
      { type: 'view', view: 'events' },
      { type: 'filter', of: 'text', text: 'zebra' },
    ],
  },
  {
    name: 'an escalated task',
    changes: [
      { type: 'chooseTask', task: 'T-6' as never },
      { type: 'chooseNeed', need: 'escalation T-6' },
    ],
  },
  {
    name: 'something to undo',
    changes: [
      {
        type: 'undo',
        undo: {
          intents: [{ kind: 'command', command: { type: 'team.resume' }, done: 'undone' }],
          until: noon + 1,
        },
      },
    ],
  },
  { name: 'a ready task', changes: [{ type: 'chooseTask', task: 'T-8' as never }] },
  { name: 'a task in the backlog', changes: [{ type: 'chooseTask', task: 'T-10' as never }] },
];

function situation({ changes, isRed = false, hasPlan = false }: Scene, panel: Ui['focus']) {
  const store = morningStore();
  store.publish({ ...store.getState(), messages: morningMessages });
  const state = store.getState();
  if (isRed) store.publish({ ...state, trunk: { ...state.trunk, gate: 'red' } });
  if (hasPlan) store.publish(withDraft(store.getState()));
  const uiStore = createUiStore(initialUi(noon, looksOf(defaultSettings)));
  for (const change of changes) uiStore.dispatch(change);
  uiStore.dispatch({ type: 'focus', panel });
  if (changes.some(change => change.type === 'zoom'))
    uiStore.dispatch({ type: 'zoom', isZoomed: true });
  const feed = new Feed(store, uiStore);
  feeds.push(feed);
  feed.setGeometry({
    scrollMax: 20,
    pageRows: 10,
    columns: 80,
    needsRoom: { width: 160, height: 9 },
  });
  return { picture: feed.picture(), uiStore };
}

function trialOf(scene: Scene, panel: Ui['focus'], key: string): Trial {
  const { picture, uiStore } = situation(scene, panel);
  const intents = routeKey(picture, key);
  for (const intent of intents) if (intent.kind === 'ui') uiStore.dispatch(intent.change);
  const sent = intents.flatMap(intent => (intent.kind === 'command' ? [intent.command] : []));
  return { before: picture, after: uiStore.get(), intents, commands: sent };
}

const done = new Set<ActionId>();

describe.each(panels)('with the focus on %s', panel => {
  const rows = keymap.filter(row => row.panels.includes(panel));
  test.each(scenes.map(scene => [scene.name, scene] as const))('at %s', (_, scene) => {
    for (const { action, keys } of rows) {
      for (const key of keys) {
        const trial = trialOf(scene, panel, key);
        const focus = trial.before.ui.focus;
        // Zoomed, the detail panel has the focus, and keys mean what they mean there.
        if (focus !== panel) continue;
        const what = `${key} (${action}) in ${panel}`;
        const reason = actions[action].unavailable(trial.before);
        if (reason !== null) {
          expect(trial.after.notice?.text, what).toContain(reason);
          expect(reason.length, what).toBeGreaterThan(8);
          continue;
        }
        done.add(action);
        expect(does[action](trial), `${what}: ${JSON.stringify(trial.intents)}`).toBe(true);
      }
    }
  });
});

test('every action could be done somewhere in these places', () => {
  expect(actionIds.filter(id => !done.has(id))).toEqual([]);
});

test('a key that means nothing in a panel says where it does, or what is missing there', () => {
  const [rest = { name: '', changes: [] }] = scenes;
  const said = (panel: Ui['focus'], key: string) => trialOf(rest, panel, key).after.notice?.text;
  expect(said('team', 'L')).toBe('L: only on the board: press 2');
  expect(said('board', 'c')).toBe('c: only in the diff: d shows it');
  expect(said('board', 'f')).toBe('f: no key of this page; ? shows them');
  for (const panel of panels)
    for (const key of keymap.flatMap(row => row.keys))
      if (!keymap.some(row => row.keys.includes(key) && row.panels.includes(panel)))
        expect(said(panel, key), `${key} in ${panel}`).toMatch(
          /: (only (in|on) .*: press \d|only in the diff: d shows it|no plan waits for you)$/,
        );
});

test('no key means two things in one panel, and every action has a key and a title', () => {
  const seen = new Map<string, string>();
  for (const row of keymap) {
    for (const key of row.panels.flatMap(panel => row.keys.map(one => `${panel} ${one}`))) {
      expect(seen.get(key), `${key}: ${row.action}`).toBeUndefined();
      seen.set(key, row.action);
    }
  }
  expect(Object.keys(actions).sort()).toEqual([...actionIds].sort());
  const bound = new Set(keymap.map(row => row.action));
  expect(actionIds.filter(id => !bound.has(id))).toEqual([]);
  for (const id of actionIds) expect(actions[id].title.length).toBeGreaterThan(3);
});
