import { expect, test } from 'vitest';
import { defaultPolicy } from '../../src/core/policy.ts';
import type { AgentCli, StatusReading } from '../../src/ports/agent-cli.ts';
import { runTeam } from '../../src/supervisor/run-team.ts';
import { lookEveryMs } from '../../src/supervisor/surroundings/surroundings.ts';
import type { Member } from '../../src/supervisor/world.ts';
import { agentId } from '../support/core-builders.ts';
import { memoryWorld } from '../support/memory-world.ts';

const cli = {
  ...{ name: 'test', isScripted: false, environment: [], takesInstructions: true },
  abilities: { program: 'test', versions: '1.0.0', signals: [], holdsForMs: null },
  ...{ submitDelayMs: 0, interruptKeys: '', exitKeys: '' },
  sessionsFolder: () => null,
  launch: () => ({ file: 'test', args: [], env: {}, continues: false, sources: () => [] }),
  readStatus: (): StatusReading => ({
    ...{ status: 'idle', reason: 'its prompt', evidence: [], question: null },
  }),
} as unknown as AgentCli;
const member = {
  ...{ agent: agentId('eng-1'), role: 'engineer', cli, model: null, args: [], permissions: 'ask' },
  ...{ systemPrompt: '', home: '/home', environment: () => ({}) },
} as const satisfies Member;

/** A team whose program has been asked for its version, and does not tell it. */
async function askingTeam() {
  const world = memoryWorld();
  world.host.programs.set('test', { mark: 'one', version: '1.0.0' });
  world.host.hangs = true;
  const acceptance = { timeoutMs: 1_000, silenceMs: 1_000 };
  const team = await runTeam(
    world,
    { members: [member], policy: defaultPolicy, gate: [], acceptance },
    {
      ...{ repositoryName: 'harbour', sessionSalt: 'salt' },
      fail(error) {
        throw error;
      },
    },
  );
  while (world.host.running === 0) {
    world.clock.advance(lookEveryMs);
    await new Promise(setImmediate);
  }
  return { team, host: world.host };
}

test.each(['end', 'abandon'] as const)('%s leaves no program behind that was asked', async how => {
  const { team, host } = await askingTeam();
  const ended = team[how]();
  expect(host.running).toBe(1);
  await ended;
  expect(host.running).toBe(0);
});
