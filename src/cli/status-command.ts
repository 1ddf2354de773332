import { instanceHolder } from '../adapters/journal/instance-lock.ts';
import { tasksIn, whyWaiting } from '../core/board.ts';
import { scoresOf } from '../core/plan/plan-record.ts';
import { defaultPolicy } from '../core/policy.ts';
import type { State } from '../core/state.ts';
import { columns } from '../core/task.ts';
import { outputSinceOutcome } from '../core/usage/outcome.ts';
import { isTeamPartial } from '../core/usage/partial.ts';
import { cleanText } from '../lib/clean-text.ts';
import { jsonText } from '../lib/json-text.ts';
import { fitText } from '../lib/text-width.ts';
import { fullTime, plural } from '../ui/present/age.ts';
import { needsYou } from '../ui/present/needs.ts';
import { usageWords } from '../ui/present/usage/usage-words.ts';
import type { Io } from './io.ts';
import { readState } from './journal-problem.ts';
import { openState } from './open-state.ts';
import { type OutsideNeed, readOutsideNeeds } from './outside-needs/outside-needs.ts';
import { parseCommand } from './parse-arguments.ts';

/** `belfry status [--json]`: reads the journal beside whoever writes it; needs no terminal. */
export async function runStatusCommand(args: readonly string[], io: Io): Promise<number> {
  const { flags } = parseCommand(args, { flags: { json: 'boolean' }, positionals: [0, 0] });
  const { state: folder, root } = await openState(io.cwd, io);
  const state = await readState(folder.journal);
  const pid = instanceHolder(folder.lock)?.pid ?? null;
  const outside = pid === null ? null : readOutsideNeeds(folder.outsideNeeds, pid);
  const asked = { state, pid, outside };
  io.stdout(flags.json ? jsonText(statusOf(root, asked)) : textOf(cleanText(root), asked));
  return 0;
}

type Asked = {
  readonly state: State;
  /** Of the Belfry that has the team; null while nobody has it. */
  readonly pid: number | null;
  /** What only that one sees: disks, programs, a changed team.yaml. Null where it did not tell. */
  readonly outside: readonly OutsideNeed[] | null;
};

function needsOf({ state, outside }: Asked) {
  const told = needsYou(state, defaultPolicy).map(
    ({ kind, subject, text, task, agent, since }) => ({
      ...{ kind, subject, text, task, agent, since },
    }),
  );
  return [...told, ...(outside ?? []).map(one => ({ ...one, task: null, agent: null }))];
}

const percent = (part: number) => `${Math.round(part * 100)} %`;

function statusOf(repository: string, asked: Asked) {
  const { state, pid, outside } = asked;
  return {
    repository,
    at: state.at === 0 ? null : new Date(state.at).toISOString(),
    pid,
    endedCleanly: state.endedCleanly,
    needs: needsOf(asked),
    /** Whether disks, programs and team.yaml are among them. */
    isOutsideTold: outside !== null,
    trunk: state.trunk,
    counters: state.counters,
    used: state.account.used,
    foresight: { ...state.plan.foresight, ...scoresOf(state.plan.foresight) },
    agents: Object.values(state.agents).map(agent => ({
      ...agent,
      sinceOutcome: outputSinceOutcome(agent),
    })),
    tasks: Object.values(state.tasks).map(({ body: _body, ...task }) => task),
    brokenFiles: state.brokenFiles,
  };
}

function standingOf(asked: Asked): readonly string[] {
  const { state, pid, outside } = asked;
  const needs = needsOf(asked);
  const gate = { green: 'green', red: 'red', unknown: 'not checked' }[state.trunk.gate];
  const agents = Object.values(state.agents);
  const working = agents.filter(one => one.status === 'working' && !one.paused && !one.stopped);
  const team = state.teamPaused ? 'is paused' : `has ${working.length} of ${agents.length} working`;
  return [
    pid === null
      ? 'no Belfry runs: “belfry” goes on from here'
      : `the Belfry in process ${pid} has the team, which ${team}`,
    `${cleanText(state.trunk.name)} is ${gate}`,
    '',
    `needs you (${needs.length})`,
    ...needs.map(({ subject, text }) => `  ${subject}: ${text}`),
    ...(outside === null ? [notKnown(pid)] : []),
  ];
}

const notKnown = (pid: number | null): string =>
  pid === null
    ? '  disks, programs and team.yaml are looked at only while Belfry runs'
    : '  not known: disks, programs and team.yaml; the page of that Belfry tells';

function textOf(repository: string, asked: Asked): string {
  const { state } = asked;
  if (state.at === 0) return `${repository}: no team has run here yet. “belfry” starts one.\n`;
  const lines = [`${repository}, as of ${fullTime(state.at)}`, ...standingOf(asked)];
  for (const column of columns) {
    const tasks = tasksIn(state, column);
    lines.push('', `${column} (${tasks.length})`);
    for (const task of tasks) {
      const who = task.assignee ?? '';
      lines.push(
        `  ${fitText(task.id, 6)} ${fitText(cleanText(task.title), 50)} ${who}  ${cleanText(whyWaiting(state, task))}`,
      );
    }
  }
  const { landed, gateCatches, conflicts, escalations } = state.counters;
  lines.push(
    '',
    `${landed} landed, ${plural(gateCatches, 'gate catch', 'gate catches')}, ${plural(conflicts, 'conflict')}, ${plural(escalations, 'escalation')}`,
  );
  lines.push(`used: ${usageWords(state.account.used, isTeamPartial(state))}`);
  const { precision, recall } = scoresOf(state.plan.foresight);
  if (precision !== null && recall !== null)
    lines.push(
      `of the files that the architect declared ${percent(precision)} changed, ` +
        `of those that changed it had declared ${percent(recall)}`,
    );
  return `${lines.join('\n')}\n`;
}
