import { existsSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { holdsRecord } from '../holds-record.ts';
import type { JsonObject } from '../json-object.ts';

export type OwnSession = {
  readonly id: string;
  /** It can be resumed. False: it can be created. */
  readonly isKnown: boolean;
};

/** As many ids as differ in their last digit. */
const idsMax = 16;

/**
 * What Claude Code is to call this session. It resumes a transcript only if a line of the conversation is in it,
 * and creates none of which the file is there, even empty, as a full disk leaves it ("already in use"):
 * between the two is an id that it refuses either way, and the next one takes its place.
 */
export function ownSession(configuration: string, worktree: string, session: string): OwnSession {
  let id = session;
  for (let more = 0; more < idsMax; more += 1) {
    id = later(session, more);
    const transcript = transcriptPath(configuration, worktree, id);
    if (!existsSync(transcript)) break;
    if (holdsRecord(transcript, isConversation)) return { id, isKnown: true };
  }
  return { id, isKnown: false };
}

const isConversation = ({ type, isSidechain }: JsonObject): boolean =>
  (type === 'user' || type === 'assistant') && isSidechain !== true;

/** Found again at every launch without a note of it: a full disk takes none. */
function later(session: string, more: number): string {
  const last = Number.parseInt(session.slice(-1), idsMax);
  return `${session.slice(0, -1)}${((last + more) % idsMax).toString(idsMax)}`;
}

/** The folder of a project is named by its path, with every other character than letters and digits as a dash. */
function transcriptPath(configuration: string, worktree: string, session: string): string {
  const real = existsSync(worktree) ? realpathSync(worktree) : worktree;
  const project = real.replace(/[^A-Za-z0-9]/g, '-');
  return join(configuration, 'projects', project, `${session}.jsonl`);
}
