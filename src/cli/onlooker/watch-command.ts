import { basename, join, resolve } from 'node:path';
import { createBoardFiles } from '../../adapters/board/board-files.ts';
import { createWorktrees } from '../../adapters/git/worktrees.ts';
import { followJournal } from '../../adapters/journal/follow-journal.ts';
import { followReceipts } from '../../adapters/receipts/follow-receipts.ts';
import { receiptPaths } from '../../adapters/receipts/receipt-paths.ts';
import { createReplayOf } from '../../adapters/recording/file-replay.ts';
import {
  type FollowedTerminals,
  followTerminals,
} from '../../adapters/recording/follow-terminals.ts';
import { SystemClock } from '../../adapters/system/system-clock.ts';
import { type Onlooker, onlook } from '../../supervisor/onlooker/onlook.ts';
import { unwatchedTeamFile } from '../../ui/feed.ts';
import { loadAgentManifests } from '../agent-clis/load-agent-manifests.ts';
import type { Io } from '../io.ts';
import { type OpenedRepository, openState } from '../open-state.ts';
import { DeferredStore } from '../page/deferred-store.ts';
import { isHeard } from '../page/is-heard.ts';
import { openPage } from '../page/open-page.ts';
import { awaitEnd, showOpening } from '../page/opening-screen.ts';
import { loadPageSettings } from '../page/page-settings.ts';
import { parseCommand } from '../parse-arguments.ts';
import { asHeard, requireTerminal } from '../run-command.ts';
import { loadTeamFile } from '../team-file/load-team-file.ts';
import { type FollowedHolder, followHolder } from './follow-holder.ts';

/** `belfry watch [FOLDER]`: the page on a team that another process runs. Takes no lock and changes nothing. */
export async function runWatchCommand(args: readonly string[], given: Io): Promise<number> {
  const { flags, positionals } = parseCommand(args, {
    flags: { 'screen-reader': 'boolean' },
    positionals: [0, 1],
  });
  const io = flags['screen-reader'] ? asHeard(given) : given;
  requireTerminal();
  const opened = await openState(resolve(io.cwd, positionals[0] ?? '.'), io);
  const holder = followHolder(opened.state.lock, new SystemClock());
  try {
    return await show(opened, holder, io);
  } finally {
    holder.stop();
  }
}

async function show(opened: OpenedRepository, holder: FollowedHolder, io: Io): Promise<number> {
  const terminals = followTerminals(opened.state.recordings);
  const onlooker = await lookAt(opened, { terminals, holder });
  const name = basename(opened.root);
  const screen = (await isHeard(io.env)) ? awaitEnd() : showOpening(name);
  const store = new DeferredStore(name);
  const page = openPage(store, await loadPageSettings(io.env), screen);
  store.attach(onlooker.store, replaysIn(opened), unwatchedTeamFile);
  const end = await screen.ended;
  onlooker.stop();
  terminals.stop();
  page.close();
  if (end.kind === 'failed') throw end.error;
  return end.kind === 'signal' ? 128 + end.number : 0;
}

async function lookAt(
  opened: OpenedRepository,
  followed: { readonly terminals: FollowedTerminals; readonly holder: FollowedHolder },
): Promise<Onlooker> {
  const { root, state } = opened;
  const teamFile = join(root, '.belfry', 'team.yaml');
  const { policy } = await loadTeamFile(teamFile, loadAgentManifests(root));
  const world = {
    follow: followJournal(state.journal),
    followReceipts: followReceipts(receiptPaths(state.receipts).file),
    ...followed,
    clock: { now: () => Date.now() },
    worktrees: createWorktrees({ state, setUp: async () => {} }),
    boardFiles: createBoardFiles({
      folder: join(root, '.belfry', 'tasks'),
      record: state.boardRecord,
    }),
  };
  return onlook(world, { policy, repositoryName: basename(root) });
}

const replaysIn = ({ state }: OpenedRepository) => ({
  isRecording: true,
  replayOf: createReplayOf(state.recordings, async () => {}),
});
