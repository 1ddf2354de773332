import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { readBoundedFile } from '../../adapters/system/read-bounded-file.ts';
import { outsideNeedsBytesMax } from '../../core/limits.ts';
import { defaultPolicy } from '../../core/policy.ts';
import { emptyState } from '../../core/state.ts';
import { cleanText } from '../../lib/clean-text.ts';
import { jsonText } from '../../lib/json-text.ts';
import type { TeamFile } from '../../ports/team-file.ts';
import type { TeamStore } from '../../ports/team-store.ts';
import { needsYou } from '../../ui/present/needs.ts';

const clean = z.string().transform(cleanText);
const leftSchema = z.object({
  /** Of the Belfry that wrote it: what another one saw is over. */
  pid: z.number(),
  needs: z.array(z.object({ kind: clean, subject: clean, text: clean, since: z.number() })),
});

/** A need that is no fact of the journal: a disk, a program, a changed team.yaml. Clean. */
export type OutsideNeed = z.infer<typeof leftSchema>['needs'][number];

type Seen = {
  readonly store: Pick<TeamStore, 'subscribe' | 'concerns'>;
  readonly teamFile: TeamFile;
};

/** Leaves in a file what only the Belfry that runs sees, for whoever asks in a shell. Returns what ends it. */
export function keepOutsideNeeds(path: string, pid: number, { store, teamFile }: Seen): () => void {
  let last: readonly unknown[] = [];
  const keep = (): void => {
    const beside = { teamFile: teamFile.change(), concerns: store.concerns() };
    // Asked after every turn: the same lists say the same.
    if (last[0] === beside.teamFile && last[1] === beside.concerns) return;
    last = [beside.teamFile, beside.concerns];
    const needs = needsYou(emptyState, defaultPolicy, beside).map(
      ({ kind, subject, text, since }) => ({ kind, subject, text, since }),
    );
    leave(path, jsonText({ pid, needs }));
  };
  keep();
  const stops = [store.subscribe(keep), teamFile.subscribe(keep)];
  return () => {
    for (const stop of stops) stop();
    rmSync(path, { force: true });
  };
}

function leave(path: string, text: string): void {
  const draft = `${path}.new`;
  try {
    writeFileSync(draft, text, { mode: 0o600 });
    renameSync(draft, path);
  } catch {
    // On a disk that takes nothing more: without the file it is said that nothing is known, and that is true.
    rmSync(path, { force: true });
  }
}

/** What the Belfry with this process id left; null where it left nothing that can be read. */
export function readOutsideNeeds(path: string, pid: number): readonly OutsideNeed[] | null {
  try {
    const left = leftSchema.parse(JSON.parse(readBoundedFile(path, outsideNeedsBytesMax)));
    return left.pid === pid ? left.needs : null;
  } catch {
    return null;
  }
}
