import type { AgentId } from '../../core/ids.ts';
import type { FoundConcern } from '../../ports/concern.ts';
import type { Host } from '../../ports/host.ts';

/** A folder that somebody must be able to write to. */
export type Ground = {
  readonly folder: string;
  /** What lies there, in words. */
  readonly holds: string;
  readonly agents: readonly AgentId[];
};

/** Less does not hold what one long turn writes: a transcript of it is a few megabytes. */
export const fullDiskBytes = 10_000_000;
/** Room that comes and goes around the bound is one matter. */
const roomyDiskBytes = 2 * fullDiskBytes;

type DiskConcern = Extract<FoundConcern, { kind: 'disk' }>;

/** Notices that a disk is full before the programs that need it end of it. */
export class DiskWatch {
  readonly #host: Host;
  readonly #grounds: readonly Ground[];
  readonly #full = new Set<string>();

  constructor(host: Host, grounds: readonly Ground[]) {
    this.#host = host;
    this.#grounds = grounds;
  }

  /** One for each disk. */
  async look(): Promise<readonly DiskConcern[]> {
    const concerns = new Map<string, DiskConcern>();
    for (const { folder, holds, agents } of this.#grounds) {
      const disk = await this.#host.disk(folder);
      if (disk === null || !this.#isFull(disk.id, disk.freeBytes)) continue;
      const others = concerns.get(disk.id);
      concerns.set(disk.id, {
        ...{ kind: 'disk', key: `disk ${disk.id}`, freeBytes: disk.freeBytes },
        folder: others?.folder ?? folder,
        holds: [...new Set([...(others?.holds ?? []), holds])],
        agents: [...new Set([...(others?.agents ?? []), ...agents])],
      });
    }
    return [...concerns.values()];
  }

  #isFull(disk: string, freeBytes: number): boolean {
    if (freeBytes < fullDiskBytes) this.#full.add(disk);
    else if (freeBytes >= roomyDiskBytes) this.#full.delete(disk);
    return this.#full.has(disk);
  }
}
