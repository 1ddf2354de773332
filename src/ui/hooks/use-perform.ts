import { useApp } from 'ink';
import { useCallback } from 'react';
import type { TaskId } from '../../core/ids.ts';
import type { Command } from '../../core/input.ts';
import { formRequest } from '../actions/form-request.ts';
import { enterFocusReports, leaveFocusReports } from '../io/modes.ts';
import type { Intent } from '../model/model.ts';
import { type Page, usePage } from './page-context.ts';

/** Carries out what actions ask for. Everything that leaves the page goes through here. */
export function usePerform(): (intents: readonly Intent[]) => void {
  const page = usePage();
  const { suspendTerminal } = useApp();
  return useCallback(
    intents => {
      for (const intent of intents) {
        if (intent.kind === 'suspend') void suspendTerminal(() => suspend(page));
        else perform(page, intent);
      }
    },
    [page, suspendTerminal],
  );
}

function perform(page: Page, intent: Exclude<Intent, { kind: 'suspend' }>): void {
  switch (intent.kind) {
    case 'ui':
      page.uiStore.dispatch(intent.change);
      return;
    case 'command':
      void command(page, intent.command, intent.done);
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
    case 'quit':
      page.quit();
  }
}

async function command({ store, uiStore }: Page, wish: Command, done: string): Promise<void> {
  const refused = await store.command(wish).catch(reasonOf);
  const notice =
    refused === null
      ? ({ text: done, tone: 'good' } as const)
      : ({ text: refused, tone: 'warn' } as const);
  uiStore.dispatch({ type: 'notice', ...notice });
}

async function loadDiff({ store, uiStore }: Page, task: TaskId): Promise<void> {
  uiStore.dispatch({ type: 'diff', task, text: null });
  const text = await store
    .diffOf(task)
    .catch(error => `The diff could not be read: ${reasonOf(error)}`);
  // The person may have asked for another one meanwhile.
  if (uiStore.get().diff?.task === task) uiStore.dispatch({ type: 'diff', task, text });
}

async function submit({ store, uiStore }: Page): Promise<void> {
  const { overlay } = uiStore.get();
  if (overlay?.kind !== 'form' || overlay.isSending) return;
  const request = formRequest(overlay.purpose, overlay.fields);
  if (request.kind === 'problem') {
    uiStore.dispatch({ type: 'formProblem', problem: request.problem });
    return;
  }
  uiStore.dispatch({ type: 'formSending' });
  if (request.kind === 'addTask') {
    const answer = await store
      .addTask(request.content)
      .catch(error => ({ refused: reasonOf(error) }));
    if ('refused' in answer) uiStore.dispatch({ type: 'formProblem', problem: answer.refused });
    else {
      uiStore.dispatch({ type: 'formDone', text: `${answer.task} is added` });
      uiStore.dispatch({ type: 'chooseTask', task: answer.task });
    }
    return;
  }
  const refused = await store.command(request.command).catch(reasonOf);
  if (refused === null) uiStore.dispatch({ type: 'formDone', text: request.done });
  else uiStore.dispatch({ type: 'formProblem', problem: refused });
}

const reasonOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

async function suspend({
  compositor,
  store,
  uiStore,
  stopProcess,
  writeModes,
}: Page): Promise<void> {
  compositor.hold(true);
  writeModes(leaveFocusReports);
  try {
    await stopProcess();
  } finally {
    writeModes(enterFocusReports);
    compositor.hold(false);
    uiStore.dispatch({ type: 'terminalFocus', hasFocus: true, at: store.now() });
  }
}
