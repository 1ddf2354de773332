import type { Agent } from '../../core/agent.ts';
import type { State } from '../../core/state.ts';
import type { Task } from '../../core/task.ts';
import type { TeamFileChange } from '../../ports/team-file.ts';
import type { TeamStore } from '../../ports/team-store.ts';
import type { Panel } from '../layout/arrange.ts';
import type { Ui } from '../model/model.ts';
import { chosenAgent } from '../present/agents.ts';
import type { Need } from '../present/facts/need.ts';
import { chosenNeed, needsYou } from '../present/needs.ts';
import { type BoardOrder, boardOrder, chosenTask } from '../present/tasks.ts';
import { rowsOfPlan } from '../present/views/plan-view.ts';
import { rowsOfThreads, type ThreadRow } from '../present/views/threads-view.ts';
import type { NeedsRoom, Situation } from './action.ts';

export type Geometry = {
  readonly scrollMax: number;
  readonly pageRows: number;
  readonly columns: number;
  readonly needsRoom: NeedsRoom;
};

export function situationOf(
  store: TeamStore,
  ui: Ui,
  geometry: Geometry,
  teamFile: TeamFileChange | null = null,
): Omit<Situation, 'isMarkFresh' | 'keymap' | 'leaveKey'> {
  const state = store.getState();
  const needs = needsYou(state, store.policy, { teamFile, concerns: store.concerns() });
  const order = boardOrder(state, ui.filter.board);
  const shownAgent = chosenAgent(state.agents, ui.agent);
  const focus = focusOf(ui, needs);
  const events = store.recentEvents();
  const writtenTo = { state, events, width: geometry.columns, time: store.now() };
  const target =
    focus === 'detail' && ui.view === 'threads'
      ? ofAgent(
          state,
          partnerAt(state, rowsOfThreads({ ...writtenTo, filter: ui.filter.text }), ui.scroll),
        )
      : targetOf(state, { ...ui, focus }, needs, order, shownAgent, geometry.columns);
  return {
    state,
    ui: { ...ui, focus },
    needs,
    order,
    ...target,
    markedNeed: chosenNeed(needs, ui.need),
    shownAgent,
    readOnly: store.readOnly,
    teamFile,
    time: store.now(),
    events,
    hasTerminal: shownAgent !== null && store.terminalOf(shownAgent.id) !== null,
    ...geometry,
  };
}

/** An empty needs-you list cannot hold the focus. */
const focusOf = (ui: Ui, needs: readonly Need[]): Panel =>
  ui.focus === 'needs' && needs.length === 0 ? 'team' : ui.focus;

/** Whoever the selected row of the messages was written by or to. */
const partnerAt = (state: State, rows: readonly ThreadRow[], at: number): Agent | null => {
  const row = rows[Math.min(at, rows.length - 1)];
  return row ? (state.agents[row.agent] ?? null) : null;
};

type Target = { agent: Agent | null; task: Task | null; need: Need | null };

const ofAgent = (state: State, agent: Agent | null): Target => ({
  agent,
  task: agent?.task ? (state.tasks[agent.task] ?? null) : null,
  need: null,
});

function targetOf(
  state: State,
  ui: Ui,
  needs: readonly Need[],
  order: BoardOrder,
  shownAgent: Agent | null,
  columns: number,
): Target {
  const ofTask = (task: Task | null): Target => ({
    agent: task?.assignee ? (state.agents[task.assignee] ?? null) : null,
    task,
    need: null,
  });
  if (ui.focus === 'needs') {
    const need = chosenNeed(needs, ui.need);
    const agent = need?.agent ? (state.agents[need.agent] ?? null) : null;
    return { agent, task: need?.task ? (state.tasks[need.task] ?? null) : null, need };
  }
  if (ui.focus === 'board') return ofTask(chosenTask(order, state.tasks, ui.task));
  if (ui.focus === 'team' || ui.view === 'terminal' || ui.view === 'events')
    return ofAgent(state, shownAgent);
  if (ui.view === 'plan') {
    const rows = rowsOfPlan({ state, excluded: ui.excluded, width: columns });
    const at = rows[Math.min(ui.scroll, rows.length - 1)]?.task ?? null;
    return ofTask(at === null ? null : (state.tasks[at] ?? null));
  }
  if (ui.view === 'diff' && ui.diff) return ofTask(state.tasks[ui.diff.task] ?? null);
  return ofTask(chosenTask(order, state.tasks, ui.task));
}
