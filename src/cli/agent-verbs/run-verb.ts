import type { CommandRun } from '../io.ts';
import { runBlocked, runDone } from './claim-verbs.ts';
import { runAsk, runDrop, runGuide, runReassign, runSplit } from './manager-verbs.ts';
import { runNote } from './note-verb.ts';

const verbs = {
  done: runDone,
  blocked: runBlocked,
  note: runNote,
  guide: runGuide,
  reassign: runReassign,
  split: runSplit,
  drop: runDrop,
  ask: runAsk,
} as const;

export const runVerb = (name: keyof typeof verbs): CommandRun => verbs[name];
