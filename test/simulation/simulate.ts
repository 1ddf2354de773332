import { ok } from 'node:assert/strict';
import { deadDependencies } from '../../src/core/board.ts';
import type { Event } from '../../src/core/event.ts';
import type { Counters } from '../../src/core/state.ts';
import type { Task } from '../../src/core/task.ts';
import { quiet, type Setting, Simulation } from './simulation.ts';

/** Things that happen with faults; the fault-free phase after them must settle within its own bound. */
const occasions = 250;
const quietTurnsMax = 6_000;
/** Some hundred turns for each task of a week. */
const settingTurnsMax = 40_000;

export type Outcome = {
  readonly turns: number;
  readonly journal: readonly Event[];
  readonly counters: Counters;
};

/** Runs one seed to its end. Throws with the seed and the last turns when anything is wrong. */
export function simulate(seed: number): Outcome {
  const simulation = new Simulation(seed);
  return named(seed, simulation, () => {
    simulation.begin();
    for (let occasion = 0; occasion < occasions; occasion += 1) {
      if (!simulation.advance() && !simulation.addWork()) break;
      simulation.meddle();
    }
    simulation.faults = quiet;
    makePeace(simulation);
    settle(simulation, isSettled);
    retryAll(simulation);
    settle(simulation, task => task.column === 'done');
    checkTrunk(simulation);
    simulation.checkJournal();
  });
}

const outcomeOf = ({ turns, journal, state }: Simulation): Outcome => ({
  ...{ turns, journal, counters: state.counters },
});

/** The same with faults at given rates to the very end; whatever is passed to the person is tried again. */
export function simulateSetting(seed: number, setting: Setting): Outcome {
  const simulation = new Simulation(seed, setting);
  return named(seed, simulation, () => {
    simulation.begin();
    const isDone = () =>
      Object.values(simulation.state.tasks).every(task => task.column === 'done');
    const end = settingTurnsMax;
    while (!isDone()) {
      ok(simulation.turns < end, `still at work after ${end} turns`);
      if (!attend(simulation)) retryAll(simulation);
      simulation.meddle();
    }
    checkTrunk(simulation);
    simulation.checkJournal();
  });
}

function named(seed: number, simulation: Simulation, run: () => void): Outcome {
  try {
    run();
  } catch (error) {
    const why = error instanceof Error ? (error.stack ?? error.message) : String(error);
    throw new Error(`seed ${seed}: ${why}\nthe last turns:\n${simulation.lines.join('\n')}`);
  }
  return outcomeOf(simulation);
}

/** The person comes back, mends what is theirs and ends every pause. */
function makePeace(simulation: Simulation): void {
  const { board, git, state } = simulation;
  simulation.command({ type: 'team.resume' });
  for (const { id } of Object.values(state.tasks))
    simulation.command({ type: 'task.resume', task: id });
  for (const agent of Object.values(state.agents).map(one => one.id))
    simulation.command({ type: 'agent.resume', agent });
  if (!Object.values(state.agents).some(agent => agent.role === 'manager')) simulation.restart();
  git.moveTrunk(false);
  board.mend();
  simulation.observe(board.read());
}

/** What a person does who answers whatever asks for them, but of escalations only decides those about what was dropped. */
function attend(simulation: Simulation): boolean {
  const { agents, tasks } = simulation.state;
  for (const { id: agent, question, stopped } of Object.values(agents)) {
    if (stopped) simulation.command({ type: 'agent.start', agent });
    if (question !== null)
      simulation.command({ type: 'agent.answer', agent, question: question.id, answer: 'yes' });
  }
  for (const one of Object.values(tasks)) {
    const { id: task, gateStep, account, escalation } = one;
    if (escalation?.to === 'person' && deadDependencies(simulation.state, one).length > 0)
      simulation.command({ type: 'task.retry', task });
    if (gateStep === 'review') simulation.command({ type: 'task.approve', task });
    if (account.overspent !== null)
      simulation.command({ type: 'budget.answer', task, answer: 'raise' });
  }
  if (simulation.state.account.overspent !== null)
    simulation.command({ type: 'budget.answer', task: null, answer: 'raise' });
  if (simulation.state.trunk.gate === 'red') simulation.command({ type: 'trunk.recheck' });
  return simulation.advance();
}

function settle(simulation: Simulation, isOver: (task: Task) => boolean): void {
  const end = simulation.turns + quietTurnsMax;
  const open = () => Object.values(simulation.state.tasks).filter(task => !isOver(task));
  while (open().length > 0) {
    const isGoingOn = attend(simulation) && simulation.turns < end;
    ok(isGoingOn, `never settles: ${open().map(described).join('; ')}`);
  }
}

const described = (task: Task) =>
  `${task.id} ${task.column} ${task.gateStep ?? ''} of ${task.assignee} (${task.why})`;

/** Done, dropped, or in the person's hands. */
const isSettled = (task: Task): boolean =>
  task.column === 'done' ||
  task.escalation?.to === 'person' ||
  (task.column === 'backlog' && !task.planned) ||
  isBehindAnother(task);

/** Only a task that the person has shelved or must decide on may keep another from being begun. */
const isBehindAnother = (task: Task): boolean =>
  (task.column === 'backlog' || task.column === 'ready') && task.dependsOn.length > 0;

function retryAll(simulation: Simulation): void {
  for (const { id: task, column } of Object.values(simulation.state.tasks)) {
    if (column === 'done') continue;
    simulation.command({ type: 'task.retry', task });
    simulation.command({ type: 'task.move', task, column: 'ready' });
  }
}

function checkTrunk({ git, state }: Simulation): void {
  for (const task of Object.values(state.tasks)) {
    const count = git.trunk.filter(one => one.task === task.id).length;
    const expected = task.landedAs === null ? 0 : 1;
    ok(count === expected, `${task.id} is on the trunk ${count} times (${task.why})`);
  }
}
