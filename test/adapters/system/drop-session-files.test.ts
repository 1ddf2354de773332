import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { dropSessionFiles } from '../../../src/adapters/system/drop-session-files.ts';
import { sessionFilesMs } from '../../../src/core/limits.ts';
import { sessionIdOf } from '../../../src/supervisor/cli-session.ts';

const agents = mkdtempSync(join(tmpdir(), 'belfry-'));
afterEach(() => rmSync(agents, { recursive: true, force: true }));

const now = 1_900_000_000_000;
function write(agent: string, names: readonly string[], ageMs: number): void {
  mkdirSync(join(agents, agent), { recursive: true });
  for (const name of names) {
    writeFileSync(join(agents, agent, name), '');
    const at = (now - ageMs) / 1_000;
    utimesSync(join(agents, agent, name), at, at);
  }
}

test('files of sessions that are over go after a day, all others stay', async () => {
  const [ended, current, recent] = ['eng-1-1', 'eng-1-2', 'eng-1-3'].map(one =>
    sessionIdOf('/a', one),
  );
  const old = sessionFilesMs + 1_000;
  const own = ['reading.json', 'claude-settings.json', 'played.json'];
  const kept = [`hooks-${current}.jsonl`, `thread-${current}.json`];
  const over = [`hooks-${ended}.jsonl`, `status-${ended}.jsonl`, `began-${ended}`];
  write('eng-1', [...own, ...kept, ...over], old);
  write('eng-1', [`hooks-${recent}.jsonl`], sessionFilesMs - 1_000);
  // Of an agent that left the team.
  write('eng-9', [`own-session-${ended}`, `log-${ended}.txt`], old);
  const errors: string[] = [];
  await dropSessionFiles(agents, {
    ...{ now, isResumable: session => session === current },
    onError: reason => errors.push(reason),
  });
  const left = [...own, ...kept, `hooks-${recent}.jsonl`];
  expect(readdirSync(join(agents, 'eng-1')).toSorted()).toEqual(left.toSorted());
  expect(readdirSync(join(agents, 'eng-9'))).toEqual([]);
  expect(errors).toEqual([]);
});

test('a folder that is not there is none', async () => {
  const gone = join(agents, 'gone');
  await dropSessionFiles(gone, { now, isResumable: () => false, onError: expect.unreachable });
});
