import type { Agent } from '../../../core/agent.ts';
import type { GateRecord } from '../../../core/record/attempt-record.ts';
import type { State } from '../../../core/state.ts';
import type { Attempt } from '../../../core/task.ts';
import { cleanText } from '../../../lib/clean-text.ts';
import type { WrittenReceipt } from '../../../ports/records/receipts.ts';
import { age, pastTime } from '../age.ts';
import { emptyLine, type Line, type Span, span } from '../line.ts';
import { headed, textLines } from '../wrap.ts';
import { labelColumns, labelled } from './labelled.ts';

type Facts = {
  readonly now: number;
  readonly state: Pick<State, 'agents'>;
  /** The newest about the task, oldest first. */
  readonly receipts: readonly WrittenReceipt[];
};

/** One attempt: how it ended, and its record: who made it, what was tested, how each run of the gate ended. */
export function attemptLines(
  attempt: Attempt,
  { now, state, receipts }: Facts,
  width: number,
): Line[] {
  const end = attemptEnd(attempt);
  const spentAt = attempt.endedAt ?? now;
  const sessions = attempt.sessions > 1 ? `, ${attempt.sessions} sessions` : '';
  return [
    emptyLine,
    ...headed(
      [
        span(`Attempt ${attempt.number}`, 'strong'),
        span(` by ${attempt.agent}, ${age(attempt.startedAt, spentAt)}${sessions}: `, 'quiet'),
      ],
      end.headline,
      { width, indent: 2 },
    ),
    ...(attempt.summary ? textLines(`“${attempt.summary}”`, width, 'quiet', 2) : []),
    ...excerptLines(end.excerpt, width),
    ...recordLines(attempt, state.agents[attempt.agent], { now, width }),
    ...labelled('  Receipt', receiptText(attempt, receipts), width),
  ];
}

/** As far as a hash is read out and looked up. */
const hashColumns = 12;
const kindWords = {
  attempt: 'of its end',
  gate: 'of the gate',
  landing: 'of the landing',
} as const;

/** The newest of them; `belfry verify` has the rest. Null where none is known. */
function receiptText({ number }: Attempt, receipts: readonly WrittenReceipt[]): string | null {
  const all = receipts.filter(one => one.attempt === number);
  const last = all.at(-1);
  if (last === undefined) return null;
  const more = all.length === 1 ? '' : ` · ${all.length} in all`;
  return `${last.hash.slice(0, hashColumns)} ${kindWords[last.kind]}${more}`;
}

/** An excerpt begins with the verdict and the first failure; the rest would push the other attempts out of sight. */
const excerptRowsMax = 12;

function excerptLines(excerpt: string, width: number): Line[] {
  if (excerpt === '') return [];
  const rows = textLines(excerpt, width, 'plain', 2);
  const hidden = rows.length - excerptRowsMax;
  if (hidden <= 1) return rows;
  const more = `… ${hidden} more rows of it: the gate view has them all`;
  return [...rows.slice(0, excerptRowsMax), [span('  '), span(more, 'quiet')]];
}

const unknown = 'not known';
const short = (oid: string) => oid.slice(0, 7);

/** What is not known says so: a guess would be worth nothing here. */
function recordLines(
  attempt: Attempt,
  agent: Agent | undefined,
  { now, width }: { readonly now: number; readonly width: number },
): Line[] {
  const { record, end } = attempt;
  if (record === undefined && end !== null) return labelled('  Record', unknown, width);
  const present = end === null && agent !== undefined ? agent : null;
  const maker = record?.maker ?? present;
  return [
    ...labelled('  Who', whoText(attempt, maker), width),
    ...labelled('  What', whatText(attempt), width),
    ...labelled('  Gate', gateText(record?.gates ?? []), width),
    ...(record?.gates ?? []).map(gate => runLine(gate, now)),
    ...landedLines(attempt, now),
  ];
}

function whoText({ agent }: Attempt, maker: Partial<Agent> | null): string {
  const { cli = unknown, session, model } = maker ?? {};
  return `${agent} with ${cli} · session ${session ?? unknown} · model ${model ?? unknown}`;
}

function whatText({ record, end }: Attempt): string {
  const { head = null, candidate = null } = record ?? {};
  const commit = candidate?.head ?? head;
  if (commit === null) return end === null ? 'nothing is submitted yet' : 'nothing was submitted';
  if (candidate === null) return `commit ${short(commit)} · no merge result of it was tested`;
  const { base, tree } = candidate;
  const merged = `merge result ${short(candidate.commit)}, tree ${short(tree)}`;
  return `commit ${short(commit)} · on trunk ${short(base)} · ${merged}`;
}

/** All runs of an attempt are given the same commands; the last one that told them tells them. */
const gateText = (gates: readonly GateRecord[]): string | null =>
  gates.length === 0
    ? null
    : (gates.findLast(one => one.command !== null)?.command ?? `command ${unknown}`);

const subjects = {
  candidate: 'the merge result',
  trunk: 'the trunk alone',
  branch: 'the branch alone',
} as const;

function runLine(gate: GateRecord, now: number): Line {
  const { run, subject, startedAt, result, durationMs } = gate;
  const lasted = durationMs === null ? '' : ` after ${secondsText(durationMs)}`;
  return [
    span(' '.repeat(labelColumns)),
    span(`${pastTime(startedAt, now)} run ${run} on ${subjects[subject]}: `, 'quiet'),
    resultSpan(result),
    span(lasted, 'quiet'),
  ];
}

function resultSpan(result: GateRecord['result']): Span {
  switch (result) {
    case 'green':
      return span('✓ green', 'good');
    case 'red':
      return span('× red', 'bad');
    case 'none':
      return span('no verdict', 'warn');
    case null:
      return span('running', 'busy');
  }
}

/** `0.4 s`, `42 s`, `3 min 5 s`. */
function secondsText(ms: number): string {
  const seconds = ms / 1_000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

function landedLines({ end, endedAt }: Attempt, now: number): Line[] {
  if (end?.kind !== 'landed') return [];
  const at = endedAt === null ? '' : ` at ${pastTime(endedAt, now)}`;
  return [[span('  Landed'.padEnd(labelColumns), 'quiet'), span(`${end.commit}${at}`, 'good')]];
}

function attemptEnd({ end }: Attempt): { readonly headline: Span; readonly excerpt: string } {
  switch (end?.kind) {
    case undefined:
      return { headline: span('under way', 'busy'), excerpt: '' };
    case 'landed':
      return { headline: span(`landed as ${end.commit.slice(0, 7)}`, 'good'), excerpt: '' };
    case 'conflicted':
      return {
        headline: span('conflict with the trunk', 'warn'),
        excerpt: [
          ...end.files,
          ...(end.filesOmitted === undefined ? [] : [`and ${end.filesOmitted} more`]),
        ].join('\n'),
      };
    case 'collided': {
      const others = end.others.length === 0 ? 'what landed beside it' : end.others.join(', ');
      return {
        headline: span(`green alone, red with ${others}`, 'warn'),
        excerpt: end.excerpt.trim(),
      };
    }
    case 'sentBack':
      return { headline: span('sent back by you', 'warn'), excerpt: end.text.trim() };
    case 'withdrawn':
      return { headline: span(`withdrawn: ${cleanText(end.why)}`, 'quiet'), excerpt: '' };
    case 'failed':
      return { headline: span(failureWords[end.reason], 'bad'), excerpt: end.excerpt.trim() };
  }
}

const failureWords = {
  gate: 'caught by the gate',
  'nothing-committed': 'nothing committed',
  stalled: 'stalled',
} as const;
