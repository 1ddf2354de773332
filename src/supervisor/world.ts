import type { Role } from '../core/agent.ts';
import type { AgentId } from '../core/ids.ts';
import type { Policy } from '../core/policy.ts';
import type { AgentCli, ReadingNotes, TailLines, WatchText } from '../ports/agent-cli.ts';
import type { BoardFiles } from '../ports/board-files.ts';
import type { BranchRadar } from '../ports/branch-radar.ts';
import type { Clock } from '../ports/clock.ts';
import type { Gate, GateCommand } from '../ports/gate.ts';
import type { Host } from '../ports/host.ts';
import type { Log } from '../ports/log.ts';
import type { Mailbox } from '../ports/mailbox.ts';
import type { Journal } from '../ports/records/journal.ts';
import type { Receipts } from '../ports/records/receipts.ts';
import type { RepositoryFacts } from '../ports/repository-facts.ts';
import type { Permissions } from '../ports/team-config.ts';
import type { Terminals } from '../ports/terminals.ts';
import type { Trunk } from '../ports/trunk.ts';
import type { Worktrees } from '../ports/worktrees.ts';

/** One place on the team and how it is filled. */
export type Member = {
  readonly agent: AgentId;
  readonly role: Role;
  readonly cli: AgentCli;
  readonly model: string | null;
  readonly args: readonly string[];
  readonly permissions: Permissions;
  /** The role's standing instructions. */
  readonly systemPrompt: string;
  /** A private folder outside every repository; exists. */
  readonly home: string;
  /** The whole environment of its PTY, for a worktree at this path. */
  environment(worktree: string): Readonly<Record<string, string>>;
};

export type Team = {
  readonly members: readonly Member[];
  readonly policy: Policy;
  /** Run on every merge result, before the task's own acceptance commands. */
  readonly gate: readonly GateCommand[];
  /** Timeouts of acceptance commands. */
  readonly acceptance: { readonly timeoutMs: number; readonly silenceMs: number };
};

/** Everything outside, behind ports. The supervisor knows no other way out. */
export type World = {
  readonly clock: Clock;
  readonly journal: Journal;
  readonly terminals: Terminals;
  readonly tailLines: TailLines;
  readonly watchText: WatchText;
  readonly notes: ReadingNotes;
  readonly worktrees: Worktrees;
  readonly trunk: Trunk;
  readonly gate: Gate;
  readonly boardFiles: BoardFiles;
  readonly facts: RepositoryFacts;
  readonly radar: BranchRadar;
  readonly mailbox: Mailbox;
  readonly receipts: Receipts;
  readonly host: Host;
  readonly log: Log;
};
