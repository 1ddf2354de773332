import { foldFacts } from '../../core/apply/fold.ts';
import type { AgentId } from '../../core/ids.ts';
import type { Policy } from '../../core/policy.ts';
import { emptyState } from '../../core/state.ts';
import type { BoardFiles } from '../../ports/board-files.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Concern } from '../../ports/concern.ts';
import type { FollowJournal } from '../../ports/records/journal.ts';
import type { FollowReceipts, WrittenReceipt } from '../../ports/records/receipts.ts';
import type { ReadOnly, TeamStore } from '../../ports/team-store.ts';
import type { Terminal } from '../../ports/terminals.ts';
import type { Worktrees } from '../../ports/worktrees.ts';
import { Store } from '../store.ts';
import { taskDiff } from '../task-diff.ts';

export type OnlookerWorld = {
  readonly follow: FollowJournal;
  readonly followReceipts: FollowReceipts;
  readonly clock: Pick<Clock, 'now'>;
  readonly worktrees: Pick<Worktrees, 'pathOf' | 'diff' | 'landedDiff'>;
  readonly boardFiles: Pick<BoardFiles, 'pathOf'>;
  /** Who has the team. They may end, and `onChange` calls back then. */
  readonly holder: {
    readOnly(): ReadOnly;
    onChange(listener: () => void): () => void;
  };
  /** What the agents' terminals show. `onAppeared` calls back when one that was asked for is there. */
  readonly terminals: {
    terminalOf(agent: AgentId): Terminal | null;
    onAppeared(listener: () => void): () => void;
  };
};

export type Onlooker = {
  readonly store: TeamStore;
  stop(): void;
};

/**
 * The team of another process, as far as its durable facts tell: they are folded as that process folds them.
 * Its gate's output and its branches in flight live there, and nothing can be asked of it from here.
 */
export function onlook(
  world: OnlookerWorld,
  team: { readonly policy: Policy; readonly repositoryName: string },
): Onlooker {
  const { follow, followReceipts, clock, worktrees, boardFiles, terminals, holder } = world;
  const { policy, repositoryName } = team;
  const store = new Store();
  let receipts: readonly WrittenReceipt[] = [];
  let concerns: readonly Concern[] = [];
  const listeners = new Set<() => void>();
  const tell = () => {
    for (const listener of listeners) listener();
  };
  const stopReceipts = followReceipts(recent => {
    receipts = recent;
    tell();
  });
  const stopFacts = follow(
    (facts, isAnew) => store.publish(foldFacts(facts, isAnew ? emptyState : store.state), facts),
    ({ message: why }) => {
      concerns = [{ kind: 'journal', key: 'journal', since: clock.now(), agents: [], why }];
      tell();
    },
  );
  const refused = async () => holder.readOnly().why;
  return {
    stop() {
      stopFacts();
      stopReceipts();
    },
    store: {
      ...{ policy, repositoryName },
      get readOnly() {
        return holder.readOnly();
      },
      getState: () => store.state,
      subscribe(listener) {
        const stops = [
          store.subscribe(listener),
          terminals.onAppeared(listener),
          holder.onChange(listener),
        ];
        listeners.add(listener);
        return () => {
          listeners.delete(listener);
          for (const stopOne of stops) stopOne();
        };
      },
      get notices() {
        return store.notices;
      },
      recentEvents: () => store.recentEvents,
      command: refused,
      addTask: async () => ({ refused: holder.readOnly().why }),
      setPriority: refused,
      taskFile: task => boardFiles.pathOf(task),
      worktreeOf: agent => worktrees.pathOf(agent),
      terminalOf: agent => terminals.terminalOf(agent),
      branchPairs: () => [],
      receiptsOf: task => receipts.filter(one => one.task === task),
      personActed: () => {},
      concerns: () => concerns,
      noteConcern: () => {},
      gateRun: () => null,
      onGateChange: () => () => {},
      diffOf: task => taskDiff(store.state, worktrees, task),
      now: () => clock.now(),
    },
  };
}
