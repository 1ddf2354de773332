import { XtermScreen } from '../../src/adapters/terminal/xterm-screen.ts';
import type { AgentId } from '../../src/core/ids.ts';
import type { Replay, Replays } from '../../src/ports/records/replays.ts';

/** In the person's time zone, so that the clock reads the same everywhere. */
const began = new Date(2030, 5, 3, 9, 30, 0).getTime();

/** Of every agent but the architect: two minutes in which the screen says which second it is. */
export function memoryReplays() {
  const sought: number[] = [];
  const closed: string[] = [];
  const opened: string[] = [];
  const open = async (agent: AgentId): Promise<Replay | null> => {
    opened.push(agent);
    if (agent === 'architect') return null;
    const listeners = new Set<() => void>();
    const screen = new XtermScreen(60, 10, {
      onChange: () => {
        for (const listener of listeners) listener();
      },
      onReply: () => {},
    });
    return {
      view: {
        screen,
        onChange: listener => {
          listeners.add(listener);
          return () => listeners.delete(listener);
        },
      },
      seconds: 120,
      marks: [
        { at: 0, label: 'T-1/1 starts' },
        { at: 50, label: 'T-1/1 gate red' },
        { at: 50.1, label: 'T-1/1 goes back: gate' },
        { at: 90, label: 'T-1/2 starts' },
      ],
      timeAt: at => began + at * 1000,
      seek: async at => {
        sought.push(at);
        screen.parse(Buffer.from(`\u001b[H\u001b[2Jsecond ${Math.floor(at)} of the past`));
      },
      close: () => {
        closed.push(agent);
        listeners.clear();
      },
    };
  };
  return {
    sought,
    opened,
    closed,
    replays: { isRecording: true, replayOf: open } satisfies Replays,
  };
}
