import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { acquireInstanceLock } from '../../../src/adapters/journal/instance-lock.ts';
import { createDemoRepository } from '../../../src/cli/demo/demo-repository.ts';
import { openState } from '../../../src/cli/open-state.ts';
import {
  keepOutsideNeeds,
  readOutsideNeeds,
} from '../../../src/cli/outside-needs/outside-needs.ts';
import { runStatusCommand } from '../../../src/cli/status-command.ts';
import type { Concern } from '../../../src/ports/concern.ts';
import type { TeamFileChange } from '../../../src/ports/team-file.ts';
import { recordedIo } from '../agent-verbs/worktree.ts';

const root = mkdtempSync(join(tmpdir(), 'belfry-outside-'));
afterAll(() => rmSync(root, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 }));

const disk: Concern = {
  ...{ kind: 'disk', key: 'disk', since: 5, agents: [], folder: '/home', freeBytes: 0 },
  holds: ['claude’s sessions'],
};

/** What a running Belfry sees, changed by hand. */
function seenBy() {
  const listeners = new Set<() => void>();
  let concerns: readonly Concern[] = [];
  let change: TeamFileChange | null = null;
  const subscribe = (listener: () => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  const tell = () => {
    for (const listener of listeners) listener();
  };
  return {
    seen: {
      store: { subscribe, concerns: () => concerns },
      teamFile: { subscribe, change: () => change, apply: () => {} },
    },
    find(found: readonly Concern[]) {
      concerns = found;
      tell();
    },
    edit(next: TeamFileChange | null) {
      change = next;
      tell();
    },
    listeners,
  };
}

test('what only a running Belfry sees is left for others while it runs, and not longer', () => {
  const path = join(root, 'needs.json');
  const world = seenBy();
  const stop = keepOutsideNeeds(path, 7, world.seen);
  expect(readOutsideNeeds(path, 7)).toEqual([]);
  world.find([disk]);
  world.edit({ path: '/r/.belfry/team.yaml', at: 9, diff: ['- a', '+ b'], problem: null });
  expect(readOutsideNeeds(path, 7)).toMatchObject([
    { kind: 'disk', since: 5 },
    { kind: 'teamFile', subject: 'team.yaml changed', since: 9 },
  ]);
  // Another process has another view of the world.
  expect(readOutsideNeeds(path, 8)).toBeNull();
  world.find([]);
  world.edit(null);
  expect(readOutsideNeeds(path, 7)).toEqual([]);
  stop();
  expect(existsSync(path)).toBe(false);
  expect(world.listeners.size).toBe(0);
});

test('where it cannot be written nothing older stands for it, and what is no list is not known', () => {
  const folder = join(root, 'full');
  mkdirSync(folder);
  const path = join(folder, 'needs.json');
  const world = seenBy();
  const stop = keepOutsideNeeds(path, 7, world.seen);
  // A folder in the draft's place refuses the write, as a full disk does.
  mkdirSync(`${path}.new`);
  world.find([disk]);
  expect(readOutsideNeeds(path, 7)).toBeNull();
  expect(readdirSync(folder)).toEqual(['needs.json.new']);
  stop();
  writeFileSync(path, '{"pid": 7, "needs": [{"kind": 1}]}');
  expect(readOutsideNeeds(path, 7)).toBeNull();
});

test('belfry status tells it beside what the journal knows, or says that it is not known', async () => {
  const folder = join(root, 'tally');
  const env = { HOME: root, XDG_STATE_HOME: join(root, 'state') };
  await createDemoRepository(folder);
  const { state } = await openState(folder, recordedIo(folder, env));
  const status = async (): Promise<{ needs: unknown; isOutsideTold: boolean }> => {
    const io = recordedIo(folder, env);
    await runStatusCommand(['--json'], io);
    return JSON.parse(io.out.join(''));
  };
  expect(await status()).toMatchObject({ pid: null, isOutsideTold: false });
  const lock = acquireInstanceLock(state.lock);
  if (!lock.ok) throw new Error('somebody has the team already');
  try {
    expect(await status()).toMatchObject({ needs: [], isOutsideTold: false });
    const world = seenBy();
    const stop = keepOutsideNeeds(state.outsideNeeds, process.pid, world.seen);
    world.find([disk]);
    expect(await status()).toMatchObject({ needs: [{ kind: 'disk' }], isOutsideTold: true });
    stop();
  } finally {
    lock.release();
  }
});
