import type { AgentId, Instant } from '../core/ids.ts';
import type { LeftFile } from './worktrees.ts';

/** Something outside of Belfry that went wrong under it or under the agents' programs. Only the person can settle it. */
export type Concern = ConcernBody & {
  /** The same for as long as it is the same matter. */
  readonly key: string;
  readonly since: Instant;
  /** Who is touched by it. */
  readonly agents: readonly AgentId[];
};

/** As it is found, before it is known since when. */
export type FoundConcern = Found<Concern>;
type Found<Of> = Of extends unknown ? Omit<Of, 'since'> : never;

type ConcernBody =
  /** The disk under `folder` takes nothing more that is worth writing. */
  | {
      readonly kind: 'disk';
      readonly folder: string;
      readonly freeBytes: number;
      /** What lies there, in words: `claude’s sessions`. */
      readonly holds: readonly string[];
    }
  /** The program that the agents run was replaced: `agents` still run the old one. */
  | {
      readonly kind: 'updated';
      readonly cli: string;
      /** As the programs tell their versions; null where they do not. */
      readonly from: string | null;
      readonly to: string | null;
      /** Whether Belfry was seen at work with the new version; null where that is not told. */
      readonly wasSeen: boolean | null;
    }
  /** Files of an agent's unfinished work are too large to be saved with the rest of it; the largest first. */
  | { readonly kind: 'unsaved'; readonly folder: string; readonly files: readonly LeftFile[] }
  /** Receipts of what is gated and landed cannot be written; the team goes on without them. */
  | { readonly kind: 'receipts'; readonly why: string }
  /** What the process that has the team writes down cannot be read: what is shown of it is older. */
  | { readonly kind: 'journal'; readonly why: string }
  /** The program is not on the PATH any more. */
  | { readonly kind: 'missing'; readonly cli: string; readonly program: string };
