import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { keepNotes, readNote } from '../../../src/adapters/agent-cli/reading-notes.ts';
import type { AgentId } from '../../../src/core/ids.ts';
import type { ReadingNotes } from '../../../src/ports/agent-cli.ts';

let folder: string;
let notes: ReadingNotes;
beforeEach(() => {
  vi.useFakeTimers();
  folder = mkdtempSync(join(tmpdir(), 'belfry-'));
  mkdirSync(join(folder, 'eng-1'));
  notes = keepNotes(folder);
});
afterEach(() => {
  vi.useRealTimers();
  rmSync(folder, { recursive: true, force: true });
});

const note = (status: 'working' | 'idle', reason: string): void =>
  notes.keep({
    ...{ at: 0, agent: 'eng-1' as AgentId, session: 's', cli: 'claude', title: '', tokens: null },
    reading: { status, reason, question: null, evidence: [] },
    reported: null,
  });
const kept = () => readNote(folder, 'eng-1')?.reading.reason;

test('a change of status is kept soon, a spinner that turns now and then', () => {
  note('working', '1s');
  vi.advanceTimersByTime(500);
  expect(kept()).toBe('1s');
  note('working', '2s');
  vi.advanceTimersByTime(5_000);
  expect(kept()).toBe('1s');
  note('working', '7s');
  note('idle', 'done');
  vi.advanceTimersByTime(500);
  expect(kept()).toBe('done');
  note('idle', 'still done');
  vi.advanceTimersByTime(10_000);
  expect(kept()).toBe('still done');
});

test('the newest note is there when the team has ended, and nothing is written after it', () => {
  note('working', '1s');
  notes.close();
  expect(kept()).toBe('1s');
  note('idle', 'too late');
  vi.advanceTimersByTime(10_000);
  expect(kept()).toBe('1s');
});
