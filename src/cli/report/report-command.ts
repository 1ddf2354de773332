import { basename } from 'node:path';
import { instanceHolder } from '../../adapters/journal/instance-lock.ts';
import type { StateFolder } from '../../adapters/system/state-folder.ts';
import { stateAt } from '../../core/apply/supervise.ts';
import { type Numbers, numbersOf } from '../../core/numbers/numbers.ts';
import { type Period, PeriodFold } from '../../core/numbers/period.ts';
import { jsonText } from '../../lib/json-text.ts';
import { fullTime } from '../../ui/present/age.ts';
import type { Io } from '../io.ts';
import { tellFacts } from '../journal-problem.ts';
import { openState } from '../open-state.ts';
import { parseCommand } from '../parse-arguments.ts';
import { UserError } from '../user-error.ts';
import { parseMoment } from './parse-moment.ts';
import { reportText } from './report-text.ts';

/** Grows when a figure changes its meaning or goes; new ones may come at any time. */
const formatVersion = 1;

/** `belfry report`: figures of the whole journal or a part of it, read beside whoever writes it. */
export async function runReportCommand(args: readonly string[], io: Io): Promise<number> {
  const { flags } = parseCommand(args, {
    flags: { json: 'boolean', tasks: 'boolean', since: 'string', until: 'string' },
    positionals: [0, 0],
  });
  const { state: folder, root } = await openState(io.cwd, io);
  const now = Date.now();
  const since = flags.since === undefined ? null : parseMoment('since', flags.since, now);
  const until = flags.until === undefined ? null : parseMoment('until', flags.until, now);
  if (since !== null && until !== null && since >= until)
    throw new UserError('--since must be before --until.', 2);
  const read = await readPeriod(folder, { since, until }, now);
  const numbers = numbersOf(read.period);
  io.stdout(
    flags.json
      ? jsonText(reportRecord(root, read, numbers))
      : reportText(basename(root), whenWords(read), numbers, flags.tasks ?? false),
  );
  return 0;
}

/** Null: from the beginning, to the end. */
type Bounds = { readonly since: number | null; readonly until: number | null };

type ReadPeriod = Bounds & {
  readonly period: Period;
  /** Of the newest run at the end of the period. */
  readonly run: 'none' | 'under way' | 'cut off' | 'ended';
};

async function readPeriod(folder: StateFolder, bounds: Bounds, now: number): Promise<ReadPeriod> {
  const fold = new PeriodFold(bounds.since, bounds.until);
  const seen: { first: number | null; last: number | null } = { first: null, last: null };
  await tellFacts(folder.journal, event => {
    seen.first ??= event.at;
    seen.last = event.at;
    fold.take(event);
  });
  const { first, last } = seen;
  const { from, to } = fold.end();
  const isToTheEnd = last === null || bounds.until === null || bounds.until >= last;
  const isRunning = instanceHolder(folder.lock) !== null;
  // A run under way goes on between two facts.
  const isOn = isToTheEnd && isRunning && !to.endedCleanly;
  const end = Math.min(bounds.until ?? now, now);
  return {
    since: bounds.since ?? first,
    until: isOn ? end : isToTheEnd ? last : bounds.until,
    period: { from, to: isOn ? stateAt(to, end, null) : to },
    run: last === null ? 'none' : to.endedCleanly ? 'ended' : isRunning ? 'under way' : 'cut off',
  };
}

const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

/** What `--json` prints: durations in milliseconds, money in dollars, shares from 0 to 1, null for not measured. */
function reportRecord(repository: string, { since, until, run }: ReadPeriod, numbers: Numbers) {
  return {
    ...{ format: 'belfry-report', version: formatVersion, repository },
    ...{ since: iso(since), until: iso(until), run },
    ...numbers,
  };
}

function whenWords({ since, until, run }: ReadPeriod): string {
  if (since === null || until === null)
    return 'No team has run here yet: nothing is measured. “belfry” starts one.';
  if (since > until)
    return `Nothing has happened since ${fullTime(since)}: the last fact is of ${fullTime(until)}.`;
  const end = {
    ...{ none: 'no run had begun', 'under way': 'a run is under way' },
    ...{ 'cut off': 'the last run was cut off', ended: 'the last run has ended' },
  }[run];
  return `From ${fullTime(since)} to ${fullTime(until)}; ${end}.`;
}
