import { basename, join } from 'node:path';
import { waitForLeftoverGits } from '../adapters/git/leftover-gits.ts';
import { acquireInstanceLock } from '../adapters/journal/instance-lock.ts';
import { openRecording } from '../adapters/recording/open-recording.ts';
import { endTree } from '../adapters/system/processes.ts';
import { startUpkeep } from '../adapters/system/upkeep.ts';
import type { TaskId } from '../core/ids.ts';
import type { State } from '../core/state.ts';
import { BoardError } from '../ports/board-files.ts';
import type { Replays } from '../ports/records/replays.ts';
import type { TeamStore } from '../ports/team-store.ts';
import { GitError } from '../ports/worktrees.ts';
import { sessionIdOf } from '../supervisor/cli-session.ts';
import { runTeam } from '../supervisor/run-team.ts';
import { fullTime } from '../ui/present/age.ts';
import { loadAgentManifests } from './agent-clis/load-agent-manifests.ts';
import { unpassedKeys } from './agent-clis/login.ts';
import { checkStart } from './check-start.ts';
import { compose } from './compose.ts';
import type { Io } from './io.ts';
import { asJournalProblem } from './journal-problem.ts';
import { type OpenedRepository, openState } from './open-state.ts';
import { ownSettings } from './page/own-settings.ts';
import { loadTeamFile } from './team-file/load-team-file.ts';
import { teamFileNews } from './team-file/team-file-news.ts';
import { UserError } from './user-error.ts';

export type OpenedTeam = {
  readonly store: TeamStore;
  /** What the agents' terminals showed. */
  readonly replays: Replays;
  /** Path of the team.yaml that was read. */
  readonly teamFile: string;
  /** Path of the file for what only this process sees of what needs the person. */
  readonly outsideNeeds: string;
  /** How that file differs from the one of the last start, and what agents lack by it, in sentences; null: nothing. */
  readonly teamNews: string | null;
  /** Why a team could not be started from that file as it is by then; null when it could. */
  teamFileProblem(): Promise<string | null>;
  /** Saves everything, ends the agents, gives the lock back. */
  end(): Promise<void>;
  /** The same without the journal: it, or the program, is not to be trusted any more. */
  abandon(): Promise<void>;
};

function logStanding({ tasks }: State, id: TaskId, attempt: number) {
  const task = tasks[id];
  if (task === undefined) return 'open';
  if (task.column === 'done') return 'settled';
  return task.attempts[attempt - 1]?.end == null ? 'open' : 'ended';
}

/** `sysexits.h`: try again later; somebody else has the repository. */
const exitHeld = 75;
/** A tool child gets this long to end by itself before it is killed. */
const orphanGraceMs = 500;

/** Everything between a folder and a working team: each thing that can be wrong is said in one message. */
export async function openTeam(
  folder: string,
  io: Io,
  fail: (error: unknown) => void,
): Promise<OpenedTeam> {
  const opened = await openState(folder, io);
  const manifests = loadAgentManifests(opened.root);
  const teamFile = teamFileOf(opened);
  const team = await loadTeamFile(teamFile, manifests);
  await checkStart(opened, team, io);
  const lock = acquireInstanceLock(opened.state.lock);
  if (!lock.ok) throw new UserError(heldBy(lock, opened.root), exitHeld);
  try {
    // What a killed Belfry left behind: its agents' tools may run in sessions of their own.
    await endTree(0, opened.state.root, orphanGraceMs);
    await waitForLeftoverGits(opened.state.root);
    const { settings } = await ownSettings(io.env);
    const recording = openRecording(opened.state.recordings, settings.record);
    const { tapFor, replays } = recording;
    const { world, team: composed } = await compose({
      ...{ opened, team, manifests, io, epoch: lock.epoch, tapFor },
    });
    const running = await runTeam(world, composed, {
      repositoryName: basename(opened.root),
      sessionSalt: opened.state.root,
      fail,
    });
    const news = [
      teamFileNews(teamFile, opened.state.lastTeamFile),
      ...unpassedKeys(team, manifests, io.env),
    ];
    const teamNews = news.filter(one => one !== null).join(' · ') || null;
    const stopUpkeep = startUpkeep({
      board: join(opened.root, '.belfry', 'tasks'),
      ...{ state: opened.state, clock: world.clock, onError: reason => world.log.write(reason) },
      newestFact: () => running.store.getState().at,
      isResumable: session =>
        Object.values(running.store.getState().agents).some(
          one => one.session !== null && sessionIdOf(opened.state.root, one.session) === session,
        ),
      gate: world.gate,
      logRules: {
        noteRemoved: logs => world.receipts.noteRemoved(logs),
        standingOf: (task, attempt) => logStanding(running.store.getState(), task, attempt),
      },
    });
    const stopRecording = recording.follow(running.store);
    const finish = async () => {
      // A repository that is being packed does not keep anybody from leaving; the next start waits for that git.
      void stopUpkeep();
      await stopRecording();
      lock.release();
    };
    return {
      store: running.store,
      teamFile,
      outsideNeeds: opened.state.outsideNeeds,
      teamNews,
      teamFileProblem: () => startProblem(opened, io),
      replays,
      end: () => running.end().then(finish),
      abandon: () => running.abandon().then(finish),
    };
  } catch (error) {
    lock.release();
    if (error instanceof BoardError) throw new UserError(error.message);
    if (error instanceof GitError)
      throw new UserError(`${error.message}
More may stand in ${opened.state.log}.`);
    throw asJournalProblem(error);
  }
}

const teamFileOf = ({ root }: OpenedRepository): string => join(root, '.belfry', 'team.yaml');

async function startProblem(opened: OpenedRepository, io: Io): Promise<string | null> {
  try {
    await checkStart(opened, await loadTeamFile(teamFileOf(opened)), io);
    return null;
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
}

function heldBy(
  lock: Exclude<ReturnType<typeof acquireInstanceLock>, { ok: true }>,
  root: string,
): string {
  const { holder, why, file } = lock;
  if (holder === null)
    return `the lock ${file} cannot be read; delete it if no Belfry runs on ${root}.`;
  const since = fullTime(holder.startedAt);
  const who = `process ${holder.pid} on ${holder.host}, since ${since}`;
  return why === 'alive'
    ? `a Belfry already runs on ${root}: ${who}. ` +
        '“belfry watch” opens the page on it from here, read-only; “belfry status” prints where it stands.'
    : `${root} is held by ${who}, and nobody here can see whether that still runs. ` +
        `When you know that it does not, delete ${file}.`;
}
