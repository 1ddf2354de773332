import type { AgentId, TaskId } from '../../src/core/ids.ts';
import { contentOf } from '../core/plan/plan-builder.ts';
import { TeamDriver } from './team-driver.ts';

export const minuteMs = 60_000;
const [one, two] = ['eng-1' as AgentId, 'eng-2' as AgentId];

/**
 * Two engineers and six tasks, with one of each thing that the report counts: T-1 is caught once, T-2 meets a
 * conflict and a flaky gate, T-3 fills a context and changes hands, T-4 is green alone and red beside T-1, T-5 is
 * dropped, T-6 lands at once. A permission question waits two minutes, the team is paused for thirty,
 * and the person does something in two minutes of all.
 */
export function smallWeek(): TeamDriver {
  const team = new TeamDriver(2, { land: 'auto' });
  team.addTasks({
    'T-1': contentOf('Keep the order', { estimateMinutes: 60 }),
    'T-2': contentOf('Drop old entries', { estimateMinutes: null }),
  });
  measure(team, one, 0.2, 1_000);
  team.pass(10 * minuteMs);
  measure(team, one, 0.5, 4_000);
  claimRed(team, 'T-1', 'FAIL keeps the order');
  conflict(team, 'T-2');
  team.pass(5 * minuteMs);
  measure(team, one, 0.8, 6_000);
  land(team, 'T-1');
  claimFlaky(team, 'T-2');
  team.land('T-2');

  team.addTasks({ 'T-3': contentOf('Show both', { estimateMinutes: 20 }) });
  const first = team.task('T-3').assignee as AgentId;
  const other = first === one ? two : one;
  team.pass(3 * minuteMs);
  exhaust(team, first);
  team.pass(2 * minuteMs);
  measure(team, first, 0.4, 2_000);
  team.input({ type: 'task.escalate', task: 'T-3' as TaskId, why: 'stuck' });
  reassign(team, 'T-3', other);
  ask(team, other, 2);
  team.input({ type: 'team.pause' });
  team.pass(30 * minuteMs);
  team.input({ type: 'team.resume' });
  team.pass(4 * minuteMs);
  land(team, 'T-3');

  team.addTasks({ 'T-4': contentOf('Print a timesheet', { estimateMinutes: 30 }) });
  team.pass(1 * minuteMs);
  collide(team, 'T-4');
  team.pass(1 * minuteMs);
  land(team, 'T-4');

  team.addTasks({ 'T-6': contentOf('Greet the reader', { estimateMinutes: 10 }) });
  team.pass(2 * minuteMs);
  land(team, 'T-6');

  team.addTasks({ 'T-5': contentOf('Guess the weather') });
  team.pass(6 * minuteMs);
  team.input({ type: 'person.acted' });
  const why = 'nobody wants it';
  team.input({ type: 'task.drop', task: 'T-5' as TaskId, by: 'person', why });
  team.input({ type: 'run.end' });
  return team;
}

function measure(team: TeamDriver, agent: AgentId, costUsd: number, output: number): void {
  const session = team.state.agents[agent]?.session ?? '';
  const tokens = { input: 0, cached: 0, output };
  team.input({ type: 'agent.measured', agent, session, contextUsed: null, costUsd, tokens });
}

function claimRed(team: TeamDriver, task: string, red: string): void {
  team.claim(task);
  team.build(task);
  team.gateRed(red);
}

function land(team: TeamDriver, task: string): void {
  team.claim(task);
  team.build(task);
  team.gate('passed');
  team.land(task);
}

function claimFlaky(team: TeamDriver, task: string): void {
  team.claim(task);
  team.build(task);
  team.gate({ red: 'FAIL now and then' });
  team.gate('passed');
}

function collide(team: TeamDriver, task: string): void {
  team.claim(task);
  team.build(task, { beside: [{ task: 'T-1' as TaskId, files: ['src/a.ts'] }] });
  team.gate({ red: 'FAIL in src/a.ts' });
  team.gate({ red: 'FAIL in src/a.ts' });
  team.gate('passed');
}

function conflict(team: TeamDriver, id: string): void {
  team.claim(id);
  const { attempt, id: task } = team.task(id);
  team.input({ type: 'candidate.conflicted', task, attempt, files: ['src/a.ts'] });
}

function exhaust(team: TeamDriver, agent: AgentId): void {
  const session = team.state.agents[agent]?.session ?? '';
  const status = 'exhausted';
  team.input({ type: 'agent.looked', agent, session, status, reason: 'full', question: null });
}

function reassign(team: TeamDriver, id: string, to: AgentId): void {
  const by = 'manager' as AgentId;
  team.input({ type: 'task.reassign', task: id as TaskId, by, to, text: 'try afresh' });
}

/** Asks for permission, and the person answers so many minutes later. */
function ask(team: TeamDriver, agent: AgentId, minutes: number): void {
  const session = team.state.agents[agent]?.session ?? '';
  const question = { id: 'q1', kind: 'permission', text: 'rm -r docs/old' } as const;
  const looked = { type: 'agent.looked', agent, session, reason: 'test' } as const;
  team.input({ ...looked, status: 'permission', question });
  team.pass(minutes * minuteMs);
  team.input({ type: 'person.acted' });
  team.input({ type: 'agent.answer', agent, question: 'q1', answer: 'yes' });
  team.input({ type: 'person.acted' });
  team.input({ ...looked, status: 'working', question: null });
}
