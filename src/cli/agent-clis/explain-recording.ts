import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { noPrices } from '../../adapters/agent-cli/prices.ts';
import {
  type ReplayedReading,
  readHookRecord,
  replay,
} from '../../adapters/agent-cli/recording/replay.ts';
import {
  agentCliNames,
  createAgentCli,
  recordedHookParser,
} from '../../adapters/agent-cli/registry.ts';
import { type Recording, RecordingError, readCast } from '../../adapters/recording/read-cast.ts';
import { readBoundedBytes } from '../../adapters/system/read-bounded-file.ts';
import { cleanText } from '../../lib/clean-text.ts';
import { messageOf } from '../../lib/thrown.ts';
import { doubtMs } from '../../supervisor/agent-watch.ts';
import type { Io } from '../io.ts';
import { UserError } from '../user-error.ts';
import { loadAgentManifests } from './load-agent-manifests.ts';

/** Between two looks at a recording; a live terminal is looked at as often while it changes. */
const everyMs = 200;

/**
 * What would be told of a recorded terminal: a line for each change and each mark. A file of the same name that
 * ends in `.hooks.jsonl` holds what hooks told meanwhile.
 */
export function explainRecording(path: string, wanted: string | null, io: Io): string {
  const recording = readRecording(path);
  const manifests = loadAgentManifests(existsSync(`${io.cwd}/.belfry`) ? io.cwd : null);
  const names = agentCliNames(manifests);
  const guessed = basename(recording.command.split(' ')[0] ?? '');
  const name = wanted ?? names.find(one => one === guessed) ?? null;
  if (name === null || !names.includes(name))
    throw new UserError(
      `${wanted ?? 'the recorded program'} is no agent CLI that Belfry knows. Name one with --cli: ${names.join(', ')}.`,
    );
  const cli = createAgentCli(name, {
    ...{ manifests, prices: noPrices, scripted: { command: ['belfry'], scenario: '', speed: 1 } },
  });
  const hookFile = path.replace(/\.cast$/, '.hooks.jsonl');
  const parseHook = recordedHookParser(name);
  const hasHooks = parseHook !== null && hookFile !== path && existsSync(hookFile);
  const hooks = hasHooks ? readHookRecord(readRecorded(hookFile), recording.startedAt ?? 0) : [];
  const readings = replay(cli, recording, { hooks, everyMs, ...(parseHook && { parseHook }) });
  const told = changes(doubted(readings)).map(lineOf);
  const sources = hasHooks ? 'hooks, title and screen' : 'title and screen';
  return `${basename(path)} as ${name}, told by ${sources}\n${told.join('\n')}\n`;
}

function readRecording(path: string): Recording {
  try {
    return readCast(readRecorded(path));
  } catch (error) {
    if (error instanceof RecordingError) throw new UserError(`${path}: ${error.message}.`);
    throw error;
  }
}

/** Hours of a busy terminal; what it becomes in memory is some times as much. */
const recordedBytesMax = 100_000_000;

/** Its end may be torn in the middle of a character. */
function readRecorded(path: string): string {
  try {
    return new TextDecoder().decode(readBoundedBytes(path, recordedBytesMax));
  } catch (error) {
    throw new UserError(`${path} cannot be read: ${messageOf(error)}.`);
  }
}

const beginning: ReplayedReading['reading'] = {
  ...{ status: 'starting', reason: 'it has just begun', question: null, evidence: [] },
};

/** As with a live agent, a contradiction counts when it has lasted. */
function doubted(readings: readonly ReplayedReading[]): readonly ReplayedReading[] {
  let reported: ReplayedReading | null = null;
  let doubtedAt: number | null = null;
  return readings.map(one => {
    doubtedAt = one.reading.status === 'unknown' ? (doubtedAt ?? one.at) : null;
    const isDoubted = doubtedAt !== null && (one.at - doubtedAt) * 1000 < doubtMs;
    if (isDoubted) return { ...one, reading: reported?.reading ?? beginning };
    reported = one;
    return one;
  });
}

/** Every mark, and every reading that differs from the one before. */
function changes(readings: readonly ReplayedReading[]): readonly ReplayedReading[] {
  const isSame = (one: ReplayedReading, other: ReplayedReading | undefined) =>
    one.reading.status === other?.reading.status && one.reading.reason === other.reading.reason;
  return readings.filter((one, index) => one.label !== '' || !isSame(one, readings[index - 1]));
}

function lineOf({ at, label, reading }: ReplayedReading): string {
  const mark = label === '' ? '' : `  [${cleanText(label)}]`;
  const { status, reason, question } = reading;
  const asked = question === null ? '' : `  asks: ${cleanText(question.text)}`;
  return `${at.toFixed(1).padStart(7)}s  ${status.padEnd(10)}  ${cleanText(reason)}${asked}${mark}`;
}
