import { expect, test } from 'vitest';
import { encodeRecord, scanJournal } from '../../../src/adapters/journal/codec.ts';
import { fact } from '../../contract/journal.ts';

const record = (seq: number, more = false) =>
  encodeRecord({ seq, epoch: 3, v: 1, ...(more ? { more: true } : {}), event: fact(seq * 1_000) });

// Appends of one, one, three and one facts.
const lines = [record(1), record(2), record(3, true), record(4, true), record(5), record(6)];
const journal = Buffer.concat(lines);
const ends = lines.map((_, index) => Buffer.concat(lines.slice(0, index + 1)).length);
const appendEnds = [0, ends[0], ends[1], ends[4], ends[5]] as number[];
const seqs = (bytes: Buffer) => scanJournal(bytes).events.map(({ at }) => at / 1_000);

test('a line is a checksum and JSON that people can read', () => {
  expect(record(1).toString()).toBe(
    '1b0cc079 {"seq":1,"epoch":3,"v":1,"event":{"at":1000,"type":"team.paused"}}\n',
  );
});

test('a whole journal is read whole', () => {
  expect(scanJournal(journal)).toMatchObject({
    lastSeq: 6,
    lastEpoch: 3,
    goodBytes: journal.length,
    fault: null,
  });
  expect(seqs(journal)).toEqual([1, 2, 3, 4, 5, 6]);
});

test('cut at any byte, the whole appends before the cut remain and the rest is torn', () => {
  for (let length = 0; length < journal.length; length += 1) {
    const scan = scanJournal(journal.subarray(0, length));
    const goodBytes = Math.max(...appendEnds.filter(end => end <= length));
    expect(scan.goodBytes).toBe(goodBytes);
    expect(scan.lastSeq).toBe(ends.filter(end => end <= goodBytes).length);
    expect(scan.events).toHaveLength(scan.lastSeq);
    expect(scan.fault?.kind ?? null).toBe(length === goodBytes ? null : 'torn');
  }
});

test('every flipped bit is seen; before the last record it is damage, never a tail to cut', () => {
  const lastStart = ends[4] ?? 0;
  for (let bit = 0; bit < journal.length * 8; bit += 1) {
    const flipped = Buffer.from(journal);
    const at = bit >> 3;
    flipped[at] = (flipped[at] ?? 0) ^ (1 << (bit & 7));
    const { events, fault } = scanJournal(flipped);
    const expected = at < lastStart ? 'damaged' : 'torn';
    if (fault?.kind !== expected) expect.fail(`bit ${bit}: ${fault?.kind}`);
    const known = events.map((_, index) => fact((index + 1) * 1_000));
    if (JSON.stringify(events) !== JSON.stringify(known)) expect.fail(`bit ${bit}: other facts`);
  }
});

test('a tail of zeros or noise is torn', () => {
  for (const tail of [Buffer.alloc(5_000), Buffer.from('no record\n'), Buffer.from('{"seq":7}\n')])
    expect(scanJournal(Buffer.concat([journal, tail])).fault?.kind).toBe('torn');
});

test('a missing, doubled or exchanged record is damage with its place', () => {
  const [one, two, , , , six] = lines as [Buffer, Buffer, Buffer, Buffer, Buffer, Buffer];
  expect(scanJournal(Buffer.concat([one, six])).fault).toEqual({
    kind: 'damaged',
    offset: one.length,
    line: 2,
    why: 'fact 6 stands where 2 should',
  });
  expect(scanJournal(Buffer.concat([one, one])).fault?.kind).toBe('damaged');
  expect(scanJournal(Buffer.concat([two, one])).fault?.kind).toBe('damaged');
});

test('a record of a later format is told from damage', () => {
  const later = { seq: 2, epoch: 3, v: 2, event: fact(2) } as unknown as Parameters<
    typeof encodeRecord
  >[0];
  const scan = scanJournal(Buffer.concat([record(1), encodeRecord(later), record(3)]));
  expect(scan.fault).toMatchObject({ kind: 'newer', line: 2 });
});
