import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { AgentStatus } from '../../core/agent.ts';
import type {
  AgentCli,
  LaunchPlan,
  LaunchRequest,
  Signal,
  StatusReading,
  StatusSigns,
} from '../../ports/agent-cli.ts';

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
  }),
]);

/** A signal this young may be ahead of the screen, which comes another way. */
const signalLeadMs = 2_000;
/** A screen that changed this lately may be ahead of the signal. */
const screenLeadMs = 600;
const titlePattern = /^(.) scripted /u;
const spinner = /^[\u2800-\u28ff]$/;
const questionLine = 'Allow this command?';

/** The agent CLI that plays scenarios: part of Belfry, without model or network. */
export function createScriptedCli(options: ScriptedCliOptions): AgentCli {
  return {
    name: 'scripted',
    isScripted: true,
    launch: request => launch(options, request),
    parseSignal,
    readStatus,
    submitDelayMs: 60,
    interruptKeys: '\x1b',
    answerKeys: answer => (answer === 'yes' ? '1' : '2'),
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
  return { file, args, env: request.env, signalFile };
}

function parseSignal(line: string): Signal {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return { kind: 'noise' };
  }
  const parsed = signalSchema.safeParse(value);
  return parsed.success ? parsed.data : { kind: 'noise' };
}

/** What the newest signal and the title say must agree, except for the moment in which one is ahead. */
function readStatus(signs: StatusSigns): StatusReading {
  const shown = shownStatus(signs);
  const told = toldReading(signs);
  if (told === null) {
    if (shown !== null) return unknown(`its title says ${shown}, its own record says nothing yet`);
    const isBlank = signs.lines.every(line => line.trim() === '');
    return isBlank
      ? { status: 'starting', reason: 'it has shown nothing yet', question: null }
      : unknown('it shows text, but neither its title nor its own record tells its state');
  }
  if (shown === told.status) return told;
  const isSignalAhead = (signs.signal?.ageMs ?? 0) < signalLeadMs;
  const isScreenAhead = signs.quietMs < screenLeadMs && told.status === 'working';
  if (isSignalAhead || isScreenAhead) return told;
  const screen = shown === null ? 'its screen does not tell' : `its screen says ${shown}`;
  return unknown(`its own record says ${told.status}, ${screen}`);
}

const unknown = (reason: string): StatusReading => ({ status: 'unknown', reason, question: null });

function toldReading({ signal }: StatusSigns): StatusReading | null {
  if (signal?.signal.kind === 'question') {
    const { id, about, text } = signal.signal;
    const reason = `its own record says it asks: ${text}`;
    return { status: about, reason, question: { id, kind: about, text } };
  }
  if (signal?.signal.kind !== 'status') return null;
  const { status, reason } = signal.signal;
  return { status, reason: `its own record says ${status}: ${reason}`, question: null };
}

function shownStatus({ title, lines }: StatusSigns): AgentStatus | null {
  const [, glyph = ''] = titlePattern.exec(title) ?? [];
  if (spinner.test(glyph)) return 'working';
  if (glyph === '✳') return 'idle';
  if (glyph === '✖') return 'exhausted';
  if (glyph !== '✋') return null;
  return lines.some(line => line.trim() === questionLine) ? 'permission' : null;
}
