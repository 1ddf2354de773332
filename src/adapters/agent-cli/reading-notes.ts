import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AgentId } from '../../core/ids.ts';
import type { ReadingNote, ReadingNotes } from '../../ports/agent-cli.ts';

/** A change of status is to be read soon; words that change with every second of a spinner are not worth a file. */
const writeAfterMs = 500;
const writeEveryMs = 10_000;

const noteFile = (folder: string, agent: string) => join(folder, agent, 'reading.json');

/** Keeps each agent's newest note in its folder, where `belfry explain` reads it beside a running Belfry. */
export function keepNotes(folder: string): ReadingNotes {
  const waiting = new Map<AgentId, ReadingNote>();
  const write = (agent: AgentId): void => {
    const note = waiting.get(agent);
    waiting.delete(agent);
    const file = noteFile(folder, agent);
    try {
      writeFileSync(`${file}.new`, JSON.stringify(note), { mode: 0o600 });
      renameSync(`${file}.new`, file);
    } catch {
      // A full disk must not stop the watching; the note is only for looking at.
    }
  };
  const written = new Map<AgentId, string>();
  let isClosed = false;
  const timers = new Map<AgentId, { readonly timer: NodeJS.Timeout; readonly isSoon: boolean }>();
  const keep = (note: ReadingNote): void => {
    const { agent, reading, reported } = note;
    const stamp = `${reading.status} ${reported} ${reading.question?.id}`;
    const isSoon = written.get(agent) !== stamp;
    written.set(agent, stamp);
    waiting.set(agent, note);
    const armed = timers.get(agent);
    if (armed !== undefined && (armed.isSoon || !isSoon)) return;
    clearTimeout(armed?.timer);
    const act = () => {
      timers.delete(agent);
      write(agent);
    };
    const timer = setTimeout(act, isSoon ? writeAfterMs : writeEveryMs).unref();
    timers.set(agent, { timer, isSoon });
  };
  const close = (): void => {
    isClosed = true;
    for (const [agent, { timer }] of timers) {
      clearTimeout(timer);
      write(agent);
    }
    timers.clear();
  };
  return { keep: note => (isClosed ? undefined : keep(note)), close };
}

/** The note of an agent; null when there is none. */
export function readNote(folder: string, agent: string): ReadingNote | null {
  try {
    return JSON.parse(readFileSync(noteFile(folder, agent), 'utf8')) as ReadingNote;
  } catch {
    return null;
  }
}
