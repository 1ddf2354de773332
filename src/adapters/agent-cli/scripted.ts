import { rmSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import type { AgentStatus } from '../../core/agent.ts';
import type {
  AgentCli,
  LaunchPlan,
  LaunchRequest,
  Signal,
  StatusReading,
  StatusSigns,
} from '../../ports/agent-cli.ts';
import { isBlank } from './screen-lines.ts';
import { signal, surely } from './signs.ts';

export type ScriptedCliOptions = {
  /** What starts Belfry itself; the scripted agent is one of its commands. */
  readonly command: readonly [string, ...string[]];
  /** The scenario file. */
  readonly scenario: string;
  /** Every duration of the scenario is divided by it. */
  readonly speed: number;
};

const statuses = [
  ...(['starting', 'idle', 'working', 'permission', 'question'] as const),
  ...(['exhausted', 'exited', 'unknown'] as const),
] satisfies readonly AgentStatus[];
const signalSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('status'), status: z.enum(statuses), reason: z.string().max(1_000) }),
  z.object({
    kind: z.literal('question'),
    id: z.string().max(200),
    about: z.enum(['permission', 'question']),
    text: z.string().max(10_000),
  }),
  z.object({ kind: z.literal('promptReceived') }),
  z.object({
    kind: z.literal('usage'),
    contextUsed: z.number().min(0).max(1).nullable(),
    costUsd: z.number().min(0).nullable(),
    tokens: z.number().min(0).nullable().default(null),
  }),
]);

/** A signal this young may be ahead of the screen, which comes another way. */
const signalLeadMs = 2_000;
/** A screen that changed this lately may be ahead of the signal. */
const screenLeadMs = 600;
const recordName = 'its own record';
const titlePattern = /^(.) scripted /u;
const spinner = /^[\u2800-\u28ff]$/;
const questionLine = 'Allow this command?';

/** The agent CLI that plays scenarios: part of Belfry, without model or network. */
export function createScriptedCli(options: ScriptedCliOptions): AgentCli {
  return {
    name: 'scripted',
    isScripted: true,
    abilities: {
      ...{ program: options.command[0], versions: 'every', signals: [recordName, 'its title'] },
      ...{
        resumes: 'session',
        holdsForMs: null,
        asks: 'command',
        isAnswered: true,
        notes: [],
        usage: ['context', 'tokens', 'cost'],
        loginFiles: [],
        loginVariables: [],
      },
    },
    environment: [],
    sessionsFolder: () => null,
    takesInstructions: true,
    launch: request => launch(options, request),
    readStatus,
    submitDelayMs: 60,
    interruptKeys: '\x1b',
    exitKeys: '\x04',
    answerKeys: (answer, lines) =>
      asksOn(lines) ? { keys: answer === 'yes' ? '1' : '2', isLast: true } : null,
  };
}

function launch(
  { command, scenario, speed }: ScriptedCliOptions,
  request: LaunchRequest,
): LaunchPlan {
  const [file, ...own] = command;
  const { role, agent, session, home } = request;
  const signalFile = join(home, `signals-${session}.jsonl`);
  // What an earlier run of the session said is over; read again it would pass for the state of this one.
  rmSync(signalFile, { force: true });
  const args = [
    ...[...own, 'scripted-agent', '--scenario', scenario],
    ...['--role', role, '--agent', agent, '--session', session, '--home', home],
    ...(request.resume ? ['--resume'] : []),
    ...['--speed', String(speed)],
    ...request.args,
  ];
  const source = {
    name: recordName,
    path: signalFile,
    reading: 'lines',
    parse: parseSignal,
  } as const;
  return { file, args, env: request.env, continues: request.resume, sources: () => [source] };
}

function parseSignal(line: string): readonly Signal[] {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return [];
  }
  const { success, data } = signalSchema.safeParse(value);
  if (!success) return [];
  if (data.kind === 'status')
    return [signal(surely(data.status, `${data.status}: ${data.reason}`))];
  if (data.kind === 'usage') {
    const { tokens: count } = data;
    const tokens = count === null ? null : { input: count, cached: 0, output: 0 };
    return [{ ...data, tokens }];
  }
  if (data.kind !== 'question') return [data];
  const { id, about: kind, text } = data;
  return [signal(surely(kind, `it asks: ${text}`, { question: { id, kind, text } }))];
}

/** What the newest signal and the title say must agree, except for the moment in which one is ahead. */
function readStatus(signs: StatusSigns): StatusReading {
  const shown = shownStatus(signs);
  const [told] = signs.told;
  const evidence = [
    ...(told === undefined ? [] : [{ source: told.source, says: told.sign.says }]),
    ...(shown === null ? [] : [{ source: 'its title', says: shown }]),
  ];
  const answer = (status: AgentStatus, reason: string): StatusReading => ({
    ...{ status, reason, question: null, evidence },
  });
  const unknown = (reason: string) => answer('unknown', reason);
  if (told?.sign.status == null) {
    if (shown !== null) return unknown(`its title says ${shown}, ${recordName} says nothing yet`);
    return isBlank(signs.lines)
      ? answer('starting', 'it has shown nothing yet')
      : unknown(`it shows text, but neither its title nor ${recordName} tells its state`);
  }
  const { status, question, says } = told.sign;
  const reading = { ...answer(status, `${recordName} says ${says}`), question };
  if (shown === status) return reading;
  const isSignalAhead = told.ageMs < signalLeadMs;
  const isScreenAhead = signs.quietMs < screenLeadMs && status === 'working';
  if (isSignalAhead || isScreenAhead) return reading;
  const screen = shown === null ? 'its screen does not tell' : `its screen says ${shown}`;
  return unknown(`${recordName} says ${status}, ${screen}`);
}

const asksOn = (lines: readonly string[]): boolean =>
  lines.some(line => line.trim() === questionLine);

function shownStatus({ title, lines }: StatusSigns): AgentStatus | null {
  const [, glyph = ''] = titlePattern.exec(title) ?? [];
  if (spinner.test(glyph)) return 'working';
  if (glyph === '✳') return 'idle';
  if (glyph === '✖') return 'exhausted';
  if (glyph !== '✋') return null;
  return asksOn(lines) ? 'permission' : null;
}
