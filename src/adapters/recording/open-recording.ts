import type { Replays } from '../../ports/records/replays.ts';
import type { TeamStore } from '../../ports/team-store.ts';
import type { TapFor } from '../terminal/pty-terminal.ts';
import { createReplayOf } from './file-replay.ts';
import { followTeam } from './follow-team.ts';
import { Recorder } from './recorder.ts';

export type Recording = {
  /** Listens to the terminals from their first byte on. */
  readonly tapFor: TapFor;
  readonly replays: Replays;
  /** Parts what is recorded by the team's attempts. Resolves with what ends the recording and writes the rest. */
  follow(store: TeamStore): () => Promise<void>;
};

/** What the agents' terminals show, kept in this folder; or not kept, and only what is there already played back. */
export function openRecording(folder: string, isRecording: boolean): Recording {
  const replays = (flush: () => Promise<void>): Replays => ({
    isRecording,
    replayOf: createReplayOf(folder, flush),
  });
  if (!isRecording)
    return {
      tapFor: () => null,
      replays: replays(async () => {}),
      follow: () => async () => {},
    };
  const recorder = new Recorder(folder);
  return {
    tapFor: recorder.tapFor,
    replays: replays(() => recorder.flush()),
    follow(store) {
      const stop = followTeam(store, recorder);
      return () => {
        stop();
        return recorder.close();
      };
    },
  };
}
