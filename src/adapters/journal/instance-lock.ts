import { randomUUID } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { codeOf } from '../../lib/thrown.ts';
import { identify, isRunning } from '../system/processes.ts';

export type LockHolder = {
  readonly pid: number;
  readonly host: string;
  /** When it took the lock, milliseconds since the Unix epoch. */
  readonly startedAt: number;
};

export type LockAnswer =
  | {
      readonly ok: true;
      /** Higher than that of every holder before. */
      readonly epoch: number;
      release(): void;
    }
  | {
      readonly ok: false;
      /** Null when its file cannot be read. */
      readonly holder: LockHolder | null;
      /** Unknown: on another host or in another container, where nobody here can see whether it runs. */
      readonly why: 'alive' | 'unknown';
      /** What a person may delete once they know that the holder is gone. */
      readonly file: string;
    };

type Claim = LockHolder & {
  readonly startTime: string;
  readonly pidNamespace: string;
  readonly isReleased: boolean;
};

const lockPattern = /^lock\.([1-9]\d*)$/;
const draftPrefix = '.claim-';
/** Each lost round means that somebody else won one, so this many are never needed. */
const roundsMax = 100;

/**
 * One Belfry per state folder. The folder holds `lock.<epoch>`, and the highest one names the holder. It is
 * passed over only when its holder is proved dead: then the next number is claimed by a hard link, which
 * fails when the name exists and shows the file only when it is whole. The newest file is never deleted, so
 * numbers rise for ever. Time plays no part: a holder that sleeps keeps the lock.
 */
export function acquireInstanceLock(folder: string): LockAnswer {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  let top = newestEpoch(folder);
  for (let round = 0; round < roundsMax; round += 1) {
    const holder = top === 0 ? 'none' : readClaim(lockFile(folder, top));
    const state = holder === 'none' ? 'dead' : stateOf(holder);
    if (state !== 'dead')
      return {
        ok: false,
        holder: holder === 'none' ? null : publicPart(holder),
        why: state,
        file: lockFile(folder, top),
      };
    const epoch = top + 1;
    if (takeEpoch(folder, epoch)) {
      tidy(folder, epoch);
      return { ok: true, epoch, release: once(() => release(folder, epoch)) };
    }
    top = newestEpoch(folder);
  }
  return { ok: false, holder: null, why: 'unknown', file: lockFile(folder, top) };
}

/** Who holds the lock of a state folder; null when nobody does. Takes nothing. */
export function instanceHolder(folder: string): LockHolder | null {
  const top = existsSync(folder) ? newestEpoch(folder) : 0;
  const claim = top === 0 ? 'none' : readClaim(lockFile(folder, top));
  return claim === 'none' || claim === null || stateOf(claim) === 'dead' ? null : publicPart(claim);
}

/** `none` when it was tidied away meanwhile; null when it says nothing that can be understood. */
function readClaim(file: string): Claim | null | 'none' {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return isClaim(value) ? value : null;
  } catch (error) {
    return codeOf(error) === 'ENOENT' ? 'none' : null;
  }
}

function isClaim(value: unknown): value is Claim {
  const claim = value as Partial<Claim> | null;
  return (
    typeof claim === 'object' &&
    typeof claim?.pid === 'number' &&
    typeof claim.host === 'string' &&
    typeof claim.startedAt === 'number' &&
    typeof claim.startTime === 'string' &&
    typeof claim.pidNamespace === 'string' &&
    typeof claim.isReleased === 'boolean'
  );
}

function stateOf(holder: Claim | null): 'alive' | 'dead' | 'unknown' {
  if (holder === null) return 'unknown';
  if (holder.isReleased) return 'dead';
  if (holder.host !== hostname() || holder.pidNamespace !== pidNamespace()) return 'unknown';
  return isRunning(holder) ? 'alive' : 'dead';
}

/**
 * Takes this number, whose forerunner's holder was proved dead. False when somebody else was faster: the
 * number is taken, or was taken, given back and tidied away, and a higher one is there.
 */
export function takeEpoch(folder: string, epoch: number): boolean {
  const draft = writeDraft(folder, ownClaim());
  try {
    linkSync(draft, lockFile(folder, epoch));
  } catch (error) {
    // ENOENT: a winner tidied our draft away.
    const code = codeOf(error);
    if (code === 'EEXIST' || code === 'ENOENT') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  if (newestEpoch(folder) === epoch) return true;
  rmSync(lockFile(folder, epoch), { force: true });
  return false;
}

function ownClaim(): Claim {
  const identity = identify(process.pid);
  if (identity === null) throw new Error('cannot read the start time of this process');
  return {
    ...identity,
    host: hostname(),
    startedAt: Date.now(),
    pidNamespace: pidNamespace(),
    isReleased: false,
  };
}

/** Never throws: on a full disk the lock is given back by the end of its holder, which everybody can see. */
export function release(folder: string, epoch: number, write = writeDraft): void {
  const file = lockFile(folder, epoch);
  const own = readClaim(file);
  if (own === null || own === 'none') return;
  try {
    renameSync(write(folder, { ...own, isReleased: true }), file);
  } catch {
    // Whoever ends says why it ends, and nothing of this.
  }
}

/** On stable storage before it gets its name: an empty lock after a power failure could be nobody's. */
function writeDraft(folder: string, claim: Claim): string {
  const draft = join(folder, `${draftPrefix}${randomUUID()}`);
  const fd = openSync(draft, 'wx', 0o600);
  try {
    writeFileSync(fd, JSON.stringify(claim));
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
  return draft;
}

function tidy(folder: string, epoch: number): void {
  for (const name of readdirSync(folder)) {
    const number = Number(lockPattern.exec(name)?.[1] ?? epoch);
    if (number < epoch || name.startsWith(draftPrefix)) rmSync(join(folder, name), { force: true });
  }
}

/** 0 when there is none. */
function newestEpoch(folder: string): number {
  const epochs = readdirSync(folder).map(name => Number(lockPattern.exec(name)?.[1] ?? 0));
  return Math.max(0, ...epochs);
}

function lockFile(folder: string, epoch: number): string {
  return join(folder, `lock.${epoch}`);
}

function publicPart(claim: Claim | null): LockHolder | null {
  return claim && { pid: claim.pid, host: claim.host, startedAt: claim.startedAt };
}

/** Pids mean something only inside one. Only Linux has them. */
function pidNamespace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return '';
  }
}

function once(action: () => void): () => void {
  let isDone = false;
  return () => {
    if (!isDone) action();
    isDone = true;
  };
}
