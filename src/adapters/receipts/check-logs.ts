import { join } from 'node:path';
import { keptFilesMs } from '../../core/limits.ts';
import type { Attested, AttestedFile, Flaw } from '../../core/receipt/verify/attested.ts';
import { messageOf } from '../../lib/thrown.ts';
import { hashFile } from './log-hash.ts';

/** Whether the logs of these gate runs are there and are what their receipts say. Reads each file once. */
export async function checkLogs(
  gates: readonly Attested[],
  given: {
    readonly folder: string;
    /** Milliseconds since the epoch. */
    readonly now: number;
    /** The log that is being written at this moment. */
    readonly openLog: string | null;
    readonly removedLogs: AttestedFile['removedLogs'];
  },
): Promise<readonly Flaw[]> {
  // A landing that begins anew counts its runs from 1 again, and writes over the logs of before.
  const newest = new Map<string, Attested>();
  for (const gate of gates) if (gate.log !== null) newest.set(gate.log.name, gate);
  const replaced = gates.filter(gate => gate.log !== null && newest.get(gate.log.name) !== gate);
  const flaws: Flaw[] = replaced.length === 0 ? [] : [writtenOver(replaced.length)];
  for (const [name, gate] of newest) {
    if (name === given.openLog) continue;
    const removed = given.removedLogs.get(name);
    // A later run of the same name wrote a new one.
    const removedAt = removed !== undefined && removed.line > gate.line ? removed.at : null;
    const path = join(given.folder, `${name}.log`);
    const flaw = await checkLog(gate, { path, removedAt, now: given.now });
    if (flaw !== null) flaws.push(flaw);
  }
  return flaws;
}

const writtenOver = (count: number): Flaw => ({
  ...{ level: 'note', place: 'gate logs', remedy: null },
  reason: `${count} of earlier runs were written over by later runs of the same attempt, and cannot be compared`,
});

async function checkLog(
  gate: Attested,
  given: { readonly path: string; readonly removedAt: number | null; readonly now: number },
): Promise<Flaw | null> {
  const { path, removedAt, now } = given;
  const place = `gate log ${path} (receipt line ${gate.line})`;
  const said = gate.log?.sha256 ?? null;
  if (said === null)
    return {
      ...{ level: 'note', place, reason: 'it was not there when the receipt was written' },
      remedy: null,
    };
  let found: string | null;
  try {
    found = await hashFile(path);
  } catch (error) {
    const why = messageOf(error);
    return { level: 'unproven', place, reason: `it cannot be read: ${why}`, remedy: 'mend that.' };
  }
  if (found === said) return null;
  if (found !== null)
    return {
      ...{ level: 'broken', place, reason: 'it is not what the gate printed: its hash is another' },
      remedy: 'it was altered after the run: believe the receipt, not the log.',
    };
  if (removedAt !== null) {
    const day = new Date(removedAt).toISOString().slice(0, 10);
    const reason = `it is gone: Belfry itself removed it on ${day} by the bound of all logs, and signed that`;
    return { level: 'note', place, reason, remedy: null };
  }
  if (now - gate.at > keptFilesMs)
    return {
      ...{ level: 'note', place, reason: 'it is gone: Belfry throws logs away after 30 days' },
      remedy: null,
    };
  return {
    ...{ level: 'unproven', place, reason: 'it is gone, and is younger than 30 days' },
    remedy:
      'somebody deleted it: what Belfry itself removes before that time, it signs, unless the disk refused the note.',
  };
}
