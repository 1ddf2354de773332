/** The program's own bounds, each with its reason. What a person may choose is policy, not a limit. */

/** A task's text beyond this stays in its file only; the journal and prompts carry the beginning. */
export const taskBodyCharsMax = 16_000;
/** Of a task's text, what the manager's page quotes: it decides who goes on, and does not do the work. */
export const pageBodyCharsMax = 2_000;
/** Open items of a checklist that a handoff repeats; the task's text below it has them all. */
export const openItemsMax = 20;
/** File names on one line of a page; a commit of a formatter would fill a context window with them. */
export const pageFilesMax = 30;
/** Titles longer than this are cut where they are drawn and refused where they are added. */
export const taskTitleCharsMax = 200;
/** Of a red gate's output, what travels in events and prompts. The whole is kept on disk. */
export const failureExcerptCharsMax = 4_000;
/** One journal record. Larger means that something unbounded was put into an event. */
export const recordBytesMax = 256_000;
/** File names of one list in a record: more say no more than their count. */
export const recordedFilesMax = 500;
/** What such a list may take of a record, in bytes of JSON: names may be thousands of characters long. */
export const recordedFilesBytesMax = 30_000;
/** What the files of all landings beside one attempt may take together: blame is looked for in them. */
export const recordedBesideBytesMax = 60_000;
/** Signs of weakened tests that a person reads before a landing, and what they may take of a record. */
export const recordedRisksMax = 100;
export const recordedRisksBytesMax = 20_000;
/** Broken task files that are told of; a folder full of foreign Markdown would tell of nothing else. */
export const recordedBrokenFilesMax = 100;
/** Of the reason why a file cannot be read: it quotes what somebody wrote. */
export const recordedReasonCharsMax = 300;
/** What a task may take of a record: its front matter and its text, with room for letters of four bytes. */
export const taskBytesMax = 200_000;
/** Of a task's difference: more than a person reads, and a huge generated file must not fill the page's memory. */
export const diffBytesMax = 2_000_000;
/** Wait before a deadline is looked at again whose facts did not fit into the journal. */
export const tooLargeDelayMs = 60_000;
/** Gate runs of one attempt that are kept for the page: a rebuilt landing may have any number. */
export const recordedGateRunsMax = 8;
/** Of the commands of one gate run, what is kept beside its result. */
export const recordedCommandCharsMax = 500;
/** Of what git or the disk said when they failed. */
export const faultWhyCharsMax = 500;
/** Of what an agent says in one piece: it goes into prompts and events, and more belongs into a file that it names. */
export const saidCharsMax = 16_000;
/** Of a model's name. */
export const modelCharsMax = 100;
/** Conflicts sent back to the engineer before the task escalates (behaviour, section 6). */
export const conflictsMax = 2;
/** Times that one task may be green alone and red on the trunk before somebody decides: it would go on for ever. */
export const collisionsMax = 3;
/** Context exhaustions on one task before it escalates as too broad (behaviour, section 8). */
export const exhaustionsMax = 2;
/** Times that the architect is asked to split one task; then the person decides. */
export const splitRequestsMax = 1;
/** A part of a part of a task is not split again: then the goal itself is wrong, and a person must say so. */
export const splitDepthMax = 2;
/** One part is no split. */
export const splitPartsMin = 2;
/** Escalations the manager sees for one task. The next goes to the person (behaviour, section 7). */
export const managerEscalationsMax = 1;
/** A message waits this long for the worktree it is about: a large one takes minutes to be checked out. */
export const preparationMaxMs = 30 * 60_000;
/** A prompt that the agent CLI did not confirm is typed again this often before the agent is restarted. */
export const deliveriesMax = 3;
/** Restarts of one agent in a row, without any progress between, before the person is asked. */
export const restartsMax = 4;
/** Of them, those that try to go on with the old session; then a fresh one takes its work over. */
export const resumeTriesMax = 2;
/** An agent that was at its prompt this long before it ended was well: its earlier restarts are forgotten. */
export const restartsForgottenMs = 10 * 60_000;
/** Waits before restart 1, 2, 3 … of an agent that exited by itself. */
export const restartDelaysMs: readonly number[] = [1_000, 5_000, 30_000, 120_000];
/** Waits before an agent whose provider failed is told to go on, turn after turn; then the person is asked. */
export const outageDelaysMs: readonly number[] = [30_000, 120_000, 300_000, 900_000, 1_800_000];
/** Times one landing is rebuilt because the trunk moved, before the person is asked. */
export const rebuildsMax = 20;
/** Gate runs that could not start or were cut by the machine, per attempt, before the person is asked. */
export const gateFaultsMax = 3;
/** Wait before a gate that could not run is tried again. */
export const gateFaultDelayMs = 10_000;
/** The wait doubles with each fault this often: a disk that stays full is asked every ten minutes or so. */
export const gateFaultDoublingsMax = 6;
/** Notes of one agent that wait for one member: two that answer each other must not fill the mailbox. */
export const waitingNotesMax = 10;
/** Output of one agent without any change of status is told each time it grew by this: a record per megabyte at most. */
export const outputStepBytes = 1_000_000;
/** Goals of which no task came that are remembered for the person; their messages are kept longer. */
export const goalsMax = 20;
/** Newest landings that are looked at again after a restart for whom they concern: the radar lags by one or two. */
export const landingsToldMax = 3;
/** Settled messages that are kept for the page. */
export const noticesMax = 200;
/** Keys and clicks of so long are one fact: what is asked is how many minutes a person gave, not what they did. */
export const actedStepMs = 60_000;
/** Facts that the timeline and since-you-last-looked remember: days of a busy team, in about a megabyte. */
export const recentEventsMax = 2_000;
/** Estimates below this are batched: a session costs more than the work (behaviour, section 3). */
export const smallTaskMinutes = 5;
/** A trifle waits this long for others before it is done alone: a plan is added within a minute or so. */
export const trifleWaitMs = 60_000;
/** Estimate of a task that has none, where the length of a plan is judged: the middle of what is asked for. */
export const unestimatedMinutes = 30;
/** The context window of an engineer, in tokens, where neither team.yaml nor its program tells: what most have at least. */
export const engineerWindowTokens = 200_000;
/** Less than this is no window but a mistake: no agent CLI has one that its own prompt would fill. */
export const engineerWindowMin = 1_000;
/** Part of that window that the files of one task may fill: it must read them, think, and write. */
export const scopeShareMax = 0.4;
/** Above this likeness two tasks are taken for one and the same; above the other, for relatives. */
export const duplicateLikeness = 0.8;
export const relatedLikeness = 0.55;
/** Commits that must have changed two files before history is believed about them, and how often together. */
export const companionCommitsMin = 3;
export const companionShareMin = 0.5;
/** A file that this part of the commits changed is one where everybody meets. */
export const hotspotShareMin = 0.25;
/** Longest chain over all work, above which more engineers only wait for each other. */
export const criticalShareMax = 0.7;
/**
 * What each part of the work that runs beside other work costs more: sessions that read the same files, merges,
 * gates run again. From a week of five agents, four times as fast as one for 45 dollars against 30.
 */
export const sideBySideShare = 2 / 3;
/** Pairs of tasks that the lint looks at in one go: some milliseconds, for keys must not wait for a huge board. */
export const lintedPairsMax = 2_000;
/** Marks of one task: in a series of thousands each is like the first, which nobody reads and no record holds. */
export const recordedFindingsMax = 20;
/** Open tasks that a plan may have: more cannot be reviewed by a person, and are not planned but dumped. */
export const openTasksMax = 200;
/** Engineers of one team: more than a gate can keep up with, and as many as the page was measured with. */
export const engineersMax = 20;
/** Of one attempt's terminal, what is recorded: hours of an agent CLI that draws, a second of one that floods. */
export const recordedPartBytesMax = 8_000_000;
/** All recordings of a repository; the oldest go first. */
export const recordingsBytesMax = 512_000_000;
/** Of one agent, what is read to be played back: about the last ten attempts. */
export const replayedBytesMax = 16_000_000;
/** Output that waits for a slow disk; what is more is left out, for no agent waits for a recording. */
export const unwrittenBytesMax = 1_000_000;
/** One file of unfinished work that is saved: what is typed is smaller, what is larger was downloaded, dumped or built. */
export const savedFileBytesMax = 50_000_000;
/** All that is saved of one worktree at a time: each of its snapshots may hold as much anew. */
export const savedWorkBytesMax = 200_000_000;
/** Gate output of settled tasks, and what was thrown away, are kept this long: somebody may still ask. */
export const keptFilesMs = 30 * 24 * 3_600_000;
/** What an agent's program wrote about a session that nobody resumes is kept this long, for whoever looks for a cause. */
export const sessionFilesMs = 24 * 3_600_000;
/** What the Belfry that runs leaves for `belfry status`: a few dozen needs of a few hundred letters. */
export const outsideNeedsBytesMax = 200_000;
/** What one gate run may leave on the disk; and what it may always, though logs that must stay fill their bound. */
export const gateLogBytesMax = 50_000_000;
export const gateLogBytesMin = 1_000_000;
/** All gate logs of a repository; beyond it the oldest of settled tasks go, then those of attempts that are over. */
export const gateLogsBytesMax = 500_000_000;
/** Files that setup made, which are compared before each gate run: about a second for each hundred thousand. */
export const comparedFilesMax = 200_000;
/** How often the bounds of what lies on the disk are looked after: what one hour adds is little beside them. */
export const upkeepEveryMs = 3_600_000;
/** Receipts of one write: after a long disk trouble they go in pieces, so that a broken one costs little. */
export const dueReceiptsMax = 200;
/** Each try reads the logs of all that are due again: not in every turn of a busy team. */
export const receiptRetryMs = 10_000;
/** Newest receipts that the page knows by their hashes; all are in the file. */
export const knownReceiptsMax = 2_000;
/** A team file is a page or two; more is another file, and is not read to its end. */
export const teamFileBytesMax = 1_000_000;
