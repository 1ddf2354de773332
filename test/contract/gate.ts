import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Oid } from '../../src/core/ids.ts';
import type { Gate, GateCommand } from '../../src/ports/gate.ts';

export type ContractGate = {
  readonly gate: Gate;
  /** A commit that holds exactly these files. */
  commit(files: Readonly<Record<string, string>>): Promise<Oid>;
  remove(): Promise<void>;
};

/**
 * Commands that every implementation of the port understands: `true`, `false`, `echo words`,
 * `test -f path`, `sleep seconds`, joined by `&&`.
 */
export const command = (line: string, bounds: Partial<GateCommand> = {}): GateCommand => ({
  ...{ name: 'test', command: line, timeoutMs: 20_000, silenceMs: 20_000 },
  ...bounds,
});

/** What every implementation of the port `Gate` has to do. */
export function describeGate(name: string, create: () => Promise<ContractGate>): void {
  describe(`${name} keeps the contract of gates`, () => {
    let made: ContractGate;
    let commit: Oid;
    const open = async (files: Readonly<Record<string, string>> = { 'a.txt': 'a\n' }) => {
      made = await create();
      commit = await made.commit(files);
      return made.gate;
    };
    const run = (...commands: readonly GateCommand[]) =>
      made.gate.run({ id: 'T-1-1-1', commit, commands });
    afterEach(() => made.remove());

    it('it passes when every command does', async () => {
      const gate = await open();
      expect(gate.current).toBeNull();
      expect(await run(command('true'), command('echo hello'))).toEqual({
        outcome: 'passed',
        durationMs: expect.any(Number),
      });
      expect(gate.current).toMatchObject({ id: 'T-1-1-1', command: 'echo hello' });
      expect(gate.current?.tail).toContain('hello');
      expect(gate.current?.endedAt).not.toBeNull();
    });

    it('the first command that fails ends the run, and its output is the excerpt', async () => {
      const gate = await open();
      const failing = command('echo not ok 1 - adds && false', { name: 'unit' });
      const result = await run(command('echo before'), failing, command('echo never'));
      if (result.outcome !== 'failed') throw new Error(result.outcome);
      expect(result.excerpt).toContain('unit');
      expect(result.excerpt).toContain('not ok 1 - adds');
      expect(result.excerpt).not.toContain('before');
      expect(gate.current?.tail.join('\n')).not.toContain('never');
    });

    it('the commands see the files of the commit, and of no other', async () => {
      const gate = await open({ 'a.txt': 'a\n' });
      const other = await made.commit({ 'sub/b.txt': 'b\n' });
      const sees = (path: string) => [command(`test -f ${path}`)];
      expect((await gate.run({ id: '1', commit, commands: sees('a.txt') })).outcome).toBe('passed');
      expect((await gate.run({ id: '2', commit: other, commands: sees('a.txt') })).outcome).toBe(
        'failed',
      );
      expect(
        (await gate.run({ id: '3', commit: other, commands: sees('sub/b.txt') })).outcome,
      ).toBe('passed');
    });

    it('a commit that does not exist is a fault, not a failure', async () => {
      const gate = await open();
      const result = await gate.run({
        ...{ id: 'x', commit: 'f'.repeat(40) as Oid, commands: [command('true')] },
      });
      expect(result.outcome).toBe('faulted');
    });

    it('a command that takes too long, or is silent too long, fails and says so', async () => {
      await open();
      const slow = await run(command('sleep 30', { timeoutMs: 100 }));
      expect(slow).toMatchObject({ outcome: 'failed', excerpt: expect.stringContaining('time') });
      const silent = await run(command('echo x && sleep 30', { silenceMs: 100 }));
      expect(silent).toMatchObject({
        ...{ outcome: 'failed', excerpt: expect.stringContaining('nothing') },
      });
    });

    it('cancelling ends the run of that id only', async () => {
      const gate = await open();
      const running = run(command('echo started && sleep 30'));
      await vi.waitFor(() => expect(gate.current?.tail).toContain('started'), { timeout: 10_000 });
      await gate.cancel('another');
      expect(gate.current?.endedAt).toBeNull();
      await gate.cancel('T-1-1-1');
      expect((await running).outcome).toBe('faulted');
    });

    it('who watches is told of output and end, until they stop', async () => {
      const gate = await open();
      const seen: (string | undefined)[] = [];
      const stop = gate.onChange(() => seen.push(gate.current?.tail.at(-1)));
      await run(command('echo one'));
      expect(seen).toContain('one');
      stop();
      const count = seen.length;
      await run(command('echo two'));
      expect(seen).toHaveLength(count);
    });
  });
}
