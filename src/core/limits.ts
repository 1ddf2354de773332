/** The program's own bounds, each with its reason. What a person may choose is policy, not a limit. */

/** A task's text beyond this stays in its file only; the journal and prompts carry the beginning. */
export const taskBodyCharsMax = 16_000;
/** Titles longer than this are cut where they are drawn and refused where they are added. */
export const taskTitleCharsMax = 200;
/** Of a red gate's output, what travels in events and prompts. The whole is kept on disk. */
export const failureExcerptCharsMax = 4_000;
/** One journal record. Larger means that something unbounded was put into an event. */
export const recordBytesMax = 256_000;
/** Conflicts sent back to the engineer before the task escalates (behaviour, section 6). */
export const conflictsMax = 2;
/** Context exhaustions on one task before it escalates as too broad (behaviour, section 8). */
export const exhaustionsMax = 2;
/** Escalations the manager sees for one task. The next goes to the person (behaviour, section 7). */
export const managerEscalationsMax = 1;
/** A prompt that the agent CLI did not confirm is typed again this often before the agent is restarted. */
export const deliveriesMax = 3;
/** Restarts of one agent in a row, without any progress between, before the person is asked. */
export const restartsMax = 4;
/** An agent that was at its prompt this long before it ended was well: its earlier restarts are forgotten. */
export const restartsForgottenMs = 10 * 60_000;
/** Waits before restart 1, 2, 3 … of an agent that exited by itself. */
export const restartDelaysMs: readonly number[] = [1_000, 5_000, 30_000, 120_000];
/** Times one landing is rebuilt because the trunk moved, before the person is asked. */
export const rebuildsMax = 20;
/** Gate runs that could not start or were cut by the machine, per attempt, before the person is asked. */
export const gateFaultsMax = 3;
/** Wait before a gate that could not run is tried again. */
export const gateFaultDelayMs = 10_000;
/** The wait doubles with each fault this often: a disk that stays full is asked every ten minutes or so. */
export const gateFaultDoublingsMax = 6;
/** Settled messages that are kept for the page. */
export const noticesMax = 200;
/** Facts that the timeline and since-you-last-looked remember: days of a busy team, in about a megabyte. */
export const recentEventsMax = 2_000;
