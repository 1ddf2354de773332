import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { AgentStatus } from '../../src/core/agent.ts';
import type { AgentId } from '../../src/core/ids.ts';
import type { AgentCli, LaunchRequest, Sign, StatusSigns } from '../../src/ports/agent-cli.ts';

const session = '0f6d3b1e-6f0a-4f0e-9b52-6d2a3c1f0e11';
const secret = 'must-not-travel';

const signsOf = (more: Partial<StatusSigns> = {}): StatusSigns => ({
  ...{ told: [], title: '', notification: '', lines: [], quietMs: 60_000, now: 0 },
  ...more,
});

const signOf = (status: AgentStatus): Sign => ({
  ...{ status, allows: [status], says: status, holdsForMs: null, question: null },
});

/**
 * What the rest of the program relies on, whatever program it is. `againstWorking` is what else a program shows
 * while its strongest source still says that it works, and that cannot be so.
 */
export function testAgentCli(
  name: string,
  create: () => AgentCli,
  againstWorking: Partial<StatusSigns> = {},
): void {
  const inFolder = (act: (request: LaunchRequest, folder: string) => void): void => {
    const folder = mkdtempSync(join(tmpdir(), 'belfry-cli-'));
    const [home, worktree] = [join(folder, 'home'), join(folder, 'worktree')];
    mkdirSync(home);
    mkdirSync(worktree);
    try {
      act(
        {
          ...{ agent: 'eng-1' as AgentId, role: 'engineer', session, resume: false },
          ...{ worktree, home, model: null, permissions: 'ask', args: [] },
          ...{ systemPrompt: 'Work on one task at a time.', env: { PATH: '/usr/bin:/bin' } },
        },
        folder,
      );
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };

  test(`${name}: a launch carries the environment it was given and nothing of Belfry's own`, () => {
    process.env['BELFRY_CONTRACT_SECRET'] = secret;
    try {
      inFolder(request => {
        const { file, args, env } = create().launch({ ...request, args: ['--own'] });
        expect(env).toMatchObject(request.env);
        expect(JSON.stringify([file, args, env])).not.toContain(secret);
        expect(args).toContain('--own');
      });
    } finally {
      delete process.env['BELFRY_CONTRACT_SECRET'];
    }
  });

  test(`${name}: a launch writes into the agent's home and nowhere else`, () => {
    inFolder((request, folder) => {
      create().launch(request);
      create().launch({ ...request, resume: true });
      expect(readdirSync(folder).sort()).toEqual(['home', 'worktree']);
      expect(readdirSync(request.worktree)).toEqual([]);
    });
  });

  test(`${name}: its instructions travel with the launch, or it says that they do not`, () => {
    inFolder(request => {
      const cli = create();
      const plain = JSON.stringify(cli.launch({ ...request, systemPrompt: '' }));
      const told = JSON.stringify(cli.launch(request));
      if (!cli.takesInstructions) expect(told).toBe(plain);
    });
  });

  test(`${name}: every source is named among its signals and survives any text`, () => {
    inFolder(request => {
      const cli = create();
      for (const source of cli.launch(request).sources(4_711)) {
        for (const text of ['', '{', 'null', '[]', '{"type":null}', '"\ud800"', 'x'.repeat(10_000)])
          expect(source.parse(text).filter(one => one.kind === 'promptReceived')).toEqual([]);
        expect(source.path.startsWith('/')).toBe(true);
      }
      expect(new Set(cli.abilities.signals).size).toBe(cli.abilities.signals.length);
    });
  });

  test(`${name}: an empty screen alone is no state, and hides no question`, () => {
    const cli = create();
    const { status, question } = cli.readStatus(signsOf());
    expect(['unknown', 'starting']).toContain(status);
    expect(question).toBeNull();
    for (const answer of ['yes', 'no'] as const) expect(cli.answerKeys(answer, [])).toBeNull();
  });

  test(`${name}: sources that exclude each other are unknown, never one of the two`, () => {
    const cli = create();
    const [one = '', other = ''] = cli.abilities.signals;
    const told = [
      { source: one, sign: signOf('working'), ageMs: 60_000 },
      { source: other, sign: signOf('idle'), ageMs: 0 },
    ];
    expect(cli.readStatus(signsOf({ told, ...againstWorking })).status).toBe('unknown');
  });

  test(`${name}: a reading depends on what it is given alone`, () => {
    const cli = create();
    const signs = signsOf({ title: 'a title', lines: ['some text', '> ', 'more'] });
    expect(cli.readStatus(signs)).toEqual(cli.readStatus(signs));
  });
}
