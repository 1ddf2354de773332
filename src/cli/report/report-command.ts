import { basename } from 'node:path';
import { type Numbers, numbersOf } from '../../core/numbers/numbers.ts';
import { type Period, PeriodFold } from '../../core/numbers/period.ts';
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
  const fold = new PeriodFold(since, until);
  let first: number | null = null;
  await tellFacts(folder.journal, event => {
    first ??= event.at;
    fold.take(event);
  });
  const period = fold.end();
  const numbers = numbersOf(period);
  const told = {
    since: since ?? first,
    until: until ?? (period.to.at === 0 ? null : period.to.at),
  };
  io.stdout(
    flags.json
      ? `${JSON.stringify(reportRecord(root, told, numbers), null, 2)}\n`
      : reportText(basename(root), whenWords(told, period), numbers, flags.tasks ?? false),
  );
  return 0;
}

type Told = { readonly since: number | null; readonly until: number | null };

const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

/** What `--json` prints: durations in milliseconds, money in dollars, shares from 0 to 1, null for not measured. */
function reportRecord(repository: string, { since, until }: Told, numbers: Numbers) {
  return {
    ...{ format: 'belfry-report', version: formatVersion, repository },
    ...{ since: iso(since), until: iso(until) },
    ...numbers,
  };
}

function whenWords({ since, until }: Told, { to }: Period): string {
  if (since === null || until === null)
    return 'No team has run here yet: nothing is measured. “belfry” starts one.';
  const isOpen = !to.endedCleanly;
  const end = isOpen ? 'the newest run is under way, or was cut off' : 'every run has ended';
  return `From ${iso(since)} to ${iso(until)}; ${end}.`;
}
