import { crc32 } from 'node:zlib';
import type { Event } from '../../core/event.ts';

/**
 * One line of the file: eight hex digits of the CRC-32 of the JSON bytes, a space, the JSON, a line feed.
 * Readable by people and by `grep`; a changed bit in it does not go unseen.
 */
export type JournalRecord = {
  /** 1, 2, 3 … without gaps. */
  readonly seq: number;
  /** Which holder of the instance lock wrote it. */
  readonly epoch: number;
  readonly v: typeof formatVersion;
  /** There on all but the last record of one append: what was decided together counts together or not at all. */
  readonly more?: true;
  readonly event: Event;
};

export type JournalScan = {
  readonly events: readonly Event[];
  readonly lastSeq: number;
  readonly lastEpoch: number;
  /** Where the last whole append ends. */
  readonly goodBytes: number;
  /** Why the scan ended before the end of the file; null when all of it is good. */
  readonly fault: JournalFault | null;
};

export type JournalFault = {
  /** Torn: nothing whole comes after it, as when a write was cut. Newer: written by a later format. */
  readonly kind: 'torn' | 'damaged' | 'newer';
  readonly offset: number;
  readonly line: number;
  readonly why: string;
};

export const formatVersion = 1;
/** `crc ` before the JSON. */
const prefixBytes = 9;
const lineFeed = 0x0a;

export function encodeRecord(record: JournalRecord): Buffer {
  const json = Buffer.from(JSON.stringify(record));
  return Buffer.concat([Buffer.from(`${checksum(json)} `), json, Buffer.of(lineFeed)]);
}

/** What stands before the bytes that are scanned: how many facts, bytes and lines. */
export type JournalPlace = {
  readonly seq: number;
  readonly offset: number;
  readonly lines: number;
};

export const journalStart: JournalPlace = { seq: 0, offset: 0, lines: 0 };

/** Reads as far as the facts are beyond doubt. `goodBytes` counts from the place on. Throws nothing. */
export function scanJournal(bytes: Buffer, place = journalStart): JournalScan {
  const events: Event[] = [];
  let whole = { count: 0, lastEpoch: 0, goodBytes: 0 };
  let offset = 0;
  let fault: JournalFault | null = null;
  while (offset < bytes.length) {
    const end = bytes.indexOf(lineFeed, offset);
    const record = end === -1 ? null : decodeLine(bytes.subarray(offset, end));
    const seq = place.seq + events.length + 1;
    if (record === null || record.v !== formatVersion || record.seq !== seq) {
      fault = behind(place, faultAt(bytes, offset, seq, record));
      break;
    }
    events.push(record.event);
    offset = end + 1;
    if (record.more !== true)
      whole = { count: events.length, lastEpoch: record.epoch, goodBytes: offset };
  }
  if (fault === null && offset > whole.goodBytes)
    fault = behind(place, {
      ...{ kind: 'torn', ...placeOf(bytes, offset), why: 'the last turn is not whole' },
    });
  const { count, lastEpoch, goodBytes } = whole;
  const lastSeq = place.seq + count;
  return { events: events.slice(0, count), lastSeq, lastEpoch, goodBytes, fault };
}

const behind = ({ offset, lines }: JournalPlace, fault: JournalFault): JournalFault => ({
  ...fault,
  offset: offset + fault.offset,
  line: lines + fault.line,
});

/** Null when it is no record of ours. `v` and `seq` are not judged. */
function decodeLine(line: Buffer): JournalRecord | null {
  if (line.length <= prefixBytes || line[prefixBytes - 1] !== 0x20) return null;
  const json = line.subarray(prefixBytes);
  if (line.toString('latin1', 0, prefixBytes - 1) !== checksum(json)) return null;
  try {
    const value: unknown = JSON.parse(json.toString('utf8'));
    return isRecord(value) ? value : null;
  } catch {
    return null;
  }
}

function isRecord(value: unknown): value is JournalRecord {
  return (
    typeof value === 'object' &&
    value !== null &&
    'seq' in value &&
    'v' in value &&
    'event' in value &&
    typeof value.event === 'object'
  );
}

function faultAt(
  bytes: Buffer,
  offset: number,
  seq: number,
  record: JournalRecord | null,
): JournalFault {
  const place = placeOf(bytes, offset);
  if (record !== null && typeof record.v === 'number' && record.v > formatVersion)
    return { kind: 'newer', ...place, why: `its format is ${record.v}` };
  if (record !== null)
    return { kind: 'damaged', ...place, why: `fact ${record.seq} stands where ${seq} should` };
  return hasRecordBehind(bytes, offset)
    ? { kind: 'damaged', ...place, why: 'its checksum does not fit, and whole records follow' }
    : { kind: 'torn', ...place, why: 'the last record is not whole' };
}

/** Looks at every place that may begin a record: the damage may have hit a line feed. */
function hasRecordBehind(bytes: Buffer, offset: number): boolean {
  for (let mark = bytes.indexOf('{"seq":', offset); mark !== -1; ) {
    const end = bytes.indexOf(lineFeed, mark);
    if (end === -1) return false;
    if (decodeLine(bytes.subarray(Math.max(offset, mark - prefixBytes), end)) !== null) return true;
    mark = bytes.indexOf('{"seq":', mark + 1);
  }
  return false;
}

/** Lines are counted from 1. */
function placeOf(bytes: Buffer, offset: number): { offset: number; line: number } {
  let line = 1;
  for (let at = bytes.indexOf(lineFeed); at !== -1 && at < offset; line += 1)
    at = bytes.indexOf(lineFeed, at + 1);
  return { offset, line };
}

function checksum(json: Uint8Array): string {
  return crc32(json).toString(16).padStart(8, '0');
}
