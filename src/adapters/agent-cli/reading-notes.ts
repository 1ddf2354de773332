import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AgentId } from '../../core/ids.ts';
import type { KeepNote, ReadingNote } from '../../ports/agent-cli.ts';

/** Readings change several times a second at most; a person looks once. */
const writeEveryMs = 2_000;

const noteFile = (folder: string, agent: string) => join(folder, agent, 'reading.json');

/** Keeps each agent's newest note in its folder, where `belfry explain` reads it beside a running Belfry. */
export function keepNotes(folder: string): KeepNote {
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
  return note => {
    if (!waiting.has(note.agent)) setTimeout(() => write(note.agent), writeEveryMs).unref();
    waiting.set(note.agent, note);
  };
}

/** The note of an agent; null when there is none. */
export function readNote(folder: string, agent: string): ReadingNote | null {
  try {
    return JSON.parse(readFileSync(noteFile(folder, agent), 'utf8')) as ReadingNote;
  } catch {
    return null;
  }
}
