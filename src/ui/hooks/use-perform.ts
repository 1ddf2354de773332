import { useApp } from 'ink';
import { useCallback, useRef } from 'react';
import type { AgentId, TaskId } from '../../core/ids.ts';
import type { Command } from '../../core/input.ts';
import { cleanText } from '../../lib/clean-text.ts';
import { messageOf } from '../../lib/thrown.ts';
import { formRequest } from '../actions/form-request.ts';
import { undoForMs, undoOf } from '../actions/undo.ts';
import { editorWords, shellOf } from '../io/editor-words.ts';
import { searchScrollback, shownText } from '../io/search-scrollback.ts';
import { keyFor, keyWord } from '../keymap/keymap.ts';
import type { Choice, Intent } from '../model/model.ts';
import { plural } from '../present/age.ts';
import { lineText } from '../present/line.ts';
import { detailText } from '../present/panels/detail-panel.ts';
import { chosenTask } from '../present/tasks.ts';
import { type Page, usePage } from './page-context.ts';

/** Carries out what actions ask for. Everything that leaves the page goes through here. */
export function usePerform(): (intents: readonly Intent[]) => void {
  const page = usePage();
  const { suspendTerminal } = useApp();
  /** Keys typed ahead must not give the terminal away twice. */
  const isAway = useRef(false);
  /** A key that is pressed while the page comes back is meant: its program follows. */
  const back = useRef<Promise<unknown>>(Promise.resolve());
  return useCallback(
    intents => {
      const away: Away = act => {
        if (isAway.current) return;
        isAway.current = true;
        const awayAndBack = async (): Promise<void> => {
          await elsewhere(page, act);
          isAway.current = false;
        };
        back.current = back.current.then(() => suspendTerminal(awayAndBack));
      };
      for (const intent of intents) {
        if (intent.kind === 'suspend') away(({ stopProcess }) => stopProcess());
        else if (intent.kind === 'editTask') void editTask(page, intent.task, away);
        else if (intent.kind === 'editFile') editFile(page, intent.path, away);
        else if (intent.kind === 'openShell') openShell(page, intent.agent, away);
        else perform(page, intent);
      }
    },
    [page, suspendTerminal],
  );
}

type Away = (act: (page: Page) => Promise<void>) => void;
type PlainIntent = Exclude<Intent, { kind: 'suspend' | 'editTask' | 'editFile' | 'openShell' }>;

function perform(page: Page, intent: PlainIntent): void {
  switch (intent.kind) {
    case 'ui':
      page.uiStore.dispatch(intent.change);
      pinTask(page);
      return;
    case 'command':
      void command(page, intent.command, intent.done);
      return;
    case 'setPriority':
      void setPriority(page, intent);
      return;
    case 'search':
      search(page, intent.direction);
      return;
    case 'replay':
      page.replay.do(intent.ask);
      return;
    case 'keep':
      void keep(page, intent.choice);
      return;
    case 'copy':
      copy(page);
      return;
    case 'loadDiff':
      void loadDiff(page, intent.task);
      return;
    case 'submit':
      void submit(page);
      return;
    case 'redraw':
      page.compositor.redraw();
      return;
    case 'applyTeamFile':
      page.teamFile.apply();
      return;
    case 'noteConcern':
      page.store.noteConcern(intent.key);
      return;
    case 'quit':
      page.quit();
  }
}

/**
 * Whoever looks at the board or at a task has it selected from then on: a key pressed a moment later must not be
 * about another task that has come to the top meanwhile.
 */
function pinTask({ uiStore, feed }: Page): void {
  const { task, focus, view } = uiStore.get();
  if (task !== null || (focus !== 'board' && view !== 'task' && view !== 'gate')) return;
  const { order, state } = feed.picture();
  const chosen = chosenTask(order, state.tasks, null);
  if (chosen !== null) uiStore.dispatch({ type: 'chooseTask', task: chosen.id });
}

async function command(page: Page, wish: Command, done: string): Promise<void> {
  const { store } = page;
  const back = undoOf(wish, store.getState());
  const refused = await store.command(wish).catch(messageOf);
  const undo: Intent | null = back && { kind: 'command', command: back, done: undone };
  answer(page, refused, done, undo);
}

/** What cannot be kept holds until the page is closed. */
async function keep(page: Page, choice: Choice): Promise<void> {
  const problem = await page.keep(choice).catch(messageOf);
  if (problem !== null) page.uiStore.dispatch({ type: 'notice', text: problem, tone: 'warn' });
}

function search({ store, uiStore, feed }: Page, direction: 'older' | 'newer'): void {
  const { ui, shownAgent } = feed.picture();
  const screen = shownAgent && store.terminalOf(shownAgent.id)?.screen;
  const row = screen ? searchScrollback(screen, ui.search, ui.scroll, direction) : null;
  if (row !== null) uiStore.dispatch({ type: 'scrollTo', row });
  else {
    const text = `nothing ${direction} holds “${ui.search}”`;
    uiStore.dispatch({ type: 'notice', text, tone: 'warn' });
  }
}

/** Terminals refuse more than this in one sequence (xterm: 100,000 bytes of base64). */
const copiedBytesMax = 70_000;

/** By OSC 52, on the person's own key and never otherwise; whether the terminal obeys cannot be seen. */
function copy({ store, uiStore, feed, writeModes }: Page): void {
  const picture = feed.picture();
  const { ui, shownAgent } = picture;
  const screen = shownAgent && store.terminalOf(shownAgent.id)?.screen;
  const text =
    ui.view === 'terminal' && screen
      ? shownText(screen, ui.scroll)
      : (detailText(picture, copiedColumns) ?? []).map(lineText).join('\n');
  const bytes = Buffer.from(text).subarray(0, copiedBytesMax);
  writeModes(`\u001b]52;c;${bytes.toString('base64')}\u0007`);
  const rows = plural(text.split('\n').length, 'row');
  const notice = `${rows} copied, if your terminal allows it`;
  uiStore.dispatch({ type: 'notice', text: notice, tone: 'good' });
}

/** Wide enough that copied text is not wrapped where the panel would wrap it. */
const copiedColumns = 200;

async function setPriority(
  page: Page,
  { task, priority, before }: Extract<Intent, { kind: 'setPriority' }>,
): Promise<void> {
  const refused = await page.store.setPriority(task, priority).catch(messageOf);
  const undo: Intent = { kind: 'setPriority', task, priority: before, before: priority };
  answer(page, refused, `${task} is ${priority}`, undo);
}

/** What is said of a wish that was taken back. */
const undone = 'undone';

/** What became of a wish, and how it can be taken back. */
function answer(
  { store, uiStore, settings }: Page,
  refused: string | null,
  done: string,
  undo: Intent | null,
): void {
  if (refused !== null) {
    uiStore.dispatch({ type: 'notice', text: refused, tone: 'warn' });
    return;
  }
  // What cannot be taken back leaves what was done before it to be taken back.
  if (undo) {
    const until = store.now() + undoForMs;
    uiStore.dispatch({ type: 'undo', undo: { intents: [undo], until } });
  }
  const key = keyWord(keyFor(settings.keymap, 'page.undo') ?? '');
  const how = undo ? ` · ${key} ${done === undone ? 'does it again' : 'undoes it'}` : '';
  uiStore.dispatch({ type: 'notice', text: `${done}${how}`, tone: 'good' });
}

async function editTask(page: Page, task: TaskId, away: Away): Promise<void> {
  const path = await page.store.taskFile(task).catch(() => null);
  if (path === null) {
    page.uiStore.dispatch({ type: 'notice', text: `${task} has no file to edit`, tone: 'warn' });
    return;
  }
  editFile(page, path, away);
}

function editFile(page: Page, path: string, away: Away): void {
  const [file = 'vi', ...args] = editorWords(page.env);
  away(() => run(page, file, [...args, path]));
}

function openShell(page: Page, agent: AgentId, away: Away): void {
  const folder = page.store.worktreeOf(agent);
  if (folder === null) {
    page.uiStore.dispatch({ type: 'notice', text: `${agent} has no worktree yet`, tone: 'warn' });
    return;
  }
  away(async () => {
    page.writeModes(`A shell in the worktree of ${agent}. “exit” leads back to Belfry.\r\n`);
    await run(page, shellOf(page.env), [], folder);
  });
}

/** Says what went wrong; a shell's own exit code is the person's affair. */
async function run(
  { runProgram, uiStore }: Page,
  file: string,
  args: readonly string[],
  folder?: string,
): Promise<void> {
  const end = await runProgram(file, args, folder);
  const isFailed = end.kind === 'failed' || (folder === undefined && end.code !== 0);
  if (!isFailed) return;
  const why = end.kind === 'failed' ? end.why : `it ended with code ${end.code}`;
  uiStore.dispatch({ type: 'notice', text: cleanText(`${file}: ${why}`), tone: 'warn' });
}

async function loadDiff({ store, uiStore }: Page, task: TaskId): Promise<void> {
  uiStore.dispatch({ type: 'diff', task, text: null });
  const text = await store
    .diffOf(task)
    .catch(error => `The diff could not be read: ${messageOf(error)}`);
  // The person may have asked for another one meanwhile.
  if (uiStore.get().diff?.task === task) uiStore.dispatch({ type: 'diff', task, text });
}

async function submit({ store, uiStore }: Page): Promise<void> {
  const { overlay } = uiStore.get();
  if (overlay?.kind !== 'form' || overlay.isSending) return;
  const request = formRequest(overlay, uiStore.get().drafts);
  if (request.kind === 'problem') {
    uiStore.dispatch({ type: 'formProblem', problem: request.problem });
    return;
  }
  uiStore.dispatch({ type: 'formSending' });
  if (request.kind === 'addTask') {
    const answer = await store
      .addTask(request.content)
      .catch(error => ({ refused: messageOf(error) }));
    if ('refused' in answer) uiStore.dispatch({ type: 'formProblem', problem: answer.refused });
    else {
      uiStore.dispatch({ type: 'formDone', text: `${answer.task} is added` });
      uiStore.dispatch({ type: 'chooseTask', task: answer.task });
    }
    return;
  }
  const refused = await store.command(request.command).catch(messageOf);
  if (refused === null) uiStore.dispatch({ type: 'formDone', text: request.done });
  else uiStore.dispatch({ type: 'formProblem', problem: refused });
}

/**
 * Gives the terminal to something else. The page is drawn again as soon as Ink is back on its screen:
 * earlier it would be left behind on the person's own.
 */
async function elsewhere(page: Page, act: (page: Page) => Promise<void>): Promise<void> {
  const { compositor, keyboard, modes, store, uiStore, writeModes } = page;
  compositor.hold(true);
  keyboard.hold(true);
  writeModes(modes.leave);
  try {
    await act(page);
  } finally {
    keyboard.hold(false);
    writeModes(modes.enter);
    uiStore.dispatch({ type: 'terminalFocus', hasFocus: true, at: store.now() });
  }
}
