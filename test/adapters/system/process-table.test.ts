import { describe, expect, test } from 'vitest';
import { parseStat } from '../../../src/adapters/system/process-table.ts';

/** A row of `/proc/<pid>/stat` of Linux 6: 52 fields, of which the 20th counts the threads, the 22nd is the start. */
const stat = (state: string, threads: number, command = 'node') =>
  `812 (${command}) ${state} 800 812 790 34816 812 4194560 5120 0 3 0 41 12 0 0 20 0 ${threads} 0 967331 0 0 ${'0 '.repeat(27)}0`;

describe('a row of the process table', () => {
  test('tells parent, group, session and start, whatever the command is called', () => {
    expect(parseStat(812, stat('S', 11, 'a) Z 1 (b'))).toEqual({
      ...{ pid: 812, parent: 800, group: 812, session: 790 },
      startTime: expect.stringMatching(/:967331$/),
    });
  });

  test('is none when only the exit code is left', () => {
    expect(parseStat(812, stat('Z', 1))).toBeNull();
    expect(parseStat(812, stat('X', 1))).toBeNull();
    expect(parseStat(812, '')).toBeNull();
  });

  test('is one while threads of a process run whose first has ended: they may still write', () => {
    expect(parseStat(812, stat('Z', 2))?.pid).toBe(812);
  });
});
