import type { TaskId } from '../../core/ids.ts';
import { listParts } from './part-files.ts';
import { waitSecondsMax } from './play-list.ts';
import type { RecordedEvent } from './read-cast.ts';
import { readPart } from './read-part.ts';

export type TaskRecording = {
  /** An asciicast, version 2. */
  readonly cast: string;
  readonly attempts: number;
  readonly agents: readonly string[];
  readonly seconds: number;
};

/** All attempts of a task one after the other, waits shortened; null when none was recorded. */
export async function exportTask(folder: string, task: TaskId): Promise<TaskRecording | null> {
  const parts = (await listParts(folder)).filter(part => part.work?.task === task);
  const lines: string[] = [];
  const attempts = new Set<number>();
  const agents = new Set<string>();
  let header: object | null = null;
  let clock = 0;
  for (const { path, agent, startedAt, work } of parts) {
    const recording = await readPart(path);
    if (recording === null) continue;
    const { cols, rows } = recording;
    const timestamp = Math.floor(startedAt / 1000);
    header ??= { version: 2, width: cols, height: rows, timestamp, title: `${task} · Belfry` };
    attempts.add(work?.attempt ?? 0);
    agents.add(agent);
    lines.push(
      line(clock, 'r', `${cols}x${rows}`),
      line(clock, 'm', `${task}/${work?.attempt} ${agent}`),
    );
    let before = 0;
    for (const event of recording.events) {
      clock += Math.min(event.at - before, waitSecondsMax);
      before = event.at;
      lines.push(lineOf(event, clock));
    }
    clock += waitSecondsMax;
  }
  if (header === null) return null;
  const cast = `${JSON.stringify(header)}\n${lines.join('')}`;
  return { cast, attempts: attempts.size, agents: [...agents], seconds: Math.round(clock) };
}

const line = (at: number, kind: string, text: string): string =>
  `${JSON.stringify([Math.round(at * 1000) / 1000, kind, text])}\n`;

function lineOf(event: RecordedEvent, at: number): string {
  switch (event.kind) {
    case 'output':
      return line(at, 'o', event.text);
    case 'mark':
      return line(at, 'm', event.label);
    case 'resize':
      return line(at, 'r', `${event.cols}x${event.rows}`);
  }
}
