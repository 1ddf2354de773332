import { beforeEach, describe, expect, test } from 'vitest';
import type { AgentId } from '../../../src/core/ids.ts';
import type { AgentCli } from '../../../src/ports/agent-cli.ts';
import type { Terminal } from '../../../src/ports/terminals.ts';
import { fullDiskBytes } from '../../../src/supervisor/surroundings/disk-watch.ts';
import { lookEveryMs, Surroundings } from '../../../src/supervisor/surroundings/surroundings.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { MemoryHost } from '../../support/memory-host.ts';

const agentId = (id: string) => id as AgentId;
const cliNamed = (name: string, isScripted = false) =>
  ({ name, isScripted, abilities: { program: name, versions: '1.0.0 and 1.1.0' } }) as AgentCli;

let host: MemoryHost;
let clock: FakeClock;
let surroundings: Surroundings;
let terminals: Map<string, Terminal>;
const said: string[] = [];

/** A look is over when every promise behind it is. */
async function look(times = 1): Promise<void> {
  for (let count = 0; count < times; count += 1) {
    clock.advance(lookEveryMs);
    await new Promise(setImmediate);
  }
}

function start(agent: string): void {
  terminals.set(agent, { exit: null } as Terminal);
  surroundings.agentStarted();
}

function end(agent: string): void {
  terminals.set(agent, { exit: { code: 0, signal: 0 } } as Terminal);
}

beforeEach(() => {
  host = new MemoryHost();
  clock = new FakeClock();
  terminals = new Map();
  said.length = 0;
  const resident = (agent: string, cli: AgentCli) => ({
    ...{ agent: agentId(agent), cli, env: {} },
    terminal: () => terminals.get(agent) ?? null,
  });
  surroundings = new Surroundings({
    ...{ host, clock, say: text => said.push(text) },
    residents: [
      resident('eng-1', cliNamed('claude')),
      resident('eng-2', cliNamed('claude')),
      resident('eng-3', cliNamed('scripted', true)),
    ],
    grounds: [
      { folder: '/sessions', holds: 'claude’s sessions', agents: [agentId('eng-1')] },
      { folder: '/state', holds: 'Belfry’s journal', agents: [agentId('eng-2')] },
    ],
  });
  host.programs.set('claude', { mark: 'one', version: '1.0.0 (Claude Code)' });
  host.disks.set('/sessions', { id: 'a', freeBytes: 10 * fullDiskBytes });
  host.disks.set('/state', { id: 'b', freeBytes: 10 * fullDiskBytes });
});

describe('a program', () => {
  beforeEach(async () => {
    start('eng-1');
    start('eng-2');
    start('eng-3');
    await look();
  });

  test('that stays as it is says nothing, and is asked for its version once', async () => {
    await look(3);
    expect(surroundings.concerns).toEqual([]);
    expect(host.asked).toEqual(['claude']);
  });

  test('that is replaced is told with both versions, for those that run the old one', async () => {
    host.programs.set('claude', { mark: 'two', version: '1.1.0 (Claude Code)' });
    await look();
    // The installer may not be done.
    expect(surroundings.concerns).toEqual([]);
    await look();
    expect(surroundings.concerns).toMatchObject([
      {
        ...{ kind: 'updated', cli: 'claude', wasSeen: true, agents: ['eng-1', 'eng-2'] },
        ...{ from: '1.0.0 (Claude Code)', to: '1.1.0 (Claude Code)' },
      },
    ]);
    start('eng-1');
    await look(2);
    expect(surroundings.concerns).toMatchObject([{ agents: ['eng-2'] }]);
    end('eng-2');
    await look();
    expect(surroundings.concerns).toEqual([]);
  });

  test('of a version that was never seen at work says so', async () => {
    host.programs.set('claude', { mark: 'two', version: '2.0.0' });
    await look(2);
    expect(surroundings.concerns).toMatchObject([{ wasSeen: false }]);
  });

  test('installed again in the same version is no news', async () => {
    host.programs.set('claude', { mark: 'two', version: '1.0.0 (Claude Code)' });
    await look(3);
    expect(surroundings.concerns).toEqual([]);
  });

  test('replaced behind the same file is found at the next start of an agent', async () => {
    host.programs.set('claude', { mark: 'one', version: '1.1.0 (Claude Code)' });
    await look(2);
    expect(surroundings.concerns).toEqual([]);
    start('eng-1');
    await look();
    expect(surroundings.concerns).toMatchObject([{ kind: 'updated', agents: ['eng-2'] }]);
  });

  test('that tells no version is told apart by its file, and not asked again and again', async () => {
    host.programs.set('claude', { mark: 'two', version: null });
    await look(4);
    expect(surroundings.concerns).toMatchObject([{ kind: 'updated', to: null, wasSeen: null }]);
    expect(host.asked).toHaveLength(2);
  });

  test('replaced before its version was asked has no version to come from', async () => {
    start('eng-1');
    host.programs.set('claude', { mark: 'two', version: '1.1.0' });
    end('eng-2');
    await look(4);
    expect(surroundings.concerns).toMatchObject([{ from: null, to: '1.1.0', agents: ['eng-1'] }]);
    expect(host.asked).toHaveLength(2);
  });

  test('that is away for longer than an installer takes is missing', async () => {
    host.programs.delete('claude');
    await look();
    expect(surroundings.concerns).toEqual([]);
    await look();
    expect(surroundings.concerns).toMatchObject([{ kind: 'missing', program: 'claude' }]);
    host.programs.set('claude', { mark: 'one', version: '1.0.0 (Claude Code)' });
    await look();
    expect(surroundings.concerns).toEqual([]);
  });

  test('once noted is not told again, a further one is', async () => {
    host.programs.set('claude', { mark: 'two', version: '1.1.0' });
    await look(2);
    surroundings.note(surroundings.concerns[0]?.key ?? '');
    expect(surroundings.concerns).toEqual([]);
    await look(2);
    expect(surroundings.concerns).toEqual([]);
    host.programs.set('claude', { mark: 'three', version: '1.2.0' });
    await look(2);
    expect(surroundings.concerns).toMatchObject([{ to: '1.2.0' }]);
  });
});

describe('a disk', () => {
  test('that is full is told once, until there is room again', async () => {
    let changes = 0;
    surroundings.onChange(() => {
      changes += 1;
    });
    host.disks.set('/sessions', { id: 'a', freeBytes: 0 });
    await look();
    const [concern] = surroundings.concerns;
    expect(concern).toMatchObject({
      ...{ kind: 'disk', folder: '/sessions', freeBytes: 0 },
      ...{ holds: ['claude’s sessions'], agents: ['eng-1'], since: clock.now() },
    });
    await look(3);
    expect(surroundings.concerns[0]).toBe(concern);
    expect(changes).toBe(1);
    expect(said).toHaveLength(1);
    host.disks.set('/sessions', { id: 'a', freeBytes: fullDiskBytes });
    await look();
    expect(surroundings.concerns).toHaveLength(1);
    host.disks.set('/sessions', { id: 'a', freeBytes: 3 * fullDiskBytes });
    await look();
    expect(surroundings.concerns).toEqual([]);
  });

  test('that holds several things is one matter', async () => {
    for (const folder of ['/sessions', '/state']) host.disks.set(folder, { id: 'a', freeBytes: 5 });
    await look();
    expect(surroundings.concerns).toMatchObject([
      { holds: ['claude’s sessions', 'Belfry’s journal'], agents: ['eng-1', 'eng-2'] },
    ]);
  });

  test('that cannot be looked at says nothing', async () => {
    host.disks.clear();
    await look();
    expect(surroundings.concerns).toEqual([]);
  });
});

test('stopped, it looks no more', async () => {
  surroundings.stop();
  expect(clock.nextAlarm).toBeNull();
});

test('a program that was asked for its version is given up when the team ends', async () => {
  host.hangs = true;
  start('eng-1');
  await look();
  expect(host.running).toBe(1);
  await surroundings.stop();
  expect(host.running).toBe(0);
});
