import { describe, expect, test } from 'vitest';
import { readRecording, recordedStates, recordingNames } from '../../support/recordings.ts';

test('every recording is judged', () => {
  expect(Object.keys(recordedStates).sort()).toEqual(recordingNames);
  for (const name of recordingNames) {
    const marks = readRecording(name, { withHooks: false }).map(({ label }) => label);
    expect(marks, name).toEqual(recordedStates[name]?.map(([mark]) => mark));
  }
});

/** Moments whose state nothing on the screen tells, or something hides: unknown is right for them. */
const untold = new Set([
  'claude/claude-pages-80x24 1',
  'claude/claude-root-without-is-sandbox 0',
  'claude/v2.1.197-claude-pages-80x24 1',
  'codex/codex-fresh-dialogs 0',
]);

describe.each([
  ['hooks, title and screen', true],
  ['title and screen alone', false],
])('told by %s', (how, withHooks) => {
  const readings = recordingNames.flatMap(name =>
    readRecording(name, { withHooks }).map((replayed, index) => ({
      moment: `${name} ${index}`,
      label: replayed.label,
      truth: recordedStates[name]?.[index]?.[1] ?? '?',
      told: replayed.reading.status,
      reason: replayed.reading.reason,
    })),
  );

  test('each labelled state is told right; where it is not told, it is unknown', () => {
    process.stdout.write(`${how}: ${readings.length} moments\n${confusionTable(readings)}\n`);
    const wrong = readings.filter(({ truth, told }) => told !== truth && told !== 'unknown');
    expect(wrong).toEqual([]);
    const unknown = readings.filter(({ told }) => told === 'unknown').map(({ moment }) => moment);
    expect(unknown).toEqual([...untold]);
  });
});

/** Rows: what it was. Columns: what was told. */
function confusionTable(readings: readonly { truth: string; told: string }[]): string {
  const rows = [...new Set(readings.map(({ truth }) => truth))].sort();
  const columns = [...new Set(readings.map(({ told }) => told))].sort();
  const cell = (text: string | number) => String(text).padStart(11);
  const count = (truth: string, told: string) =>
    readings.filter(one => one.truth === truth && one.told === told).length || '·';
  return [
    cell('') + columns.map(cell).join(''),
    ...rows.map(truth => cell(truth) + columns.map(told => cell(count(truth, told))).join('')),
  ].join('\n');
}
